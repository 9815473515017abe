"""The records of this package: the table of contents."""

from mainstay.risk.assumption.model import Assumption
from mainstay.risk.budget.model import RiskBudget
from mainstay.risk.cause.model import Cause
from mainstay.risk.drawdown.model import Drawdown
from mainstay.risk.exception_report.model import ExceptionReport
from mainstay.risk.indicator.model import Indicator
from mainstay.risk.issue.model import Issue
from mainstay.risk.reading.model import IndicatorReading
from mainstay.risk.response.model import RiskResponse
from mainstay.risk.risk.model import Risk
from mainstay.risk.workshop.model import Workshop, WorkshopRisk, WorkshopScore

__all__ = [
    "Assumption",
    "Cause",
    "Drawdown",
    "ExceptionReport",
    "Indicator",
    "IndicatorReading",
    "Issue",
    "Risk",
    "RiskBudget",
    "RiskResponse",
    "Workshop",
    "WorkshopRisk",
    "WorkshopScore",
]
