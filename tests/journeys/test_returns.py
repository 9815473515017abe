"""Two minutes a month: a project manager fills a return, leaves, comes back and sends it; the office reads it beside what is measured."""

from mainstay.register import actions
from mainstay.register.spec import REGISTERS
from mainstay.reporting.models import Return
from mainstay.risk.models import Risk
from tests.contract import worlds
from tests.contract.worlds import World
from tests.journeys.conftest import Visit


def asked(world: World) -> Return:
    """The return of my project without answers; the project has a risk."""
    risk = {"title": "Yard closes", "initiative": world.project.pk, "probability": 30, "owner": "Olive Ner"}
    actions.create(REGISTERS["risk.risk"], risk, worlds.actor(world.owner))
    found = Return.objects.get(commission__initiative=world.programme, initiative=world.project)
    Return.objects.filter(pk=found.pk).update(answers={}, rating="")
    return found


def test_a_return_is_filled_left_and_sent(world: World, visit: Visit) -> None:
    row = asked(world)
    supplier = worlds.appoint("pm@example.org", "Pat Manager", "project_manager", world.project)
    Return.objects.filter(pk=row.pk).update(owner=supplier.person)
    page = visit(supplier, f"/reporting/returns/{row.pk}/")
    page.get_by_label("Green").check()
    page.locator("[data-saved]", has_text="Saved").wait_for()
    page.get_by_role("textbox", name="Why").fill("All well.")
    page.get_by_role("textbox", name="Spent").fill("much")
    page.keyboard.press("Tab")
    page.get_by_text("Spent, £ is “much”. Enter an amount such as 43,900,000 or 43.9m.").wait_for()
    page.get_by_role("textbox", name="Spent").fill("1.5m")
    page.locator("fieldset", has_text="Yard closes").get_by_role("textbox", name="Probability").fill("55")
    page.keyboard.press("Tab")
    page.locator('[data-was-of="q.spent"][value="1,500,000"]').wait_for(state="attached")
    assert page.locator(".ms-field--error").count() == 0
    page.goto("/")
    page.get_by_role("link", name=row.title).first.click()
    page.wait_for_url(f"**/reporting/returns/{row.pk}/")
    assert page.get_by_role("textbox", name="Why").input_value() == "All well."
    page.get_by_role("button", name="Send to").click()
    page.wait_for_url(f"**/reporting/project_return/{row.pk}/")
    assert "Submitted" in page.locator("main").inner_text()
    assert page.problems == []
    row.refresh_from_db()
    assert (row.state, row.rating, row.answers) == ("sent", "green", {"rating": "green", "summary": "All well.", "spent": "1500000"})
    assert Risk.objects.get(title="Yard closes").probability == 55


def test_without_script_the_form_saves_by_its_button(world: World, visit: Visit) -> None:
    row = asked(world)
    page = visit(world.owner, f"/reporting/returns/{row.pk}/", scripts=False)
    page.get_by_role("textbox", name="Why").fill("All well.")
    page.get_by_role("button", name="Send to").click()
    assert "1 answer" in page.locator("[data-errors]").inner_text() or "One answer" in page.locator("[data-errors]").inner_text()
    assert page.get_by_role("textbox", name="Why").input_value() == "All well."
    row.refresh_from_db()
    assert (row.state, row.answers) == ("started", {"summary": "All well."})
