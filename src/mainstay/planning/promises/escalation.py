"""A drift that lasts is put to those who direct both sides and to their programme offices: once, whenever the job looks."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.initiatives.models import Appointment, Initiative
from mainstay.initiatives.standard.model import StandardKind
from mainstay.initiatives.standards import above, line_office_path, resolve
from mainstay.initiatives.working_days import working_day
from mainstay.organisation.models import Person
from mainstay.planning.dependency import drift
from mainstay.planning.dependency.address import address
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.models import Dependency
from mainstay.post import writing
from mainstay.register import words
from mainstay.register.derived import derive
from mainstay.register.history import Actor

STANDARD = "dependency-drift"
"""The standard of kind threshold; its `working_days` say how long both sides have."""
DAYS = 5
"""Where no standard is set."""
MOST = 1000
"""Drifts begun in one run."""
SPONSORS = ("sro", "project_executive")
OFFICE = ("office_lead", "pmo_officer")


def days_for(initiative: Initiative) -> int:
    value = resolve(initiative, StandardKind.THRESHOLD, STANDARD) or {}
    return int(value.get("working_days", DAYS))


def due_on(record: Dependency) -> date | None:
    """The day on which the drift is escalated, by the getter's standard and working days."""
    if record.drifts_since is None:
        return None
    return working_day(record.initiative, record.drifts_since, days_for(record.initiative))


def notice() -> int:
    """Begin the drifts that no arriving plan and no save has noticed: those from before an update, or of records taken back."""
    rows = Dependency.objects.filter(state="agreed", is_withdrawn=False, drifts_since=None, forecast__gt=F("promised_by"))
    begun = 0
    for row in rows.select_related("owner", "giver_owner").order_by("pk")[:MOST]:
        with transaction.atomic():
            begun += derive(DependencyRegister, row, drift.settled(row, row.forecast), Actor(None, "job"), reason=_("The plan is later."))
            drift.tell(row)
    return begun


def run(today: date | None = None) -> int:
    """Escalate every drift that has lasted long enough and was not escalated yet. Safe to run at any time."""
    day = today or timezone.localdate()
    rows = Dependency.objects.filter(drifts_since__lt=day, escalated_on=None, state="agreed", is_withdrawn=False)
    done = 0
    for row in rows.select_related("initiative", "giver", "owner", "giver_owner").order_by("pk").iterator(chunk_size=500):
        due = due_on(row)
        if due is not None and due <= day:
            done += escalate(row, day)
    return done


@transaction.atomic
def escalate(record: Dependency, day: date) -> bool:
    """The step and its messages, both or neither; False where another run has taken it."""
    held = Dependency.objects.select_for_update(of=("self",)).get(pk=record.pk)
    if held.escalated_on is not None or held.drifts_since is None:
        return False
    people = told_of(record)
    names = ", ".join(person.title for person in people) or _("nobody: no sponsor or office is appointed")
    reason = _("Drifts since %(day)s. Told: %(names)s.") % {"day": words.day(held.drifts_since), "names": names}
    if not derive(DependencyRegister, held, {"escalated_on": day}, Actor(None, "job"), verb="escalate", reason=reason):
        return False
    for person in people:
        key = f"dependency-{held.pk}-escalated-{held.drifts_since}-{person.pk}"
        writing.write(key, person.email, person.title, *message(held))
    return True


def message(record: Dependency) -> tuple[str, str]:
    subject = _("Not settled: %(ref)s %(title)s") % {"ref": record.ref, "title": record.title}
    text = _(
        "%(ref)s %(title)s is promised for %(promised)s and needed by %(needed)s. Since %(since)s the giver's plan says %(forecast)s, and "
        "both sides have not agreed on anything else.\n\nDecide between them, or have the agreement reopened: %(url)s\n"
    ) % {
        "ref": record.ref,
        "title": record.title,
        "promised": words.day(record.promised_by) if record.promised_by else "–",
        "needed": words.day(record.needed_by) if record.needed_by else "–",
        "since": words.day(record.drifts_since) if record.drifts_since else "–",
        "forecast": words.day(record.forecast) if record.forecast else "–",
        "url": address(record),
    }
    return subject, text


def told_of(record: Dependency) -> list[Person]:
    """The nearest sponsor of each side, and the offices of both; each person once."""
    found: dict[int, Person] = {}
    for place in (record.giver, record.initiative):
        for person in (*nearest(place, SPONSORS), *nearest(place, OFFICE)):
            found[person.pk] = person
    return list(found.values())


def nearest(initiative: Initiative, roles: Iterable[str]) -> list[Person]:
    """Who holds one of these roles at the initiative, or at the nearest place above it where somebody does; then at its offices."""
    line = above(initiative)
    offices = [int(step.lstrip("o")) for step in line_office_path(line).split("/") if step]
    rows = list(
        Appointment.live()
        .filter(Q(initiative__in=line) | Q(office__in=offices), role__in=list(roles))
        .select_related("person")
        .order_by("person__title", "pk")
    )
    places: list[tuple[str, int]] = [("initiative_id", one.pk) for one in line] + [("office_id", pk) for pk in reversed(offices)]
    for name, pk in places:
        people = [row.person for row in rows if getattr(row, name) == pk and not row.person.has_left]
        if people:
            return people
    return []


STEPS = (
    ("1", gettext_lazy("both sides told")),
    ("2", gettext_lazy("sponsors and offices told")),
)


def ladder(record: Any) -> list[dict[str, str]]:
    """The steps as the component shows them: what was done, and what comes next."""
    if record.drifts_since is None:
        return []
    states = ("done", "done" if record.escalated_on else "next")
    return [{"letter": letter, "label": str(label), "state": state} for (letter, label), state in zip(STEPS, states, strict=True)]
