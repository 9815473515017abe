"""What a plan has earned: by what it is weighed, what cannot be said and why, and its page."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.exchange.demo.schedules import schedule_of
from mainstay.formats.schedule import Activity, Baseline, Schedule
from mainstay.planning import performed
from mainstay.planning.earning import Earning, Unsaid, Weight, earning
from mainstay.planning.models import Plan, PlanPerformance
from mainstay.planning.receiving import receive
from tests.contract.worlds import FOREIGN_CANARY, TODAY, World, actor

SignedIn = Callable[[Account | None], Client]
MONDAY = datetime(2026, 11, 2, 8)  # noqa: DTZ001  # a plan's clock has no zone
"""With the standard calendar, so that a week is five days of eight hours."""


def activity(uid: int, week: int, weeks: int = 1, *, cost: int | None = None, work: float | None = None, **rest: Any) -> Activity:
    start = MONDAY + timedelta(weeks=week)
    finish = start + timedelta(weeks=weeks - 1, days=4, hours=9)
    money = Decimal(cost) if cost is not None else None
    baseline = Baseline(0, start, finish, weeks * 2400.0, work, money)
    told: dict[str, Any] = {"start": start, "finish": finish, "duration_minutes": weeks * 2400.0, "baselines": (baseline,), **rest}
    return Activity(uid=uid, wbs=f"A{uid}", name=f"Work {uid}", **told)


def plan(*activities: Activity, weeks: float | None = 2) -> Schedule:
    status = MONDAY + timedelta(weeks=weeks) if weeks is not None else None
    return Schedule(start=MONDAY, status_date=status, activities=activities)


def figures(found: Earning) -> tuple[float | None, ...]:
    return tuple(round(value, 4) if value is not None else None for value in (found.index(name) for name in ("cpi", "spi", "spi_t")))


def test_cost_is_weighed_before_work_and_work_before_duration() -> None:
    done: dict[str, Any] = {"percent_complete": 50.0, "actual_work_minutes": 3000.0, "actual_cost": Decimal(60)}
    by_cost = earning(plan(activity(1, 0, 1, cost=100, work=2400, **done), activity(2, 1, 1, cost=100, work=4800)))
    # Two weeks in, 200 were planned; 50 are earned for 60. 50 were planned half a week in.
    assert (by_cost.weight, figures(by_cost)) == (Weight.COST, (0.8333, 0.25, 0.25))
    by_work = earning(plan(activity(1, 0, 1, work=2400, **done), activity(2, 1, 1, work=4800)))
    assert (by_work.weight, figures(by_work)) == (Weight.WORK, (0.4, 0.1667, 0.25))
    by_duration = earning(plan(activity(1, 0, 1, **done), activity(2, 1, 3)))
    assert (by_duration.weight, figures(by_duration)) == (Weight.DURATION, (None, 0.25, 0.25))
    assert by_duration.unsaid == {"cpi": Unsaid.NO_ACTUAL}, "of durations nobody records what was spent"


def test_what_earns_nothing_though_it_should_is_named() -> None:
    found = earning(plan(activity(1, 0, cost=10, percent_complete=100.0), activity(2, 1, cost=30), activity(3, 0, cost=20), activity(4, 5)))
    assert [piece.code for piece in found.idle] == ["A2", "A3"]


def test_done_late_stays_late_and_needs_the_day_on_which_it_was_done() -> None:
    late = MONDAY + timedelta(weeks=3)
    finished = activity(1, 0, 1, cost=100, percent_complete=100.0, actual_start=MONDAY, actual_finish=late)
    assert figures(earning(plan(finished, weeks=50))) == (None, 1.0, 0.3333)
    undated = earning(plan(replace(finished, actual_finish=None), weeks=50))
    assert (undated.unsaid["spi_t"], undated.index("spi")) == (Unsaid.NO_FINISH, 1.0)


@pytest.mark.parametrize(
    ("schedule", "reason"),
    [
        (plan(), Unsaid.NO_BASELINE),
        (plan(replace(activity(1, 0), baselines=())), Unsaid.NO_BASELINE),
        (plan(activity(1, 0), *(replace(activity(uid, 0), baselines=()) for uid in (2, 3))), Unsaid.LITTLE_BASELINE),
        (plan(activity(1, 0, cost=5), weeks=None), Unsaid.NO_STATUS_DATE),
        (plan(activity(1, 6, cost=5)), Unsaid.NOT_BEGUN),
    ],
)
def test_what_cannot_be_said_has_its_reason(schedule: Schedule, reason: Unsaid) -> None:
    found = earning(schedule)
    assert (found.unsaid["spi"], found.unsaid["spi_t"], figures(found)[1:]) == (reason, reason, (None, None))


def test_a_baseline_without_any_length_weighs_nothing() -> None:
    empty = Baseline(0, MONDAY, MONDAY, 0.0, 0.0, Decimal(0))
    found = earning(plan(replace(activity(1, 0), baselines=(empty,))))
    assert (found.weight, found.unsaid) == (None, dict.fromkeys(("cpi", "spi", "spi_t"), Unsaid.NO_BUDGET))


def test_the_planners_own_percentage_counts() -> None:
    rows: dict[str, Any] = {"percent_complete": 80.0, "physical_percent_complete": 20.0, "percent_work_complete": 40.0}
    told = {
        kind: earning(plan(activity(1, 0, cost=100, percent_complete_kind=kind, **rows))).index("spi") for kind in ("", "physical", "units")
    }
    assert told == {"": 0.8, "physical": 0.2, "units": 0.4}


def test_the_work_of_a_summary_does_not_count_twice() -> None:
    summary = replace(activity(1, 0, 2, cost=100), summary=True)
    found = earning(plan(summary, activity(2, 0, cost=50, parent_uid=1), activity(3, 1, cost=50, parent_uid=1)))
    assert (found.counted, found.performance and found.performance.budget) == (2, 100)


@pytest.fixture
def live(world: World) -> Plan:
    return receive(world.project, schedule_of("SCR-RC", "Causeway", "Somebody", TODAY), "rail.xml", b"1", actor(world.owner))


def test_figures_are_kept_when_a_plan_arrives_and_made_for_one_that_came_before(live: Plan) -> None:
    kept = PlanPerformance.objects.get(plan=live)
    assert (kept.weight, kept.unsaid) == ("cost", {}) and kept.cpi and kept.spi and kept.spi_t
    PlanPerformance.objects.all().delete()
    assert performed.of([live])[live.pk].spi_t == kept.spi_t
    assert PlanPerformance.objects.filter(plan=live).count() == 1


def test_the_page_shows_the_indices_to_those_who_see_the_plan(live: Plan, world: World, signed_in: SignedIn) -> None:
    url, kept = reverse("planning.earned", args=[live.pk]), PlanPerformance.objects.get(plan=live)
    for account in (world.owner, world.member):
        page = unescape(signed_in(account).get(url).content.decode())
        assert f"{kept.spi_t:.2f}" in page and f"{kept.cpi:.2f}" in page and "weighed by baseline cost" in page
        assert FOREIGN_CANARY not in page
    assert signed_in(world.stranger).get(url).status_code == 404
    assert signed_in(None).get(url).status_code == 302


def test_the_page_says_why_it_cannot_say(world: World, signed_in: SignedIn) -> None:
    bare = receive(world.project, plan(replace(activity(1, 0), baselines=())), "bare.xml", b"2", actor(world.owner))
    page = unescape(signed_in(world.owner).get(reverse("planning.earned", args=[bare.pk])).content.decode())
    assert "CPI, SPI and SPI(t) cannot be said, because the plan has no baseline." in page
