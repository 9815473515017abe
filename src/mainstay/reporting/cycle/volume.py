"""Three months of returns for a portfolio as large as wished, for trying and for measuring: made up with a seed, the history written."""

import random
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from mainstay.initiatives.models import Initiative
from mainstay.jobs.progress import Progress
from mainstay.register import actions, derived
from mainstay.register.history import Actor
from mainstay.reporting.commission.model import Commission
from mainstay.reporting.commission.register import CommissionRegister
from mainstay.reporting.cycle import calendar, commissioning, shipped
from mainstay.reporting.definition.model import Definition
from mainstay.reporting.definition.register import DefinitionRegister
from mainstay.reporting.project_return.model import Return
from mainstay.reporting.project_return.register import ReturnRegister

MONTHS = 3
REASON = "Made up for trying and for measuring."
KEPT = {"accepted": 94, "waived": 6}
"""States of the returns of a month that is over, in a hundred."""
COLLECTED = {"asked": 14, "started": 8, "rejected": 2, "sent": 20, "checked": 16, "confirmed": 10, "accepted": 28, "waived": 2}
"""States of those that are being collected."""
SENT = ("sent", "rejected", "checked", "confirmed", "accepted")
WORSE = {"green": ("green", "green", "green", "amber"), "amber": ("green", "amber", "amber", "red"), "red": ("amber", "red", "red")}
"""Which rating follows on which."""
SUMMARIES = {
    "green": ("On programme.", "Works remain on programme; the next gate is prepared.", "The supplier has caught up."),
    "amber": (
        "Behind, with the means to recover.",
        "Consent is late; the float still holds it.",
        "Prices rose; the contingency covers it.",
    ),
    "red": ("A decision is needed.", "The approved finish cannot be kept without more people."),
}


def load(place: Initiative, today: date, actor: Actor, dice: random.Random, progress: Progress) -> int:
    """A monthly return of all projects below `place`, the last one half collected, and a quarterly one of its first programme; how many."""
    monthly = in_use("highlight", place, actor)
    this_month = calendar.month_before(today, 1)
    count, ratings = 0, dict[int, str]()
    for number in range(MONTHS):
        progress(number, MONTHS + 1, f"returns of month {number + 1} of {MONTHS}")
        first = calendar.month_before(this_month, MONTHS - 1 - number)
        count += period(monthly, 1, first, COLLECTED if first == this_month else KEPT, actor, Dice(dice, ratings))
    programme = Initiative.objects.filter(parent=place, kind="programme").order_by("code").first()
    if programme is not None:
        progress(MONTHS, MONTHS + 1, "a quarterly return of the first programme")
        quarter = calendar.month_before(today, (today.month - 4) % 3 + 3)
        count += period(in_use("quarterly", programme, actor), 3, quarter, COLLECTED, actor, Dice(dice, ratings))
    progress(MONTHS + 1, MONTHS + 1, "done")
    return count


class Dice:
    """What a supplier of a made-up return would say."""

    def __init__(self, dice: random.Random, ratings: dict[int, str]) -> None:
        self.dice, self.ratings = dice, ratings

    def rating(self, initiative: int) -> str:
        """The next rating of an initiative after its last one."""
        self.ratings[initiative] = self.dice.choice(WORSE[self.ratings.get(initiative, "green")])
        return self.ratings[initiative]

    def states(self, shares: Mapping[str, int], count: int) -> list[str]:
        return self.dice.choices(list(shares), list(shares.values()), k=count)

    def answers(self, row: Return, rating: str) -> dict[str, str]:
        budget = row.initiative.budget or Decimal(1_000_000)
        spent = int(budget * self.dice.randint(5, 95) / 100)
        forecast = int(budget * self.dice.randint(90, 115) / 100)
        return {"rating": rating, "summary": self.dice.choice(SUMMARIES[rating]), "forecast_cost": str(forecast), "spent": str(spent)}


def in_use(name: str, place: Initiative, actor: Actor) -> Definition:
    definition = shipped.take(name, str(place.pk), actor)
    used: Definition = actions.move(DefinitionRegister, definition.pk, definition.version, "use", actor)
    return used


@transaction.atomic
def period(definition: Definition, months: int, first: date, shares: Mapping[str, int], actor: Actor, dice: Dice) -> int:
    """One period: commissioned, answered as `shares` says, and closed where all of it has come."""
    last = calendar.month_before(first, -months) - timedelta(days=1)
    asked = [one.initiative.pk for one in commissioning.candidates(definition, actor.account) if not one.is_paused]
    if not asked:
        return 0
    made = commissioning.commission(definition, asked, (first, last), actor)
    rows = list(made.returns.select_related("initiative").order_by("pk"))
    derived.derive_many(ReturnRegister, dict(values(made, rows, shares, dice)), actor, verb="import", reason=REASON)
    if shares is KEPT:
        actions.move(CommissionRegister, made.pk, made.version, "close", actor)
    return len(rows)


def values(made: Commission, rows: list[Return], shares: Mapping[str, int], dice: Dice) -> Iterator[tuple[int, dict[str, Any]]]:
    """What each return holds, by its id; one that nobody has begun is left as it was asked."""
    zone = ZoneInfo(settings.LOCAL_TIME_ZONE)
    for row, state in zip(rows, dice.states(shares, len(rows)), strict=True):
        if state in ("asked", "waived"):
            if state == "waived":
                yield row.pk, held(state)
            continue
        rating = dice.rating(row.initiative_id)
        given = dice.answers(row, rating)
        day = made.due_on + timedelta(days=dice.dice.choice((-2, -1, 0, 0, 0, 0, 1, 3)))
        sent = datetime.combine(day, time(11, 20), zone)
        yield row.pk, held(state, rating, given, sent if state in SENT else None, dice.dice.randint(60, 1_200))


def held(
    state: str, rating: str = "", answers: Mapping[str, str] | None = None, sent: datetime | None = None, seconds: int = 0
) -> dict[str, Any]:
    return {"state": state, "rating": rating, "answers": dict(answers or {}), "sent_at": sent, "answered_at": sent, "seconds": seconds}
