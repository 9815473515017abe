"""Lists as people use them: narrowed by filters, and edited where they stand."""

from mainstay.register import actions
from mainstay.register.spec import REGISTERS
from tests.contract import worlds
from tests.contract.worlds import World
from tests.journeys.conftest import Visit


def test_a_list_is_narrowed_and_widened_again(world: World, visit: Visit) -> None:
    kept, other = (world.record(REGISTERS["risk.risk"], place) for place in (0, 1))
    page = visit(world.owner, "/risk/risk/?view=all")
    page.keyboard.press("f")
    assert page.get_by_role("heading", name="Show only rows with").is_visible()
    page.keyboard.press("Escape")
    page.get_by_label("Search in Risks").fill(kept.title)
    page.keyboard.press("Enter")
    page.wait_for_url("**q=**")
    table = page.locator("[data-rows]")
    assert kept.ref in table.inner_text() and other.ref not in table.inner_text()
    page.get_by_role("link", name="Clear all").or_(page.get_by_role("link", name="All", exact=True)).first.click()
    page.get_by_text(other.title).first.wait_for()
    assert page.problems == []


def test_a_cell_is_edited_where_it_stands(world: World, visit: Visit) -> None:
    register = REGISTERS["risk.risk"]
    risk = world.record(register)
    page = visit(world.owner, "/risk/risk/?view=all")
    cell = page.locator(f'[data-cell*="/risk/risk/{risk.pk}/cell/probability/"]')
    cell.click()
    cell.locator("input:not([type=hidden])").fill("37.5")
    cell.locator("input:not([type=hidden])").press("Enter")
    page.locator(f'.ms-cell-saved[data-cell*="/risk/risk/{risk.pk}/"]').wait_for()
    risk.refresh_from_db()
    assert (str(risk.probability), risk.version) == ("37.50", 2)
    cell.click()
    box = cell.locator("input:not([type=hidden])")
    box.fill("much")
    box.press("Enter")
    message = page.locator("tr.ms-msg")
    message.wait_for()
    assert risk.ref in message.inner_text() and box.input_value() == "much"
    box.press("Escape")
    assert not message.is_visible() and "37" in cell.inner_text()
    assert page.problems == []


def test_a_cell_that_somebody_changed_meanwhile_is_shown_before_it_is_saved(world: World, visit: Visit) -> None:
    register = REGISTERS["risk.risk"]
    risk = world.record(register)
    page = visit(world.owner, "/risk/risk/?view=all")
    actions.change(register, risk.pk, risk.version, {"probability": "11"}, worlds.actor(world.administrator))
    cell = page.locator(f'[data-cell*="/risk/risk/{risk.pk}/cell/probability/"]')
    cell.click()
    box = cell.locator("input:not([type=hidden])")
    box.fill("66")
    box.press("Enter")
    message = page.locator("tr.ms-msg")
    message.wait_for()
    assert "11" in message.inner_text() and box.input_value() == "66"
    page.locator("[data-cell-again]").click()
    page.locator(".ms-cell-saved").wait_for()
    risk.refresh_from_db()
    assert float(risk.probability) == 66
