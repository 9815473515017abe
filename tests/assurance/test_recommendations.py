"""Recommendations: do-by rules, closed by somebody else, said before, by theme; likeness that can be wrong both ways."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from mainstay.assurance import lists, standing
from mainstay.assurance.models import Review
from mainstay.assurance.recommendation.likeness import ALIKE, alike, cosine, pieces, weights
from mainstay.register.errors import Invalid, Refused
from tests.assurance.conftest import change, create, move, person_of
from tests.contract.worlds import World


def advice(world: World, review: Review, **values: Any) -> Any:
    given = {"title": "Freeze the drawings", "initiative": review.initiative_id, "review": review.pk, "category": "ipa/1:6"}
    return create("recommendation", world.administrator, **{**given, "is_released": True, **values})


def test_do_by_rules(world: World, review: Review) -> None:
    today = timezone.localdate()
    assert advice(world, review, priority="critical").due_on == today + timedelta(days=28)
    assert advice(world, review, priority="critical", due_on="2031-01-31").due_on == date(2031, 1, 31)
    assert advice(world, review, priority="recommended").due_on is None
    with pytest.raises(Invalid, match="by a date or a gate"):
        advice(world, review, priority="essential")
    before_gate = advice(world, review, priority="essential", due_before=review.pk)
    assert (before_gate.due_on, before_gate.do_by) == (None, review.ends_on)
    with pytest.raises(Invalid, match="Say why"):
        advice(world, review, accepted="partially")


def test_whoever_owns_or_claims_does_not_verify(world: World, review: Review) -> None:
    owner, manager, other = world.account("programme_manager"), world.account("project_manager"), world.account("pmo_officer")
    record = advice(world, review, owner=person_of(owner))
    with pytest.raises(Invalid, match="Evidence"):
        move(record, "claim", manager)
    change(record, manager, evidence="Signed on 3 March.")
    move(record, "claim", manager)
    for account in (owner, manager):
        with pytest.raises(Refused, match="somebody else verifies"):
            move(record, "verify", account)
    closed = move(record, "verify", other)
    record.refresh_from_db()
    assert (closed.state, record.verifier, record.closed_on) == ("closed", other.name, timezone.localdate())
    with pytest.raises(Invalid, match="verified as it stands"):
        change(record, other, evidence="Another.")
    move(record, "reopen", other, "It came undone.")
    record.refresh_from_db()
    assert (record.closed_on, record.verifier) == (None, "")


def test_only_the_owner_of_the_report_declines(world: World, review: Review) -> None:
    record = advice(world, review, accepted="no", accepted_why="Costs more than it saves.")
    with pytest.raises(Refused, match="senior responsible owner"):
        move(record, "decline", world.account("pmo_officer"))
    assert move(record, "decline", world.account("sro")).state == "declined"


SAME = "The SRO should freeze the gate design drawings before the contract is awarded."
AGAIN = "Freeze all design drawings of the gates ahead of contract award."
OTHER = "Appoint a benefits owner within the harbour company and agree the profile."
THIRD = "Agree the communications plan with neighbouring ports."


def test_what_says_the_same_is_found_and_what_does_not_is_not() -> None:
    found = alike(AGAIN, [(1, SAME), (2, OTHER), (3, THIRD)])
    assert [pk for pk, _share in found] == [1]
    assert found[0][1] >= ALIKE
    assert alike(OTHER, [(1, SAME), (3, THIRD)]) == []
    assert alike("", [(1, SAME)]) == []


@given(st.text(max_size=120), st.text(max_size=120))
def test_likeness_is_a_share_the_same_both_ways(one: str, other: str) -> None:
    weight = weights([pieces(one), pieces(other)])
    share = cosine(pieces(one), pieces(other), weight)
    assert 0 <= share <= 1 + 1e-9
    assert share == pytest.approx(cosine(pieces(other), pieces(one), weight))
    if pieces(one):
        assert cosine(pieces(one), pieces(one), weight) == pytest.approx(1)


def row(category: str, day: date, **values: Any) -> Any:
    given = {"category": category, "state": "open", "priority": "essential", "do_by": None, "initiative_id": 1, "age_days": 3}
    return SimpleNamespace(**{**given, "made_on": day, **values})


def test_themes_count_by_quarter_and_keep_lists_apart() -> None:
    rows = [
        row("ipa/1:1", date(2026, 3, 31)),
        row("ipa/1:1", date(2026, 4, 1), initiative_id=2, state="closed"),
        row("ni/1:people", date(2026, 4, 2)),
    ]
    quarters, found = standing.themes(rows)
    assert quarters == ["Q1 2026", "Q2 2026"]
    assert [(one.title, one.counts, one.open, one.initiatives) for one in found] == [
        ("1 Governance", (1, 1), 1, 2),
        ("People", (0, 1), 1, 1),
    ]


def test_standing_counts_what_is_open_and_past_its_day() -> None:
    today = date(2026, 6, 1)
    rows = [
        row("ipa/1:1", today, do_by=date(2026, 5, 31), age_days=40),
        row("ipa/1:1", today, do_by=today),
        row("ipa/1:2", today, state="closed"),
    ]
    found = {one.code: one for one in standing.standing_of(rows, today)}
    assert (found["essential"].open, found["essential"].late, found["essential"].oldest_days) == (2, 1, 40)
    assert (found["critical"].open, found["critical"].oldest_days) == (0, None)


def test_there_are_twelve_categories_and_each_names_its_list() -> None:
    assert len([key for key, _title in lists.category_choices() if key.startswith("ipa/1:")]) == 12
