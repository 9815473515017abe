"""The work behind a proposed calendar: gather, search, and keep what comes out as a record."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay import __version__
from mainstay.accounts.models import Account
from mainstay.assurance.proposal.content import Content, Left, Placed, Somebody
from mainstay.assurance.proposal.gathering import Inputs, asked, gathered
from mainstay.assurance.proposal.model import Proposal
from mainstay.assurance.proposal.options import Options
from mainstay.assurance.proposal.register import ProposalRegister
from mainstay.assurance.review.model import MEETING_WEEKS
from mainstay.engine.assurance import scheduling
from mainstay.engine.assurance.eligibility import is_independent, is_there
from mainstay.engine.assurance.errors import ReviewError
from mainstay.engine.assurance.explaining import Unplaced
from mainstay.engine.assurance.inputs import Placement
from mainstay.engine.bank_holidays import is_working_day
from mainstay.initiatives.models import Initiative
from mainstay.register import document, numbering, store
from mainstay.register.derived import introduce
from mainstay.register.errors import Refused
from mainstay.register.history import Actor
from mainstay.register.record import Marking, Source
from mainstay.register.words import day

Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Ready:
    """What was searched, on its way to being kept."""

    inputs: Inputs
    options: Options
    content: Content


def work_out(
    place: Initiative,
    options: Options,
    account: Account | None,
    *,
    stopped: Callable[[], bool] | None = None,
    tell: Told | None = None,
    today: date | None = None,
) -> Ready:
    """Propose a calendar for a place. Raises Invalid or Refused with a sentence; stopped, it gives the best so far."""
    now = today or timezone.localdate()
    options.check(now)
    given = gathered(place, options, account, now)
    was_stopped = [False]

    def is_stopped() -> bool:
        was_stopped[0] = was_stopped[0] or (stopped is not None and stopped())
        return was_stopped[0]

    try:
        made = scheduling.propose(given.problem, seed=options.seed, seconds=float(options.seconds), stopped=is_stopped, tell=tell)
    except ReviewError as fault:
        raise Refused(str(fault)) from fault
    content = Content(
        placed=tuple(placed(given, one, now) for one in made.placements),
        left=(*(left(given, one) for one in made.unplaced), *given.left),
        fixed=given.fixed,
        beyond=given.beyond,
        reviewers=len(given.reviewers),
        points=made.points,
        bound=made.bound,
        seconds=round(made.seconds, 2),
        stopped=was_stopped[0],
        engine_version=__version__,
        forecasts=given.forecasts,
    )
    return Ready(given, options, content)


def somebody(given: Inputs, pk: int | str) -> Somebody:
    return Somebody(int(pk), given.reviewers[int(pk)].title if int(pk) in given.reviewers else _("somebody who left the pool"))


def placed(given: Inputs, one: Placement, today: date) -> Placed:
    row = given.reviews[int(one.review)]
    leader, members = given.standing.get(row.pk, (None, ()))
    one = led_as_before(one, given, row, leader)
    return Placed(
        review=asked(row),
        first=one.first,
        last=one.first + timedelta(days=row.days - 1),
        leader=somebody(given, one.leader),
        members=tuple(somebody(given, name) for name in one.members),
        meeting=meeting(row, one.first, today, given.problem.holidays),
        why=" ".join((given.whys[row.pk], *leaving(given, one, [pk for pk in (leader, *members) if pk]))),
        was_first=row.starts_on,
        was_leader=somebody(given, leader) if leader else None,
        was_members=tuple(somebody(given, name) for name in members),
    )


def leaving(given: Inputs, one: Placement, before: Iterable[int]) -> Iterator[str]:
    """Why each of those who stood in the team is not in it any more."""
    review = next(each for each in given.problem.reviews if each.id == one.review)
    pool = {each.id: each for each in given.problem.reviewers}
    for name in map(str, before):
        if name in one.team:
            continue
        reviewer, told = pool.get(name), {"name": somebody(given, name).name}
        if reviewer is None:
            yield _("%(name)s cannot be asked any more.") % told
        elif name in review.barred:
            yield _("%(name)s was in its last two teams.") % told
        elif not is_independent(review, reviewer):
            yield _("%(name)s has to do with it.") % told
        elif not is_there(reviewer, one.first, review.days):
            yield _("%(name)s is away or booked then.") % told
        else:
            yield _("%(name)s is needed elsewhere, or has no days left.") % told


def led_as_before(one: Placement, given: Inputs, review: Any, leader: int | None) -> Placement:
    """The search sees who is in a team, not who led it: whoever led it goes on, where they are still in it and may."""
    before = given.reviewers.get(leader) if leader else None
    if before is None or str(leader) == one.leader or str(leader) not in one.team or not before.may_lead or before.level < review.level:
        return one
    return Placement(one.review, one.first, str(leader), tuple(name for name in one.team if name != str(leader)))


def meeting(review: Any, first: date, today: date, holidays: frozenset[date]) -> date | None:
    """The day of the assessment meeting: as it stands where that is in time, else the working day nearest to thirteen weeks before."""
    if review.state not in ("proposed", "agreed") or (review.type and not review.type.has_meeting):
        return None
    earliest, latest = (first - timedelta(weeks=weeks) for weeks in MEETING_WEEKS)
    if review.meeting_on and earliest <= review.meeting_on <= latest:
        held: date = review.meeting_on
        return held
    days = [earliest + timedelta(days=step) for step in range((latest - earliest).days + 1)]
    possible = [each for each in days if each > today and is_working_day(each, holidays)]
    middle = earliest + (latest - earliest) / 2
    return min(possible, key=lambda each: (abs((each - middle).days), each), default=review.meeting_on)


def left(given: Inputs, one: Unplaced) -> Left:
    row = given.reviews[int(one.review)]
    return Left(review=asked(row), reasons=(given.whys[row.pk], *one.reasons), remedies=one.remedies, was_first=row.starts_on)


@transaction.atomic
def keep(ready: Ready, actor: Actor) -> Proposal:
    """Write the proposal."""
    given, content, now = ready.inputs, ready.content, timezone.now()
    made = Proposal(
        initiative=given.place,
        title=_("Calendar of %(code)s, %(first)s to %(last)s") % {
            "code": given.place.code, "first": day(given.first), "last": day(given.last),
        },
        state="proposed",
        source=Source.DERIVED,
        marking=max((row.marking for row in given.reviews.values()), key=list(Marking.values).index, default=Marking.OFFICIAL),
        made_at=now,
        made_by=actor.called[:120],
        from_on=given.first,
        to_on=given.last,
        basis=ready.options.basis,
        rooms=ready.options.rooms,
        seconds=content.seconds,
        seed=ready.options.seed,
        input_digest=given.digest,
        result_digest=store.put(document.to_bytes(content)),
        placed_count=len(content.placed),
        moved_count=len(content.moved),
        left_count=len(content.left),
        gap=round(content.gap, 3),
    )  # fmt: skip
    made.ref = numbering.free_reference(ProposalRegister, made)
    made.save(force_insert=True)
    introduce(ProposalRegister, [made], actor, verb="create")
    return made
