"""A party outside answers a promise by its link, by keyboard; the office makes the link, sees it used and what was said."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.models import Dependency, PromiseLink
from mainstay.transition.step.register import CutOverStepRegister
from tests.contract.worlds import World
from tests.journeys.conftest import Visit
from tests.journeys.looking import usable
from tests.planning.outside.conftest import CALLED, promised, step

Find = Callable[[Any], list[str]]


def test_a_promise_is_given_by_a_party_outside(world: World, visit: Visit, find_faults: Find) -> None:
    row = promised(world, "giver")
    office = visit(world.owner, DependencyRegister.url("detail", row))
    office.get_by_label("Last day").fill("2027-03-31")
    office.get_by_role("button", name="Make the link").click()
    office.get_by_text(f"{CALLED} may answer without signing in, until 31 Mar 2027").wait_for()
    usable(office, find_faults, "promise with a party outside")
    page = visit(None, PromiseLink.objects.get(of=row).address)
    usable(page, find_faults, "promise by link")
    assert page.locator("a:not(.ms-skip)").count() == 0
    page.get_by_label("Promised by").first.focus()
    page.get_by_label("Promised by").first.fill("2027-03-15")
    page.keyboard.press("Enter")
    page.get_by_text("The other side looks at it now.").wait_for()
    step(row, world, "counter", reason="The pumps are tested in March.")
    page.reload()
    page.get_by_text("The pumps are tested in March.").wait_for()
    page.get_by_role("button", name="Agree to 1 Mar 2027").click()
    page.get_by_text("The other side looks at it now.").wait_for()
    step(row, world, "agree")
    page.reload()
    page.get_by_role("button", name="Dispute it").click()
    page.get_by_text("Say why: the other side reads it").first.wait_for()
    usable(page, find_faults, "promise by link, refused")
    page.get_by_label("Handed over on").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="It is delivered").click()
    page.get_by_text("The other side looks at it now.").wait_for()
    assert Dependency.objects.get(pk=row.pk).state == "delivered"
    assert PromiseLink.objects.get(of=row).opened_at is not None
    assert page.problems == []
    office.reload()
    office.get_by_text(CALLED).first.wait_for()
    office.get_by_role("button", name="Withdraw the link").click()
    office.get_by_text("Withdrawn: it opens nothing.").wait_for()
    page.reload()
    page.get_by_role("heading", name="This link opens nothing").wait_for()


def test_enter_in_a_reason_of_the_run_sheet_presses_nothing_and_a_time_is_corrected(world: World, visit: Visit, find_faults: Find) -> None:
    made = world.record(CutOverStepRegister)
    now = timezone.now()
    type(made)._default_manager.filter(pk=made.pk).update(state="running", started_at=now)
    page = visit(world.owner, f"/transition/run-sheet/{made.plan_id}/")
    held = page.locator(f"#step-{made.pk}")
    held.locator("summary", has_text="Failed").click()
    held.get_by_label("Why").first.fill("A slip of the hand.")
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    made.refresh_from_db()
    assert made.state == "running"
    held.locator("summary", has_text="Correct the times").click()
    usable(page, find_faults, "times of a step")
    held.get_by_label("Started").fill("2026-11-01T18:05")
    held.get_by_role("button", name="Correct the times").click()
    page.get_by_text("Say why").or_(held.get_by_label("Why").last).first.wait_for()
    held.get_by_label("Why").last.fill("Pressed an hour late.")
    held.get_by_role("button", name="Correct the times").click()
    page.wait_for_url("**#step-*")
    made.refresh_from_db()
    assert timezone.localtime(made.started_at).strftime("%Y-%m-%d %H:%M") == "2026-11-01 18:05"
