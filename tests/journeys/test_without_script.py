"""Record keeping with JavaScript switched off: every step of a risk's life is a link or a form."""

from mainstay.register.spec import REGISTERS
from mainstay.risk.models import Risk
from tests.contract import worlds
from tests.contract.worlds import World
from tests.journeys.conftest import Visit


def test_a_record_is_kept_without_script(world: World, visit: Visit) -> None:
    risk = world.record(REGISTERS["risk.risk"])
    page = visit(None, f"/risk/risk/{risk.pk}/", scripts=False)
    page.get_by_label("E-mail address").fill("owner@example.org")
    page.get_by_label("Password").fill(worlds.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_role("textbox", name="Title").fill("Kept without script")
    page.get_by_role("button", name=f"Save {risk.ref}").click()
    assert "Kept without script" in page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("textbox", name="Comment").fill("Seen on site")
    page.get_by_role("button", name="Comment").click()
    assert "Seen on site" in page.locator("main").inner_text()
    page.get_by_role("button", name="Watch", exact=True).click()
    assert page.get_by_role("button", name="Stop watching").is_visible()
    page.locator("summary.ms-btn", has_text="More").click()
    page.get_by_role("link", name="Withdraw").click()
    page.get_by_role("button", name="Withdraw").click()
    assert page.locator("[data-errors]").is_visible()
    page.get_by_label("Reason").fill("Entered twice")
    page.get_by_role("button", name="Withdraw").click()
    held = Risk.objects.get(pk=risk.pk)
    assert (held.title, held.is_withdrawn) == ("Kept without script", True)


def test_a_merge_is_finished_without_script(world: World, visit: Visit) -> None:
    risk = world.record(REGISTERS["risk.risk"])
    url = f"/risk/risk/{risk.pk}/edit/"
    first, second = (visit(account, url, scripts=False) for account in (world.owner, world.administrator))
    first.get_by_role("textbox", name="Title").fill("First to save")
    first.get_by_role("button", name=f"Save {risk.ref}").click()
    second.get_by_role("textbox", name="Title").fill("Second to save")
    second.get_by_role("button", name=f"Save {risk.ref}").click()
    assert second.get_by_role("textbox", name="Title").input_value() == "Second to save"
    second.get_by_role("button", name="Save merged").click()
    risk.refresh_from_db()
    assert risk.title == "Second to save"


def test_a_list_is_filtered_without_script(world: World, visit: Visit) -> None:
    risks = [world.record(REGISTERS["risk.risk"], place) for place in (0, 1)]
    page = visit(world.owner, "/risk/risk/", scripts=False)
    page.get_by_label("Search in Risks").fill(risks[1].title)
    page.get_by_label("Search in Risks").press("Enter")
    said = page.locator("main").inner_text()
    assert risks[1].title in said and risks[0].title not in said
