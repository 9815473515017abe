"""Plan files of Microsoft Project, Primavera and other tools, read into ``mainstay.formats.schedule``. So is a table of the columns that
``text`` writes; other tables are in ``spreadsheet``."""

from mainstay.formats.plans.limits import Limits, ReadResult
from mainstay.formats.plans.pool import SchedulePool, read_schedule

__all__ = ["Limits", "ReadResult", "SchedulePool", "read_schedule"]
