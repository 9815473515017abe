"""The declaration of the register of meetings."""

from mainstay.communications.meeting.model import Meeting
from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States


class MeetingRegister(Register):
    model, code = Meeting, "MT"
    sections = {
        "Meeting": ("initiative", "title", "forum", "held_on", "papers_by", "place", "owner", "marking"),
        "Agenda": ("agenda",),
        "Record": ("present", "apologies", "is_quorate", "minutes"),
    }
    columns = ("ref", "title", "initiative", "forum", "held_on", "papers_by", "owner", "state")
    filters = ("state", "initiative", "forum", "held_on", "owner")
    search = ("ref", "title", "forum", "agenda", "minutes")
    order = ("-held_on", "-pk")
    due = "held_on"
    inline = ("held_on", "papers_by", "owner")
    states = States(
        {
            "planned": State("Planned"),
            "held": State("Held"),
            "approved": State("Minutes approved", is_open=False),
            "cancelled": State("Cancelled", is_open=False),
        },
        {
            "hold": Move("Held", ("planned",), "held", requires=("present",)),
            "approve": Move("Approve the minutes", ("held",), "approved", requires=("minutes",)),
            "reopen": Move("Open the minutes again", ("approved",), "held", needs_reason=True),
            "cancel": Move("Cancel", ("planned",), "cancelled", needs_reason=True),
        },
    )
