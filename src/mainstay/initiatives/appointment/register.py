"""The declaration of the register of appointments."""

from mainstay.initiatives.appointment.model import Appointment
from mainstay.register.spec import Register


class AppointmentRegister(Register):
    model, code = Appointment, "APP"
    sections = {"Appointment": ("person", "role", "initiative", "office", "since", "until")}
    columns = ("title", "person", "role", "initiative", "office", "since", "until")
    filters = ("role", "person", "initiative", "office")
    order = ("-pk",)
    inline = ("until",)
    scope = ("initiative__path", "office__path")
