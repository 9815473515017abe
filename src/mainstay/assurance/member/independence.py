"""Whether a reviewer may be booked for a review: independent of it, to be had on its days, within the load they take."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.assurance.day_lists import days_in
from mainstay.assurance.member.availability import days_by_month, span, working_days
from mainstay.assurance.member.known import Known, known_of
from mainstay.assurance.member.model import Member
from mainstay.assurance.review.steps import FOLLOWING
from mainstay.register import words


def parts(text: str) -> set[str]:
    return {part.strip().lower() for part in text.split(";") if part.strip()}


def faults(record: Member, known: Known | None = None) -> list[str]:
    """Why this place may not be booked, as sentences; the most serious first. Whoever asks for many says what is known of them."""
    held = known or known_of([record])
    return [*conflicts(record, held), *days_off(record, held), *unfit(record, held)]


def days_off(record: Member, known: Known) -> Iterator[str]:
    """Why the days of the review do not suit."""
    yield from clashes(record, known)
    yield from overload(record, known)


def conflicts(record: Member, known: Known) -> Iterator[str]:
    reviewer, review = record.reviewer, record.review
    path = review.initiative.path
    line = known.above(path)
    offices = [one.office.path for one in line if one.office]
    held = known.roles.get(reviewer.person_id, ())
    for one in held:
        place = one.initiative.path if one.initiative else one.office.path if one.office else ""
        if place and (path.startswith(place) or place.startswith(path) or any(office.startswith(place) for office in offices)):
            yield _("%(name)s is %(role)s there and not independent.") % {
                "name": reviewer.title,
                "role": one.title.partition(":")[0].lower(),
            }
            return
    codes = {one.code.lower() for one in line}
    shared = parts(reviewer.interests) & (codes | parts(review.interests))
    if shared:
        yield _("%(name)s has to do with %(what)s.") % {"name": reviewer.title, "what": ", ".join(sorted(shared))}


def clashes(record: Member, known: Known) -> Iterator[str]:
    held = span(record.review)
    if held is None:
        return
    first, last = held
    reviewer = record.reviewer
    rest = reviewer.rest_days
    for other in known.besides(record):
        theirs = span(other.review)
        if other.review_id == record.review_id:
            yield _("%(name)s is in this team already.") % {"name": reviewer.title}
        elif theirs and theirs[0] <= last and first <= theirs[1]:
            yield _("%(name)s is booked from %(first)s to %(last)s for another review.") % {
                "name": reviewer.title, "first": words.day(theirs[0]), "last": words.day(theirs[1]),
            }  # fmt: skip
        elif theirs and rest and min(abs((first - theirs[1]).days), abs((theirs[0] - last).days)) <= rest:
            yield _("%(name)s wants %(rest)s days between two reviews.") % {"name": reviewer.title, "rest": rest}
    away = days_in(reviewer.away) & set(working_days(first, last))
    if away:
        yield _("%(name)s is away on %(day)s.") % {"name": reviewer.title, "day": words.day(min(away))}
    if reviewer.accredited_until and reviewer.accredited_until < last:
        yield _("The accreditation of %(name)s ends on %(day)s.") % {"name": reviewer.title, "day": words.day(reviewer.accredited_until)}


def overload(record: Member, known: Known) -> Iterator[str]:
    if span(record.review) is None:
        return
    reviewer = record.reviewer
    reviews = [other.review for other in known.besides(record)]
    months, own = days_by_month([*reviews, record.review]), days_by_month([record.review])
    for (year, month), _days in sorted(own.items()):
        if months[year, month] > reviewer.most_days:
            yield _("%(name)s would have %(days)s review days in %(month)s/%(year)s, %(most)s at most.") % {
                "name": reviewer.title, "days": months[year, month], "month": month, "year": year, "most": reviewer.most_days,
            }  # fmt: skip
    years = {financial_year(year, month) for year, month in own}
    for one in sorted(years):
        total = sum(days for (year, month), days in months.items() if financial_year(year, month) == one)
        if total > reviewer.days_a_year:
            yield _("%(name)s would have %(days)s review days in the financial year %(year)s, %(most)s at most.") % {
                "name": reviewer.title, "days": total, "year": f"{one}/{(one + 1) % 100:02}", "most": reviewer.days_a_year,
            }  # fmt: skip


def financial_year(year: int, month: int) -> int:
    """The year in which the financial year begins, on 1 April."""
    return year if month >= 4 else year - 1


def unfit(record: Member, known: Known) -> Iterator[str]:
    reviewer, review = record.reviewer, record.review
    if record.part != "leader":
        return
    if not reviewer.may_lead:
        yield _("%(name)s is not accredited to lead.") % {"name": reviewer.title}
    elif reviewer.level < review.level:
        yield _("%(name)s holds accreditation %(has)s; the review asks its leader for %(needs)s.") % {
            "name": reviewer.title, "has": reviewer.level, "needs": review.level,
        }  # fmt: skip
    if known.leaders.get(review.pk, set()) - {record.pk}:
        yield _("The review has a leader already.")


def stands(record: Any, account: Account | None) -> Iterator[tuple[str, str]]:  # noqa: ARG001  # the signature of a rule
    """Asked again once it is written, while nobody else writes: of two coordinators who book one reviewer at once, one wins."""
    if record.state == "booked" and not record.is_withdrawn:
        yield from (("reviewer", text) for text in faults(record))


def booked_stands(record: Any, changed: set[str]) -> Iterator[tuple[str, str]]:
    """A place that is booked keeps to the same when another reviewer or review is put in."""
    if changed & {"review", "reviewer", "part"}:
        yield from stands(record, None)


def team_stands(review: Any, account: Account | None) -> Iterator[tuple[str, str]]:  # noqa: ARG001  # the signature of a rule
    """New days of a review must suit everybody who is booked for it."""
    if review.state not in FOLLOWING:
        return
    team = list(Member.objects.filter(review=review.pk, state="booked", is_withdrawn=False).select_related("reviewer"))
    for one in team:
        one.review = review
    known = known_of(team, roles=False)
    for one in team:
        yield from (("starts_on", text) for text in days_off(one, known))


def team_suits(review: Any, changed: set[str]) -> Iterator[tuple[str, str]]:
    if review.pk and changed & {"starts_on", "ends_on"}:
        yield from team_stands(review, None)
