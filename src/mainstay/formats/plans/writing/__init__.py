"""Plans written as files of planning tools, as a table and as a calendar of milestones. Nobody but Microsoft Project writes .mpp."""

from mainstay.formats.plans.writing.icalendar_milestones import to_icalendar
from mainstay.formats.plans.writing.mspdi import to_mspdi
from mainstay.formats.plans.writing.pmxml import to_pmxml
from mainstay.formats.plans.writing.xer import to_xer

__all__ = ["to_icalendar", "to_mspdi", "to_pmxml", "to_xer"]
