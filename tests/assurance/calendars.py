"""A pool of three reviewers, reviews to place, and the search for them."""

from datetime import date
from typing import Any

import pytest

from mainstay.accounts.models import Account
from mainstay.assurance.models import Member, Review, Reviewer
from mainstay.assurance.proposal import proposing
from mainstay.assurance.proposal.content import Content
from mainstay.assurance.proposal.options import Options
from tests.assurance.conftest import create, move, person_of
from tests.contract import worlds
from tests.contract.worlds import World

TODAY = date(2031, 1, 6)
"""A Monday."""


@pytest.fixture
def pool(world: World) -> dict[str, Reviewer]:
    """Nobody but these: a leader for marine works, one for anything, and a member; and no review yet."""
    Reviewer.objects.update(is_withdrawn=True)
    Member.objects.update(is_withdrawn=True)
    Review.objects.update(is_withdrawn=True)
    told: tuple[tuple[str, dict[str, Any]], ...] = (
        ("Ash", {"may_lead": True, "level": 3, "skills": "marine"}),
        ("Elm", {"may_lead": True, "level": 2}),
        ("Fir", {"level": 1}),
    )
    found = {}
    for name, values in told:
        account = worlds.appoint(f"{name.lower()}@example.org", name, "", None)
        found[name] = create("reviewer", world.administrator, title=name, person=person_of(account), **values)
    return found


def gate(world: World, title: str = "Gate 3 of the barrier", **values: Any) -> Review:
    given = {"title": title, "initiative": world.project.pk, "kind": "gate-3", "window_from": "2031-05-05", "window_to": "2031-05-30"}
    found: Review = create("review", world.owner, **{**given, "members": 1, **values})
    return found


def booked(world: World, review: Review, reviewer: Reviewer, part: str, by: Account | None = None) -> Member:
    account = by or world.owner
    title = f"{reviewer.title}, {review.title}"
    place = create("member", account, title=title, initiative=review.initiative_id, review=review.pk, reviewer=reviewer.pk, part=part)
    found: Member = move(place, "book", account)
    return found


def ready(world: World, *, today: date = TODAY, by: Account | None = None, **options: Any) -> proposing.Ready:
    return proposing.work_out(world.programme, Options(**{"seconds": 5, **options}), by or world.owner, today=today)


def work_out(world: World, **options: Any) -> Content:
    return ready(world, **options).content
