"""The dashboard as it stood at a moment of the past, from the rows of then. Tolerances are measured from live plans and are left out."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from mainstay.accounts.models import Account
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.initiatives.models import Initiative
from mainstay.planning.milestone.register import MilestoneRegister
from mainstay.register import words
from mainstay.register.access import below, may, visible_to
from mainstay.register.asat import Moment, past_values, roll_back
from mainstay.register.spec import Register
from mainstay.reporting.challenge.register import ChallengeRegister
from mainstay.reporting.commission.register import CommissionRegister
from mainstay.reporting.dashboard import facts
from mainstay.reporting.dashboard.facts import ASKED, PER_PAGE, RATINGS, Dashboard, Line, Period
from mainstay.reporting.project_return.model import Return
from mainstay.reporting.project_return.register import ReturnRegister
from mainstay.risk.issue.register import IssueRegister


def dashboard(place: Initiative, account: Account | None, moment: Moment, *, rating: str = "", scale: str = "", page: int = 1) -> Dashboard:
    """As `facts.dashboard`, of the moment. What an account may see now decides what it sees of then."""
    day = words.local(moment.at).date()
    periods, returns = periods_then(place, account, moment)
    projects = [
        one for one in then(InitiativeRegister, below_place(place, account), moment) if one.state != "closed" and not one.is_withdrawn
    ]
    if rating in RATINGS and periods:
        now = [period for period in periods if period.days == periods[-1].days]
        wanted = next((period for period in now if period.scale.key == scale), now[-1])
        chosen = {row.initiative_id for row in returns if row.commission in wanted.commissions and rating_of(row) == rating}
        projects = [one for one in projects if one.pk in chosen]
    projects.sort(key=lambda one: one.code)
    shown = projects[(page - 1) * PER_PAGE : page * PER_PAGE]
    return Dashboard(periods, lines(shown, periods, returns, account, moment, day), len(projects), questions(place, account, moment))


def standing(register: type[Register], rows: "QuerySet[Any]", moment: Moment) -> list[Any]:
    """Those of the records of then that nobody had withdrawn."""
    return [one for one in then(register, rows, moment) if not one.is_withdrawn]


def then(register: type[Register], rows: "QuerySet[Any]", moment: Moment) -> list[Any]:
    """The records as they were; those that came later are left out."""
    held = list(rows)
    return roll_back(register, held, past_values(register, moment.sequence, [one.pk for one in held]))


def below_place(place: Initiative, account: Account | None) -> "QuerySet[Any]":
    return visible_to(account, InitiativeRegister).filter(below("path", [place.path]), kind="project")


def periods_then(place: Initiative, account: Account | None, moment: Moment) -> tuple[list[Period], list[Return]]:
    """The periods that had been asked by then, counted, and their returns as they stood."""
    found = facts.latest_periods(place, account, words.local(moment.at).date())
    asked = {one.pk for one in then(CommissionRegister, of_periods(found, account), moment) if one.state != "cancelled"}
    for period in found:
        period.commissions = [one for one in period.commissions if one.pk in asked]
    found = [period for period in found if period.commissions]
    of = {one.pk: period for period in found for one in period.commissions}
    rows = visible_to(account, ReturnRegister).filter(commission__in=list(of)).filter(below("initiative__path", [place.path], Return))
    returns = [
        row for row in then(ReturnRegister, rows.select_related("commission"), moment) if row.state in ASKED and not row.is_withdrawn
    ]
    for row in returns:
        of[row.commission_id].counts[rating_of(row)] += 1
    return facts.in_order(found), returns


def of_periods(periods: Iterable[Period], account: Account | None) -> "QuerySet[Any]":
    return visible_to(account, CommissionRegister).filter(pk__in=[one.pk for period in periods for one in period.commissions])


def rating_of(row: Return) -> str:
    return row.rating if facts.is_reported(row) else "none"


def lines(
    shown: list[Initiative], periods: list[Period], returns: list[Return], account: Account | None, moment: Moment, day: date
) -> list[Line]:
    days = list(dict.fromkeys(period.days for period in periods))
    of = {one.pk: days.index(period.days) for period in periods for one in period.commissions}
    held: dict[int, dict[int, Return]] = {}
    for row in returns:
        number = of[row.commission_id]
        if number not in held.setdefault(row.initiative_id, {}) or facts.is_reported(row):
            held[row.initiative_id][number] = row
    late = {name: late_then(register, shown, account, moment, day) for name, register in LATE.items()}
    return [facts.line(one, held.get(one.pk, {}), len(days), {name: counts[one.pk] for name, counts in late.items()}, day) for one in shown]


LATE: dict[str, type[Register]] = {"milestones": MilestoneRegister, "issues": IssueRegister}


def late_then(register: type[Register], shown: list[Initiative], account: Account | None, moment: Moment, day: date) -> Counter[int]:
    """Records that were open and past their day, by initiative."""
    if not may(account, "view", register) or register.states is None:
        return Counter()
    rows = standing(register, visible_to(account, register).filter(initiative__in=[one.pk for one in shown]), moment)
    still_open = [row for row in rows if row.state in register.states.open]
    late = [row for row in still_open if (due := getattr(row, register.due)) and due < day]
    return Counter(row.initiative_id for row in late)


def questions(place: Initiative, account: Account | None, moment: Moment) -> int:
    if not may(account, "view", ChallengeRegister):
        return 0
    rows = visible_to(account, ChallengeRegister).filter(below("initiative__path", [place.path], ChallengeRegister.model))
    return sum(row.state == "asked" for row in standing(ChallengeRegister, rows, moment))
