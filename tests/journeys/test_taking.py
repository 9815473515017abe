"""Tables and pictures taken along from pages: whole, with their source and marking, never as a formula, told to the history."""

from pathlib import Path
from typing import Any

from django.test import Client

from mainstay.organisation.models import Person
from mainstay.register.models import Change
from mainstay.reporting.models import Return
from tests.contract.worlds import World
from tests.journeys.conftest import Visit


def taken(page: Any, form: str, tmp_path: Path) -> tuple[str, str]:
    """What the browser saves when the first button of this form is pressed: name and content."""
    with page.expect_download() as told:
        page.locator(".ms-take button", has_text=form).first.click(force=True)
    told.value.save_as(tmp_path / "taken")
    return told.value.suggested_filename, (tmp_path / "taken").read_bytes().decode("utf-8-sig")


def test_a_table_is_saved_with_its_source_and_never_as_a_formula(world: World, visit: Visit, tmp_path: Path) -> None:
    person = Person.objects.create(ref="P-901", title='=HYPERLINK("x"), Ltd')
    Return.objects.filter(initiative=world.project).update(owner=person)
    address = f"/reporting/status/{world.programme.pk}/timeliness/"
    page = visit(world.owner, address)
    page.get_by_role("button", name="CSV: By supplier").focus()
    with page.expect_download() as told:
        page.keyboard.press("Enter")
    told.value.save_as(tmp_path / "taken.csv")
    content = (tmp_path / "taken.csv").read_bytes().decode("utf-8-sig")
    assert told.value.suggested_filename.startswith("By supplier 20")
    assert content.splitlines()[0] == '"By supplier"'
    assert address in content
    assert '\r\n"\'=HYPERLINK(""x""), Ltd"' in content
    event = Change.objects.filter(register="accounts.account", verb="export").get()
    assert event.reason == f"csv: By supplier, {address}"
    assert page.problems == []


def test_the_marking_goes_along(world: World, visit: Visit, tmp_path: Path) -> None:
    page = visit(world.owner, f"/reporting/project_return/{Return.objects.filter(initiative=world.project).latest('pk').pk}/")
    name, content = taken(page, "CSV", tmp_path)
    assert name.startswith("OFFICIAL ")
    assert '"OFFICIAL"' in content.splitlines()


def test_who_may_not_export_is_not_offered_it(world: World, visit: Visit, client: Client) -> None:
    page = visit(world.member, f"/reporting/status/{world.programme.pk}/timeliness/")
    assert page.locator(".ms-panel table").count() > 0
    assert page.locator(".ms-take").count() == 0
    client.force_login(world.member)
    assert client.post("/taken/", {"form": "csv", "title": "By hand", "place": "/"}).status_code == 404
    client.force_login(world.owner)
    assert client.post("/taken/", {"form": "exe", "title": "By hand", "place": "/"}).status_code == 404
    assert client.post("/taken/", {"form": "csv", "title": "By hand", "place": "https://elsewhere.example/"}).status_code == 404
    assert not Change.objects.filter(register="accounts.account", verb="export").exists()
