"""Lists of responses by standard, several responses to one risk, and what their effects add up to."""

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from mainstay.initiatives.standard.register import StandardRegister
from mainstay.register import actions
from mainstay.register.errors import Invalid
from mainstay.risk import bow_tie, quantities
from mainstay.risk.bow_tie import BowTie, Item
from mainstay.risk.models import Risk
from mainstay.risk.response.register import RiskResponseRegister as Responses
from mainstay.risk.risk.register import RiskRegister as Risks
from mainstay.risk.risk.response_lists import Response, fits_nature, lists
from tests.contract.worlds import World, actor


def standard(world: World, value: list[str], place: Any = None) -> Any:
    given = {
        "title": "Responses",
        "kind": "categories",
        "name": "risk-responses",
        "value": value,
        "initiative": (place or world.programme).pk,
    }
    return actions.create(StandardRegister, given, actor(world.owner))


def change(world: World, risk: Any, **values: Any) -> Any:
    risk.refresh_from_db()
    return actions.change(Risks, risk.pk, risk.version, values, actor(world.owner))


def test_each_public_standard_has_its_words() -> None:
    """PRINCE2 2017, the Orange Book's four Ts with its taking of opportunities, and PM²."""
    assert list(lists()["orange-book"].threat) == ["tolerate", "treat", "transfer", "terminate"]
    assert set(lists()["prince2"].opportunity) - set(lists()["prince2"].threat) == {"exploit", "enhance"}
    assert "contingent" not in lists()["pm2"].threat
    assert {word for one in lists().values() for word in (*one.threat, *one.opportunity)} == set(Response.values)
    assert not fits_nature("reduce", "opportunity")
    assert not fits_nature("exploit", "threat")


def test_the_inherited_list_says_which_words_may_be_chosen(world: World) -> None:
    threat = world.record(Risks)
    assert change(world, threat, response="accept", title="As before").response_list == "prince2"
    standard(world, ["orange-book"])
    with pytest.raises(Invalid, match="Nearest to it is Treat"):
        change(world, threat, response="reduce")
    assert change(world, threat, title="What was chosen stays").response == "accept"
    treated = change(world, threat, response="treat")
    assert (treated.response, treated.response_list, treated.responses_by) == ("treat", "orange-book", "Orange Book")


def test_a_project_may_have_a_list_of_its_own(world: World) -> None:
    standard(world, ["orange-book"])
    standard(world, ["pm2"], world.project)
    given = {"title": "Late", "initiative": world.project.pk, "owner": "owner@example.org", "response": "contingent"}
    with pytest.raises(Invalid, match="PM²"):
        actions.create(Risks, given, actor(world.owner))
    rows = [{**given, "response": "avoid"}, {**given, "response": "treat"}]
    with pytest.raises(Invalid, match="Treat is not in the list of PM²"):
        actions.create_many(Risks, rows, actor(world.owner))
    assert not Risk.objects.filter(title="Late").exists()


def test_an_unknown_list_is_refused(world: World) -> None:
    with pytest.raises(Invalid, match="no list of responses called five-ts"):
        standard(world, ["five-ts"])


def test_a_response_lies_where_its_risk_does_and_has_a_word_for_it(world: World) -> None:
    risk = world.record(Risks)
    given = {"title": "Crane", "risk": risk.pk, "initiative": risk.initiative_id, "kind": "reduce"}
    made = actions.create(Responses, given, actor(world.owner))
    assert made.response_list == "prince2"
    for wrong, said in (({"initiative": world.project.pk}, "belongs to SCR"), ({"kind": "exploit"}, "no response to this kind")):
        with pytest.raises(Invalid, match=said):
            actions.create(Responses, {**given, **wrong}, actor(world.owner))
    with pytest.raises(Invalid, match="In place since"):
        actions.move(Responses, made.pk, made.version, "finish", actor(world.owner))


@pytest.mark.parametrize(
    "values", [{"probability": 101}, {"probability": -1}, {"cost_low": 9, "cost_likely": 5}, {"days_likely": 9, "days_high": 5}]
)
def test_quantities_that_cannot_be_are_refused(world: World, values: dict[str, int]) -> None:
    given = {"title": "Wrong", "initiative": world.programme.pk, "owner": "owner@example.org", **values}
    for write in (
        lambda: actions.create(Risks, given, actor(world.owner)),
        lambda: actions.create_many(Risks, [given], actor(world.owner)),
    ):
        with pytest.raises(Invalid):
            write()
    assert not Risk.objects.filter(title="Wrong").exists()


def row(state: str, **changes: Any) -> Any:
    empty = {"cost": None, "probability_change": None, "cost_change": None, "days_change": None}
    return SimpleNamespace(state=state, **{name: None if value is None else Decimal(value) for name, value in (empty | changes).items()})


def risk_of(**values: Any) -> Any:
    held = {"probability": 30, "cost_likely": 1000, "days_likely": 10, "probability_after": None, "cost_after": None, "days_after": None}
    return SimpleNamespace(**{name: None if value is None else Decimal(value) for name, value in (held | values).items()})


def test_effects_add_up_and_the_owners_figures_stay() -> None:
    rows = [
        row("in_place", cost=5, probability_change=-10),
        row("planned", cost=7, probability_change=-4, days_change=-20),
        row("dropped", cost=99, cost_change=-1000),
    ]
    held: Any = quantities.standing(risk_of(probability_after=16), rows)
    assert (held.now.probability, held.planned.probability, held.after.probability) == (20, 16, 16)
    assert (held.planned.days, held.after.days, held.planned.cost) == (0, 10, 1000)
    assert (held.spent, held.asked, held.differs) == (5, 12, True)
    assert not quantities.standing(risk_of(probability_after=16, days_after=0), rows).differs


def test_nothing_grows_beyond_certainty_and_nothing_is_made_of_nothing() -> None:
    held: Any = quantities.standing(risk_of(cost_likely=None), [row("in_place", probability_change=90, cost_change=-5)])
    assert (held.now.probability, held.now.cost) == (100, None)


def test_a_bow_tie_draws_every_part_and_escapes_it() -> None:
    tie = BowTie("Event", [Item("<cause>")], [Item("Held", "in_place"), Item("To come", "planned")], [], [Item("Effect")])
    drawn = str(bow_tie.drawing(tie))
    assert "&lt;cause&gt;" in drawn
    assert "<cause>" not in drawn
    assert (drawn.count("<rect"), drawn.count('class="bar"'), drawn.count('class="barrier"')) == (5, 1, 1)
