"""Standards: which one holds where, what those below may do with it, and what its content must look like."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mainstay.engine.bank_holidays import Division, bank_holidays
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.initiatives.models import Initiative
from mainstay.initiatives.standard.register import StandardRegister
from mainstay.initiatives.standards import resolve, resolve_many
from mainstay.initiatives.working_days import closed_days, days_between, working_day
from mainstay.organisation.office.register import OfficeRegister
from mainstay.register import actions
from mainstay.register.errors import Invalid
from tests.contract.worlds import World, actor


def put(world: World, place: Any, inheritance: str, value: Any, kind: str = "threshold", name: str = "float", **more: Any) -> Any:
    values = {"title": name, "kind": kind, "name": name, "inheritance": inheritance, "value": value, "valid_from": date(2020, 1, 1)}
    return actions.create(StandardRegister, {**values, "initiative": place.pk, **more}, actor(world.administrator))


def test_the_nearest_free_one_counts(world: World) -> None:
    put(world, world.programme, "free", {"amber": 10, "red": 5})
    put(world, world.project, "free", {"amber": 7})
    assert resolve(world.project, "threshold", "float") == {"amber": 7}
    assert resolve(world.programme, "threshold", "float") == {"amber": 10, "red": 5}
    assert resolve(world.other, "threshold", "float") is None


def test_an_extend_only_one_is_added_to_and_never_altered(world: World) -> None:
    put(world, world.programme, "extend", {"amber": 10})
    put(world, world.project, "free", {"amber": 99, "black": 1})
    assert resolve(world.project, "threshold", "float") == {"amber": 10, "black": 1}


def test_a_list_that_may_be_extended_keeps_its_order(world: World) -> None:
    put(world, world.programme, "extend", ["Consents", "Weather"], kind="categories", name="risk-kinds")
    put(world, world.project, "free", ["Weather", "Tides"], kind="categories", name="risk-kinds")
    assert resolve(world.project, "categories", "risk-kinds") == ["Consents", "Weather", "Tides"]


def test_a_locked_one_cannot_be_set_again_below(world: World) -> None:
    put(world, world.programme, "locked", {"amber": 10})
    with pytest.raises(Invalid, match="is locked at SCR"):
        put(world, world.project, "free", {"amber": 1})


def test_a_locked_one_wins_over_what_stood_below_before(world: World) -> None:
    put(world, world.project, "free", {"amber": 1})
    put(world, world.programme, "locked", {"amber": 10})
    assert resolve(world.project, "threshold", "float") == {"amber": 10}


def test_a_standard_holds_from_its_first_day_to_its_last(world: World) -> None:
    put(world, world.programme, "free", {"amber": 1}, valid_to=date(2021, 12, 31))
    put(world, world.programme, "free", {"amber": 2}, valid_from=date(2022, 1, 1))
    found = [resolve(world.programme, "threshold", "float", date(year, 6, 1)) for year in (2019, 2020, 2023)]
    assert found == [None, {"amber": 1}, {"amber": 2}]


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        ("scale", {"steps": []}, "A scale is written"),
        ("scale", {"steps": [{"name": "Low", "to": "x"}]}, "A scale is written"),
        ("scale", {"steps": [{"name": "Low", "to": 50}, {"name": "High", "to": 20}]}, "rise"),
        ("threshold", {"amber": "ten"}, "names with numbers"),
        ("threshold", [1], "names with numbers"),
        ("calendar", {"division": "wales"}, "The division is"),
        ("calendar", {"closed": ["24/12/2026"]}, "is no date"),
        ("calendar", {"shut": []}, "A calendar is written"),
        ("calendar", {"closed": 5}, "A calendar is written"),
        ("categories", {}, "Categories are written"),
        ("categories", [""], "Categories are written"),
    ],
)
def test_content_of_the_wrong_shape_is_told_how_to_be_written(world: World, kind: str, value: Any, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        put(world, world.programme, "free", value, kind=kind, name="odd")


def test_working_days_follow_the_division_and_the_office_s_own_days(world: World) -> None:
    put(world, world.project, "free", {"closed": ["2026-12-24"], "open": ["2026-07-13"]}, kind="calendar", name="bank-holidays")
    closed = closed_days(world.project, [2026])
    assert date(2026, 3, 17) in closed, "the programme's division is Northern Ireland"
    assert date(2026, 12, 24) in closed
    elsewhere = actions.create(InitiativeRegister, {"code": "NEW", "title": "New", "kind": "programme"}, actor(world.administrator))
    assert closed_days(elsewhere, [2026]) == bank_holidays(2026, Division.ENGLAND_AND_WALES), "without a standard England's days hold"
    assert working_day(world.programme, date(2026, 12, 23), 1) == date(2026, 12, 29)
    assert days_between(world.programme, date(2026, 12, 23), date(2026, 12, 29)) == 1


def test_many_at_once_say_what_each_says_in_two_queries(world: World) -> None:
    administrator = actor(world.administrator)
    office = actions.create(OfficeRegister, {"title": "Tide office", "kind": "programme"}, administrator)
    Initiative.objects.filter(pk=world.programme.pk).update(office=office)
    ours = {"title": "float", "kind": "threshold", "name": "float", "valid_from": date(2020, 1, 1), "office": office.pk}
    actions.create(StandardRegister, {**ours, "value": {"amber": 3}, "inheritance": "extend"}, administrator)
    places = list(Initiative.objects.order_by("pk"))
    for place, value in ((world.programme, {"amber": 10, "red": 5}), (world.project, {"black": 7}), (world.other, {"amber": 1})):
        put(world, place, "free", value)
        with CaptureQueriesContext(connection) as queries:
            found = resolve_many(places, "threshold", "float")
        assert len(queries) == 2
        assert found == {one.pk: resolve(one, "threshold", "float") for one in places}
    assert found[world.project.pk] == {"amber": 3, "red": 5, "black": 7}
    assert resolve_many(places, "threshold", "unknown") == dict.fromkeys(one.pk for one in places)
