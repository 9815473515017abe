"""Whether the person of whom a return was asked still supplies it, or has left or lost the role since."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.initiatives.appointment.model import Appointment
from mainstay.register import words
from mainstay.reporting.cycle.commissioning import SUPPLIERS
from mainstay.reporting.project_return.model import OPEN_FOR_ANSWERS, Return


def why_gone(record: Return) -> str:
    """Why the person of whom it was asked does not supply it any more; "" where nothing speaks against it, or nobody was named."""
    return gone_among([record]).get(record.pk, "") if record.owner_id else ""


def gone(rows: QuerySet[Return]) -> list[tuple[Return, str]]:
    """The open returns among `rows` whose supplier is gone, each with the reason; the number of queries does not grow with them."""
    today = timezone.localdate()
    ended = ended_appointments(today).filter(person__in=rows.order_by().values("owner"))
    suspects = Q(owner__left_on__lte=today) | Q(owner__is_withdrawn=True) | Q(owner__in=ended.values("person"))
    held = list(rows.filter(suspects, state__in=OPEN_FOR_ANSWERS).select_related("owner", "initiative", "commission"))
    found = gone_among(held)
    return [(row, found[row.pk]) for row in held if row.pk in found]


def gone_among(rows: Iterable[Return]) -> dict[int, str]:
    """The reason by the id of the return."""
    held = [row for row in rows if row.owner is not None]
    people = {row.owner_id for row in held}
    today = timezone.localdate()
    ended = list(ended_appointments(today).filter(person__in=people))
    live = set(Appointment.live().filter(person__in=people, role__in=SUPPLIERS).values_list("person", "initiative")) if ended else set()
    found = {}
    for row in held:
        if row.owner is None:
            continue
        if row.owner.is_withdrawn or row.owner.has_left:
            found[row.pk] = _("%(person)s has left.") % {"person": row.owner.title}
            continue
        places = {int(step) for step in row.initiative.path.split("/") if step}
        over = [one for one in ended if one.person_id == row.owner_id and one.initiative_id in places and is_since(one, row)]
        if over and not any((row.owner_id, place) in live for place in places):
            values = {"person": row.owner.title, "role": str(over[0].get_role_display()).lower(), "day": words.day(last_day(over[0]))}
            found[row.pk] = _("%(person)s is no longer %(role)s there, since %(day)s.") % values
    return found


def ended_appointments(today: date) -> QuerySet[Appointment]:
    """Appointments of those who supply returns that are over; one that was withdrawn ended when that was done."""
    over = Q(until__lt=today) | Q(is_withdrawn=True)
    return Appointment.objects.filter(over, role__in=SUPPLIERS, initiative__isnull=False).order_by("-pk")


def last_day(appointment: Appointment) -> date:
    return appointment.updated_at.date() if appointment.is_withdrawn or appointment.until is None else appointment.until


def is_since(appointment: Appointment, record: Return) -> bool:
    """Whether it ended, or its end became known, after the return was asked: who was named without a role is a supplier like others."""
    return max(last_day(appointment), appointment.updated_at.date()) >= record.created_at.date()
