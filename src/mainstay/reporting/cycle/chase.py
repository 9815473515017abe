"""The chase: who is asked, reminded, called and whose sponsor is told, one step after the other, each once, whenever the office looks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise

from mainstay.initiatives.working_days import days_between, working_day
from mainstay.post import writing
from mainstay.register import words
from mainstay.reporting import announcing
from mainstay.reporting.cycle import linking, supplier
from mainstay.reporting.cycle.return_link import ReturnLink
from mainstay.reporting.models import ChaseStep
from mainstay.reporting.project_return.model import OPEN_FOR_ANSWERS, Return

BY_LINK = gettext_lazy(
    "\nThe link opens this return without signing in, until %(day)s. It is yours alone: whoever has it answers in your name.\n"
)
PAUSED = ("paused", "closed")


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: on which day of a return it is due, and what it does."""

    name: str
    label: StrPromise
    day: Callable[[Return], date]
    act: Callable[[Return], Any]


def address(row: Return) -> str:
    """Where the return is filled."""
    return f"{settings.PUBLIC_URL}/reporting/returns/{row.pk}/"


def key(row: Return, rung: str) -> str:
    return f"return-{row.pk}-{rung}"


def ask(row: Return) -> None:
    text = _("%(title)s for %(place)s is due on %(day)s.\n\nMost of it is filled in already; change what is no longer true: %(url)s\n")
    tell_supplier(row, "asked", _("Return asked: %(title)s") % {"title": row.title}, text)


def remind(row: Return) -> None:
    text = _("%(title)s for %(place)s is due today, %(day)s, and has not been sent.\n\n%(url)s\n")
    tell_supplier(row, "reminder", _("Due today: %(title)s") % {"title": row.title}, text)


def ask_again(row: Return) -> None:
    """Sent back: whoever never signs in learns it nowhere else."""
    text = _("%(title)s for %(place)s has been sent back by the office. The reason stands there; change it and send it again: %(url)s\n")
    tell_supplier(row, f"back-{row.resent}", _("Sent back: %(title)s") % {"title": row.title}, text)


def send_link(row: Return, link: ReturnLink) -> None:
    """A new link, on its own; without an address it is passed on by the office."""
    text = _("Answer %(title)s for %(place)s, due on %(day)s, by this link. An earlier link does not open it any more.\n\n%(url)s\n")
    tell_supplier(row, f"link-{link.pk}", _("Your link: %(title)s") % {"title": row.title}, text)


def tell_supplier(row: Return, rung: str, subject: str, text: str) -> None:
    """One mail with one link: the signed one, and the page of those who sign in where none is given."""
    if row.owner is None or not row.owner.email or supplier.why_gone(row):
        return
    link = linking.for_mail(row)
    values = {
        "title": row.title,
        "place": row.initiative,
        "day": words.day(row.due_on),
        "url": linking.address(link) if link else address(row),
    }
    if link is not None:
        text += BY_LINK % {"day": words.day(link.expires_on)}
    # A calendar is read by others, so that the signed link is not in it.
    entry = writing.deadline(key(row, "due"), f"{row.title}, {row.initiative.code}", row.due_on, address(row)) if rung == "asked" else ""
    told = text % values
    writing.write(key(row, rung), row.owner.email, row.owner.title, subject, told, calendar=entry, is_secret=link is not None)


def tell_sponsor(row: Return) -> None:
    if row.confirmer is None:
        return
    late = days_between(row.initiative, row.due_on, timezone.localdate())
    text = _(
        "%(title)s for %(place)s was due on %(day)s and is %(late)d working days late. %(owner)s was asked to send it.\n\n"
        "On %(freeze)s the board's pack is frozen; without the return it says NOT REPORTED.\n\n%(url)s\n"
    ) % {
        "title": row.title,
        "place": row.initiative,
        "day": words.day(row.due_on),
        "late": late,
        "owner": row.owner.title if row.owner else _("Nobody"),
        "freeze": words.day(row.commission.freezes_on),
        "url": address(row),
    }
    subject = _("Not reported yet: %(place)s") % {"place": row.initiative}
    writing.write(key(row, "sponsor"), row.confirmer.email, row.confirmer.title, subject, text)


def stand(_row: Return) -> None:
    """The office calls, and the pack says NOT REPORTED: nothing is sent."""


LADDER = (
    Rung("asked", gettext_lazy("asked"), lambda row: row.commission.opens_on, ask),
    Rung("reminder", gettext_lazy("reminder"), lambda row: row.due_on, remind),
    Rung("call", gettext_lazy("the office calls"), lambda row: working_day(row.initiative, row.due_on, 1), stand),
    Rung("sponsor", gettext_lazy("sponsor told"), lambda row: working_day(row.initiative, row.due_on, 2), tell_sponsor),
    Rung("frozen", gettext_lazy("NOT REPORTED in the pack"), lambda row: row.commission.freezes_on, stand),
)


def run(today: date | None = None) -> dict[str, int]:
    """Take every step that is due and has not been taken; what was missed yesterday is made good today. Safe to run at any time."""
    day = today or timezone.localdate()
    taken = {rung.name: 0 for rung in LADDER}
    rows = (
        Return.objects.filter(state__in=OPEN_FOR_ANSWERS, is_withdrawn=False, commission__state="open", commission__opens_on__lte=day)
        .exclude(initiative__state__in=PAUSED)
        .select_related("initiative", "commission", "owner", "confirmer")
        .prefetch_related("chase_steps")
    )
    for row in rows.iterator(chunk_size=500):
        held = {step.rung for step in row.chase_steps.all()}
        if row.state == "rejected":
            ask_again(row)
        for rung in LADDER:
            if rung.name not in held and rung.day(row) <= day:
                taken[rung.name] += take(row, rung)
    return taken


@transaction.atomic
def take(row: Return, rung: Rung) -> bool:
    """One step with its message, both or neither; False where another run has taken it."""
    _step, is_new = ChaseStep.objects.get_or_create(of=row, rung=rung.name)
    if is_new:
        rung.act(row)
        announcing.step_taken(row, rung.name)
    return is_new


def ladder(row: Return, steps: Iterable[ChaseStep]) -> list[dict[str, str]]:
    """The ladder of one return, as the component shows it: what was done, and what comes next."""
    held = {step.rung for step in steps}
    is_open = row.state in OPEN_FOR_ANSWERS
    told, has_next = [], False
    for number, rung in enumerate(LADDER, 1):
        state = "done" if rung.name in held else "next" if is_open and not has_next else ""
        has_next = has_next or state == "next"
        told.append({"letter": str(number), "label": str(rung.label), "state": state})
    return told


def legend() -> str:
    return " · ".join(f"{number} {rung.label}" for number, rung in enumerate(LADDER, 1))
