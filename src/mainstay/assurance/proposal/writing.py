"""What was chosen of a proposal is written: all days and all places in teams together, asked once whether they stand beside one another."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from mainstay.assurance.member.independence import days_off, faults
from mainstay.assurance.member.known import known_of
from mainstay.assurance.member.model import Member
from mainstay.assurance.member.register import MemberRegister
from mainstay.assurance.models import Review
from mainstay.assurance.proposal.content import Placed
from mainstay.assurance.review.register import ReviewRegister
from mainstay.register import actions, history
from mainstay.register.access import visible_to
from mainstay.register.derived import derive_many
from mainstay.register.errors import Refused
from mainstay.register.history import Actor
from mainstay.register.many import Wanted, change_many
from mainstay.register.record import Source


@dataclass(slots=True)
class Writing:
    """The chosen reviews with the places in their teams as they stand: review → reviewer → place."""

    taken: Collection[Placed]
    actor: Actor
    reason: str
    places: dict[int, dict[int, Member]] = field(default_factory=dict)
    reviews: dict[int, Review] = field(default_factory=dict)

    def read(self) -> None:
        """Locked until the end of the transaction, rows before the history: so that writers of single rows are waited for, not met."""
        pks = [one.review.pk for one in self.taken]
        self.reviews = {row.pk: row for row in Review.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")}
        self.places = {pk: {} for pk in pks}
        rows = Member.objects.select_for_update(of=("self",)).filter(review__in=pks, is_withdrawn=False)
        for row in rows.exclude(state="declined").order_by("pk"):
            self.places[row.review_id][row.reviewer_id] = row

    def pairs(self) -> Iterator[tuple[Placed, int, Member | None]]:
        """Each review with each reviewer that it shall have, and their place so far."""
        for one in self.taken:
            for each in one.team:
                yield one, each.pk, self.places[one.review.pk].get(each.pk)

    def move(self, rows: Iterable[Member], state: str, verb: str) -> None:
        self.set({row.pk: row for row in rows}, lambda _row: {"state": state}, verb)

    def set(self, rows: Mapping[int, Member], values: Callable[[Member], Mapping[str, Any]], verb: str) -> None:
        wanted = {pk: values(row) for pk, row in rows.items()}
        derive_many(MemberRegister, wanted, self.actor, verb=verb, reason=self.reason)
        for pk, row in rows.items():
            for name, value in wanted[pk].items():
                setattr(row, name, value)


def write(taken: Collection[Placed], actor: Actor, reason: str) -> None:
    """First whoever leaves is released, then days, then whoever joins is booked: so that people can change places with one another.

    The account's right to write all of these must have been asked. Raises Refused with a sentence that names the review.
    """
    work = Writing(taken, actor, reason)
    work.read()
    history.hold()
    release(work)
    date_reviews(work)
    stand(work, ask(work))


def release(work: Writing) -> None:
    """Whoever is booked and not in the new team."""
    wanted = {one.review.pk: {each.pk for each in one.team} for one in work.taken}
    rows = [
        row for pk, held in work.places.items() for reviewer, row in held.items() if row.state == "booked" and reviewer not in wanted[pk]
    ]
    work.move(rows, "declined", "decline")


def date_reviews(work: Writing) -> None:
    """All days at once. Where a review waits for another to move away, it comes after it; where they wait for one another, the people
    of the first are released, and booked anew."""
    waiting = dated(work, [Wanted(one.review.pk, one.review.version, days(one)) for one in work.taken])
    while waiting:
        left = dated(work, waiting)
        if len(left) == len(waiting):
            first = left.pop(0)
            work.move([row for row in work.places[first.pk].values() if row.state == "booked"], "declined", "decline")
            date_alone(work, first)
        waiting = left


def dated(work: Writing, wanted: Sequence[Wanted]) -> list[Wanted]:
    """Write the days that can be written now; those that cannot."""
    try:
        change_many(ReviewRegister, wanted, work.actor, reason=work.reason)
    except actions.InvalidRows as fault:
        if len(fault.rows) < len(wanted):
            change_many(
                ReviewRegister, [one for number, one in enumerate(wanted) if number not in fault.rows], work.actor, reason=work.reason
            )
        return [wanted[number] for number in sorted(fault.rows)]
    return []


def date_alone(work: Writing, one: Wanted) -> None:
    try:
        change_many(ReviewRegister, [one], work.actor, reason=work.reason)
    except actions.InvalidRows as fault:
        raise refused(next(each for each in work.taken if each.review.pk == one.pk), first_texts(fault)) from fault


def first_texts(fault: actions.InvalidRows) -> list[str]:
    """The sentences of the first row that cannot be written."""
    return [text for texts in fault.rows[min(fault.rows)].values() for text in texts]


def days(one: Placed) -> dict[str, Any]:
    held: dict[str, Any] = {"starts_on": one.first, "ends_on": one.last}
    return {**held, "meeting_on": one.meeting} if one.meeting else held


def ask(work: Writing) -> set[int]:
    """Whoever has no place gets one, whoever was released is asked again, and all are booked for their part; the places that changed."""
    add_places(work)
    held = {row.pk: (row, part(one, reviewer)) for one, reviewer, row in work.pairs() if row is not None}
    work.move([row for row, _part in held.values() if row.state == "declined"], "asked", "ask")
    parted = {pk: row for pk, (row, name) in held.items() if row.part != name}
    work.set(parted, lambda row: {"part": held[row.pk][1]}, "change")
    asked = {pk: row for pk, (row, _part) in held.items() if row.state == "asked"}
    work.move(asked.values(), "booked", "book")
    return {*parted, *asked}


def add_places(work: Writing) -> None:
    new = [(one, reviewer) for one, reviewer, row in work.pairs() if row is None]
    values = [place(work.reviews[one.review.pk], one, reviewer) for one, reviewer in new]
    try:
        made = actions.create_many(MemberRegister, values, work.actor, source=Source.ENTERED, reason=work.reason) if values else []
    except actions.InvalidRows as fault:
        raise refused(new[min(fault.rows)][0], first_texts(fault)) from fault
    for row in made:
        work.places[row.review_id][row.reviewer_id] = row


def stand(work: Writing, changed: Collection[int]) -> None:
    """Ask all that are booked now whether they may be, while nobody else writes."""
    pks = [row.pk for _one, _reviewer, row in work.pairs() if row is not None]
    rows = {row.pk: row for row in Member.objects.filter(pk__in=pks).select_related("reviewer", "review__initiative")}
    if visible_to(work.actor.account, MemberRegister, "change").filter(pk__in=pks).count() < len(pks):
        raise Refused(_("Some of these reviews lie where you may not book teams."))
    known = known_of(list(rows.values()))
    for one, _reviewer, held in work.pairs():
        row = rows[held.pk]  # type: ignore[union-attr]  # each has a place by now
        found = faults(row, known) if row.pk in changed else list(days_off(row, known))
        if found:
            raise refused(one, found)


def refused(one: Placed, texts: Iterable[str]) -> Refused:
    told = {"review": f"{one.review.place} {one.review.ref}", "why": " ".join(texts)}
    return Refused(_("%(review)s: %(why)s Leave it out, or propose a calendar again.") % told)


def part(one: Placed, reviewer: int) -> str:
    return "leader" if reviewer == one.leader.pk else "member"


def place(review: Review, one: Placed, reviewer: int) -> dict[str, Any]:
    """The values of a new place."""
    name = next(each.name for each in one.team if each.pk == reviewer)
    title = f"{name}, {one.review.title}"[:200]
    told = {"title": title, "initiative": review.initiative_id, "review": review.pk, "reviewer": reviewer}
    return {**told, "part": part(one, reviewer)}
