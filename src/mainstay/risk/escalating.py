"""A risk that its level may not bear is raised to the next one up, which keeps a record of its own; what is decided there comes back.

While it is raised the risk counts above and no longer below, so that no sum has it twice.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from mainstay.initiatives.models import Appointment
from mainstay.organisation.models import Person
from mainstay.post import writing
from mainstay.register import numbering
from mainstay.register.derived import derive, introduce
from mainstay.register.history import Actor
from mainstay.register.spec import Register

HOLDERS = ("programme_manager", "project_manager", "sro", "project_executive", "office_lead")
"""Who answers for a raised risk at the level above: the first of these roles that somebody holds there."""
RETURNS = {"delegated": ("open", "delegate"), "closed": ("closed", "close"), "occurred": ("occurred", "occur")}
"""State of the raised record → state of the original and the step by which it gets there."""
OWN = frozenset({"initiative", "owner", "secondary_to"})
"""What the level above has of its own."""


def follow(register: type[Register], record: Any, before: Mapping[str, Any]) -> None:
    """Called after each write of a risk, in its transaction."""
    was = before.get("state")
    if was is None or was == record.state:
        return
    if record.state == "escalated":
        raise_up(register, record)
    elif record.escalated_from_id:
        hand_down(register, record)


def raise_up(register: type[Register], record: Any) -> Any:
    """The record of the level above. Nobody's right there is asked: who may escalate need not see what lies above."""
    place, model = record.initiative.parent, type(record)
    raised = model(
        **{name: getattr(record, name) for name in register.fields() if name not in OWN},
        initiative=place,
        owner=holder_at(place) or record.owner,
        response_list=record.response_list,
        escalated_from=record,
        state="open",
        source="derived",
    )
    raised.activities = ", ".join(full_code(record, code) for code in record.activity_codes)
    raised.ref = numbering.free_reference(register, raised)
    raised.save(force_insert=True)
    introduce(register, [raised], Actor(None, "derived"), verb="create", reason=f"Escalated from {record.initiative.code} {record.ref}.")
    tell(register, raised, record)
    return raised


def full_code(record: Any, code: str) -> str:
    """A project's own code may be left out below the project, and not above it."""
    return code if ":" in code else f"{record.initiative.code}:{code}"


def hand_down(register: type[Register], raised: Any) -> None:
    """The original follows what the level above has decided; opened again above, it is escalated again."""
    held = raised.escalated_from
    state, verb = RETURNS.get(raised.state, ("escalated", "escalate"))
    stands = held.state == "escalated" if raised.state in RETURNS else held.state in ("closed", "occurred")
    if stands and not held.is_withdrawn:
        derive(register, held, {"state": state}, Actor(None, "derived"), verb=verb, reason=_("Decided at the level above."))


def holder_at(place: Any) -> Person | None:
    rows = Appointment.live().filter(initiative=place, role__in=HOLDERS).select_related("person")
    found = sorted((row for row in rows if not row.person.has_left), key=lambda row: (HOLDERS.index(row.role), row.pk))
    return found[0].person if found else None


def tell(register: type[Register], raised: Any, record: Any) -> None:
    """Whoever answers above is told, unless it is who answered below."""
    person = raised.owner
    if person is None or person.has_left or person.pk == record.owner_id:
        return
    subject = _("Escalated to %(place)s: %(ref)s %(title)s") % {"place": raised.initiative.code, "ref": raised.ref, "title": raised.title}
    text = _(
        "%(from)s has raised a risk that its level may not bear. It now counts at %(place)s, and you answer for it.\n\n"
        "Decide what is done, or delegate it back with what the level below may do.\n\n%(url)s\n"
    ) % {
        "from": f"{record.initiative.code} {record.ref}",
        "place": raised.initiative.title,
        "url": f"{settings.PUBLIC_URL}{register.url('detail', raised)}",
    }
    writing.write(f"risk-{record.pk}-escalated-{raised.pk}", person.email, person.title, subject, text)
