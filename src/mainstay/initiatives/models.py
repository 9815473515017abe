"""The records of this package: the table of contents."""

from mainstay.initiatives.appointment.model import Appointment
from mainstay.initiatives.initiative.model import Initiative
from mainstay.initiatives.standard.model import Standard

__all__ = ["Appointment", "Initiative", "Standard"]
