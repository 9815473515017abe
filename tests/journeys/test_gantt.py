"""The interactive drawing: walked and folded by keyboard, found in, opened; a scenario by form and by drag that leaves no trace."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from mainstay.exchange.demo.schedules import schedule_of
from mainstay.planning.models import Plan
from mainstay.planning.receiving import receive
from mainstay.register.models import Change
from tests.contract.worlds import TODAY, World, actor
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    monkeypatch.setattr(settings, "HOME", tmp_path)
    receive(world.project, schedule_of("SCR-HB", "Barrier", "Somebody", TODAY), "barrier.xer", b"1", actor(world.owner))


def opened(visit: Visit, world: World, query: str = "") -> Any:
    page = visit(world.owner, f"/planning/integrated/{world.programme.pk}/{query}")
    page.locator("[data-gantt][data-ready]").wait_for()
    return page


def test_it_is_walked_folded_searched_and_opened_by_keyboard(world: World, visit: Visit, find_faults: Callable[[Any], list[str]]) -> None:
    page = opened(visit, world)
    box, told = page.locator("[data-gantt-box]"), page.locator("[data-gantt-told]")
    box.focus()
    rows = int(box.get_attribute("aria-rowcount"))
    first = told.text_content()
    page.keyboard.press("ArrowDown")
    assert told.text_content() != first
    row = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    assert (row.get_attribute("role"), row.get_attribute("aria-rowindex")) == ("row", "3")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    assert int(box.get_attribute("aria-rowcount")) < rows
    page.keyboard.press("ArrowRight")
    assert int(box.get_attribute("aria-rowcount")) == rows
    page.get_by_label("Find an activity by code or name").fill("HB-1230")
    page.keyboard.press("Enter")
    assert "HB-1230" in told.text_content()
    box.focus()
    page.keyboard.press("+")
    assert find_faults(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/table/?at=*")
    page.get_by_text("Barrier in service").first.wait_for()
    assert page.problems == []


def test_a_scenario_is_tried_shared_and_discarded(world: World, visit: Visit, find_faults: Callable[[Any], list[str]]) -> None:
    before = (Plan.objects.count(), Change.objects.count())
    page = opened(visit, world)
    page.get_by_label("Find an activity by code or name").fill("HB-1200")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="What if").click()
    page.get_by_text("Scenario: nothing is recorded.").wait_for()
    page.get_by_label("Working days").fill("200")
    page.get_by_role("button", name="Try").click()
    page.get_by_text("The last finish moves from").first.wait_for()
    shared = page.url
    assert "change=SCR-HB%3A" in shared
    assert find_faults(page) == []
    page.goto(shared)
    page.get_by_text("The last finish moves from").first.wait_for()
    page.get_by_role("button", name="Discard").click()
    page.wait_for_function("() => !location.search.includes('change')")
    assert page.get_by_text("The last finish moves from").count() <= 1  # what was said to a screen reader may stand
    assert (Plan.objects.count(), Change.objects.count()) == before
    assert page.problems == []


def test_a_bar_is_dragged(world: World, visit: Visit) -> None:
    page = opened(visit, world)
    page.get_by_label("Find an activity by code or name").fill("HB-1200")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="What if").click()
    at = page.evaluate("""() => {
      const gantt = document.querySelector('[data-gantt]').gantt, row = gantt.rows[gantt.active];
      gantt.box.scrollIntoView({ block: 'center' }); gantt.now();
      const edge = gantt.canvas.getBoundingClientRect();
      return [edge.left + gantt.view.x(gantt.data.start[row]) + 6, edge.top + 30 + gantt.active * 28 - gantt.box.scrollTop + 12];
    }""")
    page.mouse.move(*at)
    page.mouse.down()
    page.mouse.move(at[0] + 40, at[1], steps=4)
    page.mouse.up()
    page.get_by_text("The last finish moves from").first.wait_for()
    assert "change=SCR-HB%3A" in page.url
    assert page.problems == []
