"""From a plan file to the joined plan: sent, checked, taken in, drawn, walked through by keyboard, and who gives to whom."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from mainstay.exchange.demo.schedules import schedule_of
from mainstay.planning.models import Plan
from mainstay.planning.plan.register import PlanRegister
from mainstay.planning.receiving import receive
from tests.contract.worlds import TODAY, World, actor
from tests.exchange.samples import plan_file
from tests.journeys.conftest import Visit


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "HOME", tmp_path)


def test_a_plan_file_becomes_part_of_the_joined_plan(world: World, visit: Visit) -> None:
    page = visit(world.owner, "/imports/")
    page.get_by_label("Plans, workbooks and CSV files").set_input_files(
        files=[{"name": "SCR-HB plan.xer", "mimeType": "application/octet-stream", "buffer": plan_file("SCR-HB", "xer")}]
    )
    page.get_by_role("button", name="Read the files").click()
    page.wait_for_load_state()
    page.get_by_text("28 activities").first.wait_for()
    page.get_by_role("button", name="Take these in").click()
    page.get_by_text("Taken in").first.wait_for()
    plan = Plan.objects.get(initiative=world.project, is_live=True)
    assert (plan.file_name, plan.activity_count) == ("SCR-HB plan.xer", 28)
    page.goto(f"/planning/integrated/{world.programme.pk}/?drawing=still&show=all")
    assert page.locator("[data-bar]").count() > 28
    page.get_by_role("link", name="Give and get").click()
    page.get_by_role("heading", name="Who gives to whom").wait_for()
    assert page.problems == []


def test_the_drawing_is_walked_through_by_keyboard(world: World, visit: Visit) -> None:
    page = visit(world.owner, f"/planning/integrated/{world.programme.pk}/?drawing=still&show=all")
    bars = page.locator("[data-bar]")
    labels = bars.evaluate_all("bars => bars.map(bar => bar.getAttribute('aria-label'))")
    bars.first.focus()
    held = "() => document.activeElement.getAttribute('aria-label')"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(held) == labels[2]
    page.keyboard.press("ArrowUp")
    assert page.evaluate(held) == labels[1]
    page.keyboard.press("End")
    assert page.evaluate(held) == labels[-1]
    page.keyboard.press("Home")
    assert page.evaluate(held) == labels[0]
    page.keyboard.press("ArrowUp")
    assert page.evaluate(held) == labels[0]
    assert page.locator('[data-bar][tabindex="0"]').count() == 1
    assert page.problems == []


def test_what_moved_between_two_versions_is_found_by_keyboard(world: World, visit: Visit, find_faults: Callable[[Any], list[str]]) -> None:
    """From the record of the plan to the activities that were deleted, without a mouse."""
    for ago in (True, False):
        schedule = schedule_of("SCR-HB", "Barrier", "Somebody", TODAY, month_ago=ago)
        plan = receive(world.project, schedule, f"barrier {ago}.xer", str(ago).encode(), actor(world.owner))
    page = visit(world.owner, PlanRegister.url("detail", plan))
    page.get_by_role("link", name="What moved").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="From version").wait_for()
    table = page.get_by_role("table")
    assert "Wet tests over spring tides" in table.inner_text()
    page.get_by_role("navigation", name="Kind of change").get_by_role("link", name="Deleted").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**kind=deleted**")
    assert [row.split("\t")[0] for row in table.inner_text().splitlines()[1:]] == ["HB-1175"]
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert find_faults(page) == [], scheme
    page.emulate_media(media="print")
    assert table.is_visible()
    assert page.problems == []
