"""The records of this package: the table of contents."""

from mainstay.communications.action.model import Action
from mainstay.communications.decision.model import Decision
from mainstay.communications.meeting.model import Meeting

__all__ = ["Action", "Decision", "Meeting"]
