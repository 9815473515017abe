"""The records of this package: the table of contents."""

from mainstay.organisation.office.model import Office
from mainstay.organisation.person.model import Person

__all__ = ["Office", "Person"]
