"""A person's way with one record: sign in, write it, change it, and meet somebody who saves the same one."""

from typing import Any

from mainstay.register import actions
from mainstay.register.models import Change
from mainstay.register.spec import REGISTERS
from mainstay.risk.models import Risk
from tests.contract import worlds
from tests.contract.worlds import World
from tests.journeys.conftest import Visit


def test_signing_in_leads_to_ones_own_work(world: World, visit: Visit) -> None:
    page = visit(None, "/risk/risk/")
    assert "/sign-in/" in page.url
    page.get_by_label("E-mail address").fill("owner@example.org")
    page.get_by_label("Password").fill("not this one")
    page.get_by_role("button", name="Sign in").click()
    assert page.locator(".ms-error").is_visible() and "/sign-in/" in page.url
    page.get_by_label("Password").fill(worlds.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/risk/risk/**")
    page.locator(".ms-rail").get_by_role("link", name="My work").click()
    assert page.get_by_role("heading", level=1).inner_text() == "My work"
    assert page.problems == []


def test_a_risk_is_written_and_changed(world: World, visit: Visit) -> None:
    page = visit(world.owner, "/risk/risk/")
    page.keyboard.press("n")
    page.wait_for_url("**/risk/risk/new/**")
    page.get_by_role("button", name="Save risk").click()
    summary = page.locator("[data-errors]")
    assert summary.is_visible() and summary.get_by_role("link").count() >= 1
    page.get_by_role("textbox", name="Title").fill("Gates stick in frost")
    page.get_by_label("Initiative", exact=True).select_option(label=str(world.programme))
    page.get_by_role("textbox", name="Cause").fill("\n\nIt is cold.\n  And damp.")
    page.get_by_label("Owner").select_option(label="Olive Ner")
    fill_what_is_missing(page)
    page.get_by_role("button", name="Save risk").click()
    page.get_by_role("heading", name="Gates stick in frost").wait_for()
    risk = Risk.objects.latest("pk")
    assert (risk.title, risk.initiative, risk.cause) == ("Gates stick in frost", world.programme, "It is cold.\n  And damp.")
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_role("textbox", name="Title").fill("Gates stick in hard frost")
    page.get_by_label("Reason of the change").fill("Said more exactly")
    page.get_by_role("button", name=f"Save {risk.ref}").click()
    page.get_by_role("heading", name="Gates stick in hard frost").wait_for()
    assert "Said more exactly" in page.locator("main").inner_text()
    before = Change.objects.count()
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_role("button", name=f"Save {risk.ref}").click()
    page.get_by_role("heading", name="Gates stick in hard frost").wait_for()
    assert Change.objects.count() == before, "saving what stands leaves no trace"
    assert page.problems == []


def fill_what_is_missing(page: Any) -> None:
    """Take the first choice of each radio group that has none."""
    for name in page.evaluate("() => [...new Set([...document.querySelectorAll('main input[type=radio]')].map(each => each.name))]"):
        if not page.locator(f"input[name={name}]:checked").count():
            page.locator(f"input[name={name}]").first.check()


def test_two_people_save_the_same_risk_and_nothing_is_lost(world: World, visit: Visit) -> None:
    risk = world.record(REGISTERS["risk.risk"])
    url = f"/risk/risk/{risk.pk}/edit/"
    first, second = visit(world.owner, url), visit(world.administrator, url)
    first.get_by_role("textbox", name="Title").fill("First to save")
    first.get_by_role("textbox", name="Cause").fill("Told by the first")
    first.get_by_role("button", name=f"Save {risk.ref}").click()
    first.get_by_role("heading", name="First to save").wait_for()
    second.get_by_role("textbox", name="Title").fill("Second to save")
    second.get_by_role("textbox", name="Event").fill("Told by the second")
    second.get_by_role("button", name=f"Save {risk.ref}").click()
    second.get_by_role("heading", name="Merge your edit").wait_for()
    said = second.locator("main").inner_text()
    for words in ("First to save", "Second to save", "Told by the second", "both of you changed it"):
        assert words in said, words
    second.get_by_role("button", name="Save merged").click()
    second.get_by_role("heading", name="Second to save").wait_for()
    risk.refresh_from_db()
    assert (risk.title, risk.cause, risk.event) == ("Second to save", "Told by the first", "Told by the second")
    assert first.problems == second.problems == []


def test_taking_their_words_is_one_click_more(world: World, visit: Visit) -> None:
    register = REGISTERS["risk.risk"]
    risk = world.record(register)
    page = visit(world.owner, f"/risk/risk/{risk.pk}/edit/")
    actions.change(register, risk.pk, risk.version, {"title": "Theirs"}, worlds.actor(world.administrator))
    page.get_by_role("textbox", name="Title").fill("Mine")
    page.get_by_role("textbox", name="Event").fill("Mine as well")
    page.get_by_role("button", name=f"Save {risk.ref}").click()
    page.get_by_role("button", name="Take theirs").first.click()
    assert page.get_by_role("textbox", name="Title").input_value() == "Theirs"
    page.get_by_role("button", name="Save merged").click()
    page.get_by_role("heading", name="Theirs").wait_for()
    risk.refresh_from_db()
    assert (risk.title, risk.event) == ("Theirs", "Mine as well")
