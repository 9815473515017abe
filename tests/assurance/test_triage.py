"""Triage: published rules as oracles, the chain, superseded forms, thresholds of a day, self-ratings that are questioned."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from mainstay.accounts.models import Account
from mainstay.assurance.triage import form, needing, scoring, shipped, thresholds
from mainstay.assurance.triage.form import FormError
from mainstay.register.access import visible_to
from mainstay.register.errors import Invalid, Refused
from mainstay.register.spec import REGISTERS
from tests.assurance.conftest import change, create, fresh, move
from tests.contract.worlds import World, actor

SignedIn = Callable[[Account | None], Client]
AU, NI, UK, SCOT = (shipped.banks()[name] for name in ("rpat-au", "rpa-ni", "rpa-uk", "rpa1-scot"))


def answers(of: form.Form, rating: int = 2, **ratings: int) -> dict[str, scoring.Answer]:
    return {one.code: scoring.Answer(one.code, ratings.get(one.code, rating), "Because.") for one in of.questions}


def test_top_five_of_the_australian_tool() -> None:
    """Department of Finance, RMG-107: by rating from very high down, equal ones in the order of the questions, justification carried."""
    given = answers(AU, 1, B14=5, A3=5, A1=4, B2=4, B1=4, B9=3)
    top = scoring.score(AU, given).top
    assert [(one.code, AU.ratings[one.rating - 1]) for one in top] == [
        ("A3", "Very high"), ("B14", "Very high"), ("A1", "High"), ("B1", "High"), ("B2", "High"),
    ]  # fmt: skip
    assert {one.why for one in top} == {"Because."}


def test_the_australian_bank_is_attributed_and_whole() -> None:
    assert [len(part.questions) for part in AU.parts] == [6, 14]
    assert "CC BY 3.0 AU" in AU.source


@given(st.lists(st.integers(1, 5), min_size=20, max_size=20))
def test_the_top_five_are_never_below_what_they_leave_out(ratings: list[int]) -> None:
    given = {one.code: scoring.Answer(one.code, rating, "x") for one, rating in zip(AU.questions, ratings, strict=True)}
    top = scoring.score(AU, given).top
    left = [one.rating for code, one in given.items() if code not in {held.code for held in top}]
    assert len(top) == 5
    assert min(one.rating for one in top) >= max(left)


def test_the_stop_rule_of_northern_ireland() -> None:
    """Where table A comes out very low, table B is not needed; otherwise it is."""
    only_a = {code: one for code, one in answers(NI, 1).items() if code.startswith("A")}
    found = scoring.score(NI, only_a)
    assert (found.overall, found.has_stopped, found.missing) == ("low", True, ())
    not_low = {code: one for code, one in answers(NI, 1, A3=2).items() if code.startswith("A")}
    found = scoring.score(NI, not_low)
    assert (found.overall, found.missing) == ("", ("B1", "B2", "B3", "B4"))
    assert scoring.score(UK, only_a).missing == ("B1", "B2", "B3", "B4")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [(1, 5, "low"), (2, 2, "low"), (2, 3, "medium"), (4, 3, "medium"), (4, 4, "high"), (5, 3, "high"), (3, 5, "high"), (5, 2, "medium")],
)
def test_the_house_table(one: int, other: int, expected: str) -> None:
    assert scoring.by_table(one, other) == expected


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [((1, 1, 1), "low"), ((2, 2, 2), "low"), ((2, 2, 3), "medium"), ((3, 3, 4), "medium"), ((3, 4, 4), "high")],
)
def test_the_bands_of_the_scottish_style(ratings: tuple[int, int, int], expected: str) -> None:
    given = {one.code: scoring.Answer(one.code, rating) for one, rating in zip(SCOT.questions, ratings, strict=True)}
    assert scoring.score(SCOT, given).overall == expected


def test_answers_are_read_as_they_are_written_and_faults_name_their_line() -> None:
    given = answers(AU, 3, A1=5)
    assert scoring.parse(AU, scoring.written(AU, given)) == given
    assert scoring.parse(AU, "a1 | VH | Named.")["A1"] == scoring.Answer("A1", 5, "Named.")
    with pytest.raises(FormError) as caught:
        scoring.parse(AU, f"Z9 | High | x\nA1 | Enormous | x\nA2 | Low | {'x' * 251}")
    assert [text.split(":")[0] for text in caught.value.faults] == ["Line 1", "Line 2", "Line 3"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a", "begins with"),
        ("a: [", "no YAML"),
        ("form: x\ntitle: x\nratings: [a, b]\nparts: []", "named with its version"),
        ("form: x/1", "missing"),
    ],
)
def test_a_bank_that_cannot_be_used_says_why(text: str, told: str) -> None:
    with pytest.raises(FormError, match=told):
        form.read(text)


def test_the_threshold_was_twenty_million_and_is_five() -> None:
    then, now = thresholds.rule_of(date(2010, 6, 30)), thresholds.rule_of(date(2026, 11, 30))
    assert then and now
    assert (then.cost, now.cost) == (Decimal(20_000_000), Decimal(5_000_000))
    assert thresholds.rule_of(date(2005, 1, 1)) is None


def project(pk: int, budget: int | None) -> Any:
    return SimpleNamespace(pk=pk, budget=None if budget is None else Decimal(budget))


def assessed(overall: str, cost: int | None = None) -> Any:
    value = None if cost is None else Decimal(cost)
    told = {"overall": overall, "whole_life_cost": value, "state": "accepted", "bank_id": 1, "pk": 1}
    return SimpleNamespace(**told, get_overall_display=lambda: overall.title())


def test_who_should_have_a_review_and_whose_low_rating_is_questioned() -> None:
    """The case of the Northern Ireland Audit Office of 2009: the dearest projects rated themselves low and were never reviewed."""
    places = [project(number, 1_000_000 * number) for number in range(1, 11)] + [project(11, None)]
    ratings = {10: assessed("low"), 9: assessed("low"), 2: assessed("medium"), 3: assessed("low", 136_000_000)}
    found = {line.initiative.pk: line for line in needing.lines(places, ratings, {6: 1}, thresholds.rule_of(date(2026, 1, 1)))}
    assert [pk for pk, line in found.items() if line.is_missing] == [2, 3, 5, 7, 8, 9, 10]
    assert [pk for pk, line in found.items() if line.challenge] == [3]
    assert needing.top_tenth([]) is None


@pytest.fixture
def bank(world: World) -> Any:
    made = shipped.take("rpa-ni", world.programme.pk, actor(world.owner))
    return move(made, "use", world.owner)


def test_the_chain_is_of_different_people(world: World, bank: Any) -> None:
    manager, sro = world.account("programme_manager"), world.account("sro")
    record = create("assessment", manager, title="At start", initiative=world.programme.pk, bank=bank.pk)
    with pytest.raises(Refused, match="Still to be answered: A1"):
        move(record, "complete", manager)
    change(record, manager, content=scoring.written(NI, answers(NI, 4)))
    assert move(record, "complete", manager).overall == "high"
    with pytest.raises(Invalid, match="Return it first"):
        change(record, manager, content="")
    for account in (world.owner, manager):
        with pytest.raises(Refused):
            move(record, "approve", account)
    move(record, "approve", sro)
    for account in (sro, manager):
        with pytest.raises(Refused):
            move(record, "validate", account)
    move(record, "validate", world.owner)
    record.refresh_from_db()
    assert (record.completed_by, record.approved_by, record.validated_by) == (manager.name, sro.name, world.owner.name)
    change(record, manager, central_unit="CDG-77", accepted_on="2026-11-30")
    assert move(record, "accept", fresh(world.administrator)).state == "accepted"
    move(record, "return", world.owner, "Scope has doubled.")
    record.refresh_from_db()
    assert (record.state, record.completed_by) == ("draft", "")


def test_answers_to_a_superseded_form_are_refused_with_its_successor(world: World, bank: Any) -> None:
    record = create("assessment", world.owner, title="At start", initiative=world.programme.pk, bank=bank.pk)
    change(record, world.owner, content="A1 | Low | Small.")
    newer = create("bank", world.owner, title="Form of 2027", initiative=world.programme.pk, content=bank.content, replaces=bank.pk)
    change(record, world.owner, content="A1 | Medium | Small.")
    move(newer, "use", world.owner)
    with pytest.raises(Invalid, match=r"was superseded by QB-\d+ Form of 2027"):
        change(record, world.owner, content="A1 | High | Small.")
    with pytest.raises(Refused, match="was superseded"):
        move(record, "complete", world.owner)


def test_the_page_of_questions_writes_answers_and_says_what_cannot_be_used(world: World, signed_in: SignedIn, bank: Any) -> None:
    record = create("assessment", world.owner, title="At start", initiative=world.programme.pk, bank=bank.pk)
    page = reverse("assurance.answers", args=[record.pk])
    client = signed_in(fresh(world.owner))
    assert client.get(page).status_code == 200
    given = {"version": record.version, "rating-A1": "High", "why-A1": "Named\nby the minister."}
    assert client.post(page, given).status_code == 302
    record.refresh_from_db()
    assert record.content == "A1 | High | Named by the minister."
    assert client.post(page, given).status_code == 409
    answer = client.post(page, {**given, "version": record.version, "rating-A2": "Enormous"})
    assert answer.status_code == 422
    assert "Enormous is no rating" in answer.content.decode()
    assert signed_in(world.stranger).get(page).status_code == 404
    assert signed_in(world.member).post(page, {**given, "version": record.version}).status_code == 403


def test_a_shipped_bank_is_taken_over_and_a_wrong_name_is_not(world: World, signed_in: SignedIn) -> None:
    page = reverse("assurance.take_bank", args=[world.programme.pk])
    client = signed_in(fresh(world.owner))
    assert client.post(page, {"name": "rpat-au"}).status_code == 302
    assert client.post(page, {"name": "../settings"}).status_code == 422
    assert signed_in(world.stranger).post(page, {"name": "rpat-au"}).status_code in (403, 404)
    listed = visible_to(world.owner, REGISTERS["assurance.bank"]).filter(title=AU.title)
    assert listed.count() == 1
