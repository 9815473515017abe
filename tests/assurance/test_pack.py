"""Assurance in the board's pack: what is released and nothing else, whoever makes the pack; what is pressing is its title."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.assurance.models import Review
from mainstay.render.blocks import Table
from mainstay.reporting.board_pack import assurances
from mainstay.reporting.board_pack.assured import AdviceFact, ReviewFact, UnreviewedFact
from mainstay.reporting.board_pack.content import report as whole
from mainstay.reporting.board_pack.parts import parts_of
from mainstay.reporting.board_pack.sections import assurance
from tests.assurance.conftest import SEALED, change, create, fresh, move
from tests.contract.worlds import World
from tests.reporting.board import TODAY, facts

ALL = {"part": "SCR", "code": "SCR", "marking": "OFFICIAL"}
HELD = ReviewFact(
    pk=1, ref="AR-001", title="Gate 3", short="G3", first_day=TODAY - timedelta(days=20), last_day=TODAY - timedelta(days=17),
    has_days=True, decision_on=TODAY + timedelta(days=3), rating="amber", scale="dca-3/1", state="closed", **ALL,
)  # fmt: skip
LATE = AdviceFact(
    pk=2, ref="RC-001", title="Freeze it", review="AR-001", priority="critical", do_by=TODAY - timedelta(days=4), state="open", **ALL
)
MISSING = UnreviewedFact(pk=3, title="Sea wall", why="risk potential high", **ALL)


def told(**values: Any) -> str:
    (section,) = assurance.sections(facts(**values))
    return section.title


def test_the_title_is_the_most_pressing_of_what_is_wrong() -> None:
    assert assurance.sections(facts()) == ()
    assert told(reviews=(HELD,)) == "No recommendation of a review is past its day"
    assert told(reviews=(HELD,), unreviewed=(MISSING,)) == "One initiative should have a review and has none"
    assert told(reviews=(HELD,), unreviewed=(MISSING,), advice=(LATE,)) == "One recommendation of reviews is past its day"
    assert told(reviews=(replace(HELD, rating="red"),), advice=(LATE,)) == "One review is rated Red"
    assert told(advice=(replace(LATE, do_by=TODAY),)) == "No recommendation of a review is past its day"


def test_rows_tell_slack_ratings_on_their_scale_and_what_is_not_released() -> None:
    ahead = replace(HELD, pk=4, ref="AR-002", first_day=TODAY + timedelta(days=184), rating="", state="agreed")
    (section,) = assurance.sections(facts(reviews=(HELD, replace(HELD, pk=5, rating="", scale=""), ahead), advice=(LATE,)))
    held, late = section.blocks
    assert isinstance(held, Table)
    assert isinstance(late, Table)
    assert HELD.slack_days == 20
    text = str(held.rows)
    assert "Amber (" in text
    assert "Not released" in text
    assert len(held.rows) == 2
    assert "One review further ahead is left out." in held.note
    assert "4 days" in str(late.rows)
    assert "1 of 1 open" in late.note


def taken(world: World, account: Account) -> tuple[Any, Any, Any]:
    parts, since = parts_of(world.programme, account), timezone.now() - timedelta(days=31)
    found = assurances.reviews(account, parts, since), assurances.advice(account, parts, since), assurances.unreviewed(account, parts)
    return tuple(found[0]), tuple(found[1]), tuple(found[2])


def test_what_is_not_released_is_in_no_pack_not_even_in_its_owners(
    world: World, review: Review, report: Any, recommendation: Any, sro: Account, leader: Account
) -> None:
    change(report, leader, statement=f"Why {SEALED}")
    move(report, "issue", leader)
    for account in (world.owner, fresh(sro), world.administrator):
        text = str(taken(world, account))
        assert SEALED not in text
        assert review.ref in text
    change(recommendation, fresh(sro), is_released=True)
    change(report, fresh(sro), is_released=True)
    reviews, advice, _missing = taken(world, fresh(world.owner))
    assert [one.rating for one in reviews if one.pk == review.pk] == ["amber"]
    assert [one.ref for one in advice if one.pk == recommendation.pk] == [recommendation.ref]
    parts, since = parts_of(world.programme, world.owner), timezone.now() - timedelta(days=31)
    assert [*assurances.reviews(world.stranger, parts, since), *assurances.advice(world.stranger, parts, since)] == []
    assert list(assurances.unreviewed(world.stranger, parts)) == []


def test_who_has_no_review_is_told_as_triage_says(world: World, review: Review) -> None:
    change(world.project, world.administrator, budget="9000000")
    _reviews, _advice, missing = taken(world, world.owner)
    assert world.project.code not in {one.code for one in missing}  # it has one
    move(review, "cancel", world.owner, "Not now.")
    _reviews, _advice, missing = taken(world, world.owner)
    assert "at or above the threshold" in {one.code: one.why for one in missing}[world.project.code]


def test_the_queries_do_not_grow_with_the_rows(world: World, review: Review) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            taken(world, fresh(world.owner))
        return len(found)

    queries()  # what is read once is read now
    before = queries()
    for number in range(5):
        values = {"title": f"Dive {number}", "initiative": review.initiative_id, "kind": "deep-dive", "window_to": "2031-12-31"}
        made = create("review", world.owner, **values)
        given = {"title": "Advice", "initiative": review.initiative_id, "review": made.pk, "category": "ipa/1:1", "is_released": True}
        create("recommendation", world.administrator, **given, due_before=review.pk)
    assert queries() == before


def test_the_pack_has_the_section_once() -> None:
    tree = whole(facts(reviews=(HELD,), unreviewed=(MISSING,)), "d" * 64)
    assert [section.name for section in tree.sections].count("Assurance") == 1
