"""Readiness of business areas in the pack: the facts of those who may see them, and what is put to the board."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mainstay.register import actions
from mainstay.render.blocks import Table
from mainstay.reporting.board_pack import transitions
from mainstay.reporting.board_pack.limits import TransitionFact
from mainstay.reporting.board_pack.parts import parts_of
from mainstay.reporting.board_pack.sections import readiness
from mainstay.transition.criterion.register import ReadinessCriterionRegister
from mainstay.transition.models import Criterion, Transition
from mainstay.transition.plan.register import TransitionPlanRegister
from tests.contract.worlds import World, actor
from tests.reporting.board import TODAY, facts

ONE = TransitionFact(
    pk=1, ref="TP-001", code="SCR-HB", part="SCR-HB", title="Moves", area="Control room", cut_over_on=TODAY + timedelta(days=20),
    agreed_on=TODAY + timedelta(days=10), musts=3, confirmed=1, waived=1, state="agreed", marking="OFFICIAL",
)  # fmt: skip


def test_where_no_area_changes_over_nothing_is_said() -> None:
    assert readiness.sections(facts()) == ()


@pytest.mark.parametrize(
    ("values", "pressing"),
    [
        ({}, True),
        ({"confirmed": 2}, False),
        ({"musts": 0, "confirmed": 0, "waived": 0}, True),
        ({"cut_over_on": TODAY + timedelta(days=31)}, False),
        ({"cut_over_on": TODAY - timedelta(days=1)}, True),
        ({"cut_over_on": None}, False),
        ({"state": "cut_over"}, False),
    ],
)
def test_a_near_cut_over_with_an_open_must_is_put_to_the_board(values: dict[str, object], pressing: bool) -> None:
    one = replace(ONE, **values)
    (section,) = readiness.sections(facts(transitions=(one,)))
    text = "One business area changes over within 30 days and is not ready"
    assert (section.title == text) is pressing
    assert (readiness.standing(one, TODAY).word == "Not ready") is pressing


def test_a_row_tells_the_figures_and_the_note_what_is_lacking() -> None:
    (section,) = readiness.sections(facts(transitions=(ONE, replace(ONE, pk=2, ref="TP-002", has_fallback=True, cut_over_on=None))))
    (table,) = section.blocks
    assert isinstance(table, Table)
    assert [len(table.rows), ONE.open, ONE.slip_days] == [2, 1, 10]
    assert "1 of 3" in str(table.rows[0])
    assert "One has no fallback written down." in table.note


def test_facts_are_those_that_the_reader_may_see_in_two_queries(world: World) -> None:
    values = {"title": "Control room moves", "initiative": world.programme.pk, "business_area": "Control room", "cut_over_on": "2027-03-10"}
    plan = actions.create(TransitionPlanRegister, values, actor(world.owner))
    for weight, state in (("must", "confirmed"), ("must", "open"), ("must", "waived"), ("should", "open")):
        row = {"title": "Pass", "initiative": world.programme.pk, "plan": plan.pk, "weight": weight}
        made = actions.create(ReadinessCriterionRegister, row, actor(world.owner))
        Criterion.objects.filter(pk=made.pk).update(state=state)
    since = timezone.now() - timedelta(days=31)
    parts = parts_of(world.programme, world.owner)
    found = {one.pk: one for one in transitions.transitions(world.owner, parts, since)}
    told = found[plan.pk]
    assert (told.musts, told.confirmed, told.waived, told.open, told.cut_over_on) == (3, 1, 1, 1, date(2027, 3, 10))
    assert {one.initiative.path.startswith(world.programme.path) for one in Transition.objects.filter(pk__in=found)} == {True}
    assert list(transitions.transitions(world.stranger, parts, since)) == []
    with CaptureQueriesContext(connection) as before:
        list(transitions.transitions(world.owner, parts, since))
    actions.create(TransitionPlanRegister, {**values, "title": "Another"}, actor(world.owner))
    with CaptureQueriesContext(connection) as after:
        list(transitions.transitions(world.owner, parts, since))
    assert len(after) == len(before)
