"""Ratings held against outcomes: scales apart, nothing that is not released, intervals as published for small numbers."""

from collections.abc import Callable
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.assurance.calibrating import rated, spent
from mainstay.assurance.models import Review
from mainstay.register.errors import Invalid
from tests.assurance.conftest import SEALED, change, fresh, move
from tests.contract.worlds import World

SignedIn = Callable[[Account | None], Client]


def held(rating: str = "amber", outcome: str = "", scale: str = "dca-5/1", **values: Any) -> Any:
    told = {"type_label": "Gate 3", "cost": None, "effort_days": None, "satisfaction": None, **values}
    return SimpleNamespace(rating=rating, rating_scale=scale, outcome=outcome, **told)


def test_shares_of_the_published_calibration_have_its_intervals() -> None:
    """UK major projects, five-point confidence: cost grew for 2 of 26 rated Green and 10 of 31 rated Red; Wilson 2–24 % and 19–50 %."""
    rows = [held("green", "cost")] * 2 + [held("green", "as_planned")] * 24
    rows += [held("red", "both")] * 10 + [held("red", "as_planned")] * 21
    green, red = rated(rows)
    assert [(one.judged, one.worse) for one in (green, red)] == [(26, 2), (31, 10)]
    assert [round(100 * value) for value in (green.share or 0, green.low, green.high)] == [8, 2, 24]
    assert [round(100 * value) for value in (red.share or 0, red.low, red.high)] == [32, 19, 50]


def test_scales_are_kept_apart_and_the_best_stands_first() -> None:
    found = rated([held("red"), held("amber"), held("amber", scale="dca-3/1"), held("green"), held("", "cost")])
    assert [(one.scale, one.rating) for one in found] == [
        ("dca-3/1", "amber"), ("dca-5/1", "green"), ("dca-5/1", "amber"), ("dca-5/1", "red"),
    ]  # fmt: skip
    assert {one.share for one in found} == {None}


def test_what_reviews_cost_is_of_those_that_say_it() -> None:
    (one,) = spent([held(cost=Decimal(14_500), effort_days=24, satisfaction=4), held(cost=Decimal(11_500)), held(satisfaction=1)])
    assert (one.count, one.cost, one.mean_cost, one.mean_days, one.satisfaction, one.answers) == (3, 26_000, 13_000, 24, 2.5, 2)
    (none,) = spent([held()])
    assert (none.cost, none.mean_cost, none.satisfaction) == (None, None, None)


def test_the_page_shows_what_is_released_to_those_who_see_the_programme(
    world: World, signed_in: SignedIn, review: Review, report: Any, recommendation: Any, sro: Account, leader: Account
) -> None:
    page = reverse("assurance.lessons", args=[world.programme.pk])
    with pytest.raises(Invalid, match="when that was looked at"):
        change(review, world.owner, outcome="cost")
    change(review, world.owner, outcome="cost", outcome_on="2031-12-01", satisfaction=4, satisfaction_why="Plain words.", cost="14500")
    change(report, leader, statement="Why.")
    move(report, "issue", leader)
    Review.objects.filter(pk=review.pk).update(state="issued")
    text = signed_in(fresh(world.member)).get(page).content.decode()
    assert "Plain words." in text
    assert "14,500" in text
    assert "No released rating yet" in text
    assert SEALED not in text
    change(report, fresh(sro), is_released=True)
    text = signed_in(fresh(world.member)).get(page).content.decode()
    assert "No released rating yet" not in text
    assert "100" in text
    assert signed_in(world.stranger).get(page).status_code == 404
