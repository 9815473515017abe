"""A supplier who never signs in: opens the link in the mail, answers, sends, sees what was sent; and what a link that is dead shows."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from mainstay.initiatives.models import Appointment
from mainstay.post.models import Message
from mainstay.register import actions
from mainstay.register.models import Change
from mainstay.register.spec import REGISTERS
from mainstay.reporting.cycle import chase, linking
from mainstay.reporting.models import Commission, Return, ReturnLink
from mainstay.risk.models import Risk
from tests.contract import worlds
from tests.contract.worlds import World
from tests.journeys.conftest import Visit
from tests.journeys.looking import usable

OVERLAP = """() => { const edge = document.querySelector("aside").getBoundingClientRect().left;
  return [...document.querySelectorAll("form *")].filter(each => each.getBoundingClientRect().right > edge)
    .map(each => each.outerHTML.slice(0, 120)) }"""
Find = Callable[[Any], list[str]]


def mailed(world: World) -> tuple[Return, str]:
    """The return of my project, asked of somebody outside; and the link in their mail."""
    risk = {"title": "Yard closes", "initiative": world.project.pk, "probability": 30, "owner": "Olive Ner"}
    actions.create(REGISTERS["risk.risk"], risk, worlds.actor(world.owner))
    values = {"title": "Pat Outside", "email": "pat@supplier.example.org"}
    person = actions.create(REGISTERS["organisation.person"], values, worlds.actor(world.administrator))
    row = Return.objects.get(commission__initiative=world.programme, initiative=world.project)
    today = timezone.localdate()
    Return.objects.exclude(pk=row.pk).update(state="accepted")
    Return.objects.filter(pk=row.pk).update(answers={}, rating="", owner=person, due_on=today + timedelta(days=7), state="asked")
    Commission.objects.filter(pk=row.commission_id).update(opens_on=today)
    chase.run()
    (url,) = re.findall(r"\S*/answer/\S+", Message.objects.get(key=f"return-{row.pk}-asked").body)
    row.refresh_from_db()
    return row, url


def test_a_return_is_answered_by_the_link_in_the_mail(world: World, visit: Visit, find_faults: Find) -> None:
    row, url = mailed(world)
    page = visit(None, url)
    usable(page, find_faults, "form of a link")
    assert page.locator("a:not(.ms-skip)").count() == 0
    page.set_viewport_size({"width": 1440, "height": 900})
    assert page.evaluate(OVERLAP) == [], "the form and what stands beside it keep apart"
    page.get_by_label("Green").check()
    page.locator("[data-saved]", has_text="Saved").wait_for()
    page.get_by_role("textbox", name="Spent").fill("much")
    page.keyboard.press("Tab")
    page.get_by_text("Spent, £ is “much”. Enter an amount such as 43,900,000 or 43.9m.").wait_for()
    page.get_by_role("textbox", name="Spent").fill("1.5m")
    page.locator("fieldset", has_text="Yard closes").get_by_role("textbox", name="Probability").fill("55")
    page.get_by_role("textbox", name="Why").fill("All well.")
    page.keyboard.press("Tab")
    page.locator('[data-was-of="q.summary"][value="All well."]').wait_for(state="attached")
    page.reload()
    assert page.get_by_role("textbox", name="Why").input_value() == "All well."
    page.get_by_role("button", name="Send to").click()
    page.get_by_role("heading", name="Sent, thank you").wait_for()
    assert "All well." in page.locator("main").inner_text()
    usable(page, find_faults, "sent by a link")
    assert page.problems == []
    row.refresh_from_db()
    assert (row.state, row.rating) == ("sent", "green")
    assert Risk.objects.get(title="Yard closes").probability == 55
    assert ReturnLink.objects.get().opened_at is not None
    events = Change.objects.filter(channel="link")
    assert {(event.actor_name, event.actor_id) for event in events} == {("Pat Outside", None)}


def test_what_is_typed_after_the_end_of_a_link_is_told_and_can_be_copied(world: World, visit: Visit, find_faults: Find) -> None:
    row, url = mailed(world)
    page = visit(None, url)
    linking.withdraw(ReturnLink.objects.select_related("of__initiative", "person").get(), worlds.actor(world.owner))
    page.get_by_role("textbox", name="Why").fill("Half a day's work.")
    page.keyboard.press("Tab")
    page.locator("[data-saved]", has_text="This link opens nothing").wait_for()
    assert page.get_by_role("textbox", name="Why").input_value() == "Half a day's work."
    page.get_by_role("button", name="Send to").click()
    page.get_by_role("heading", name="This link opens nothing").wait_for()
    assert "Half a day's work." in page.locator("main").inner_text()
    usable(page, find_faults, "dead link")
    row.refresh_from_db()
    assert row.answers == {}


def test_who_comes_second_sees_who_sent_it_and_what_is_not_in_it(world: World, visit: Visit, find_faults: Find) -> None:
    row, url = mailed(world)
    first, second = visit(None, url), visit(world.owner, f"/reporting/returns/{row.pk}/")
    first.get_by_label("Green").check()
    first.get_by_role("textbox", name="Why").fill("All well.")
    first.get_by_role("button", name="Send to").click()
    first.get_by_role("heading", name="Sent, thank you").wait_for()
    second.get_by_role("textbox", name="Why").fill("Late.")
    second.keyboard.press("Tab")
    second.locator("[data-saved]", has_text="Pat Outside sent this return on").wait_for()
    second.get_by_text("Why: “All well.” was sent. Yours, “Late.”, is not saved.").wait_for()
    second.get_by_role("button", name="Send to").click()
    second.get_by_role("heading", name="Sent already").wait_for()
    told = second.locator("main").inner_text()
    assert "Pat Outside sent this return on" in told
    assert "Why: “All well.” was sent. Yours, “Late.”, is not saved." in told
    usable(second, find_faults, "sent before")


def test_who_loses_the_role_while_filling_is_told_and_keeps_what_is_typed(world: World, visit: Visit) -> None:
    row, _url = mailed(world)
    manager = worlds.appoint("pm@example.org", "Pam Manager", "project_manager", world.project)
    page = visit(manager, f"/reporting/returns/{row.pk}/")
    Appointment.objects.filter(person__account=manager).update(until=timezone.localdate() - timedelta(days=1))
    page.get_by_role("textbox", name="Why").fill("Half a day's work.")
    page.keyboard.press("Tab")
    page.locator("[data-saved]", has_text="not yours to fill in any more").wait_for()
    assert page.get_by_role("textbox", name="Why").input_value() == "Half a day's work."


def test_the_office_sees_how_the_link_stands(world: World, visit: Visit, find_faults: Find) -> None:
    row, _url = mailed(world)
    page = visit(world.owner, REGISTERS["reporting.project_return"].url("detail", row))
    panel = page.locator("#link, [aria-labelledby^='link'], section", has_text="may answer without signing in").last
    assert "Pat Outside may answer without signing in, until" in panel.inner_text()
    assert "not opened yet" in panel.inner_text()
    page.get_by_role("button", name="Show the link").click()
    assert "/answer/" in page.locator("textarea").input_value()
    usable(page, find_faults, "link shown")
