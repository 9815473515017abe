"""The records of this package: the table of contents."""

from mainstay.risk.cause.model import Cause
from mainstay.risk.exception_report.model import ExceptionReport
from mainstay.risk.issue.model import Issue
from mainstay.risk.risk.model import Risk

__all__ = ["Cause", "ExceptionReport", "Issue", "Risk"]
