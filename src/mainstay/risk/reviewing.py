"""Risks that are due for review: whose they are, by when the next one is, and telling their owners once."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.accounts.models import Account
from mainstay.initiatives.standards import resolve
from mainstay.organisation.models import Person
from mainstay.post import writing
from mainstay.register import actions, words
from mainstay.register.access import visible_to
from mainstay.register.history import Actor
from mainstay.risk.models import Risk
from mainstay.risk.risk.register import RiskRegister

STANDARD, USUAL = "risk-review", 28
"""The standard of kind threshold, whose `days` lie between two reviews, and the days where none is set."""
BACK = timedelta(days=14)
"""How long ago a review may have fallen due for its owner still to be told of it."""


def days_between(initiative: Any) -> int:
    value = resolve(initiative, "threshold", STANDARD) or {}
    return max(1, int(value.get("days", USUAL)))


def reviewed(pk: int, version: int | None, actor: Actor, reason: str) -> Any:
    """The risk was looked at and stands as it is: the next review follows."""
    record = visible_to(actor.account, RiskRegister).filter(pk=pk).select_related("initiative").first()
    day = timezone.localdate() + timedelta(days=days_between(record.initiative) if record else USUAL)
    return actions.change(RiskRegister, pk, version, {"review_on": day}, actor, reason=reason or _("Reviewed: it stands as it is."))


def due(account: Account, today: date) -> list[Risk]:
    """The open risks of the account's own person whose review is due, the longest first."""
    rows = visible_to(account, RiskRegister).filter(owner__account=account, is_withdrawn=False, state="open", review_on__lte=today)
    return list(rows.select_related("initiative").order_by("review_on", "pk"))


def remind(today: date | None = None) -> int:
    """One message for each owner and day on which reviews fell due; safe to run at any time."""
    day = today or timezone.localdate()
    rows = Risk.objects.filter(is_withdrawn=False, state="open", review_on__lte=day, review_on__gt=day - BACK, owner__isnull=False)
    held: dict[tuple[int, date], list[Risk]] = defaultdict(list)
    for risk in rows.select_related("initiative", "owner").order_by("pk"):
        if risk.owner is not None and risk.review_on is not None and not risk.owner.has_left:
            held[risk.owner.pk, risk.review_on].append(risk)
    return sum(tell(Person.objects.get(pk=owner), risks, fell) for (owner, fell), risks in held.items())


def tell(person: Person, risks: list[Risk], fell: date) -> bool:
    count = len(risks)
    subject = ngettext("%(n)d risk is due for review", "%(n)d risks are due for review", count) % {"n": count}
    lines = "\n".join(
        f"{risk.initiative.code} {risk.ref} {risk.title}: {settings.PUBLIC_URL}{RiskRegister.url('detail', risk)}" for risk in risks
    )
    text = _(
        "You answer for these risks; their review fell due on %(day)s.\n\n%(lines)s\n\n"
        "Say on the page of each what has changed, or that it stands as it is.\n"
    ) % {"day": words.day(fell), "lines": lines}
    return writing.write(f"risk-reviews-{person.pk}-{fell}", person.email, person.title, subject, text) is not None
