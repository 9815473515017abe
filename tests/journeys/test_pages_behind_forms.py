"""Pages that only an answer to a form shows: merging, many rows at once, the check of an import, a new token, a pack."""

from collections.abc import Callable
from typing import Any

import pytest

from mainstay.register import actions
from mainstay.register.spec import REGISTERS
from mainstay.reporting.freezing import freeze
from mainstay.reporting.models import Snapshot
from tests.contract import worlds
from tests.contract.worlds import World
from tests.journeys.conftest import Visit
from tests.journeys.looking import usable

Find = Callable[[Any], list[str]]
RISK = REGISTERS["risk.risk"]
HEAD = "Title,Initiative,Nature,Owner,Probability\n"
ROWS = {"good": "Gate jams,SCR,threat,Olive Ner,30\n", "faulty": "Gate jams,SCR,menace,Nobody Known,300\nNo place,,threat,Olive Ner,30\n"}


def test_the_page_of_a_merge(world: World, visit: Visit, find_faults: Find) -> None:
    risk = world.record(RISK)
    page = visit(world.owner, RISK.url("edit", risk))
    actions.change(RISK, risk.pk, risk.version, {"title": "Theirs", "cause": "Theirs\nin two lines"}, worlds.actor(world.administrator))
    page.get_by_role("textbox", name="Title").fill("Mine")
    page.get_by_role("textbox", name="Event").fill("Mine as well")
    page.get_by_role("button", name=f"Save {risk.ref}").click()
    page.get_by_role("heading", name="Merge your edit").wait_for()
    assert "Mainstay 2" not in page.locator("footer").inner_text()
    usable(page, find_faults, "merge")


@pytest.mark.parametrize("button", ["Set a value", "Move state", "Withdraw"])
def test_the_pages_of_many_rows(world: World, visit: Visit, find_faults: Find, button: str) -> None:
    page = visit(world.owner, "/risk/risk/?view=all")
    for number in range(2):
        page.locator("tbody input[type=checkbox]").nth(number).check()
    usable(page, find_faults, "rows chosen")
    page.get_by_role("button", name=button).click()
    page.get_by_role("heading", level=1, name="2 rows").wait_for()
    usable(page, find_faults, button)


@pytest.mark.parametrize("kind", ROWS)
def test_the_check_of_an_import(world: World, visit: Visit, find_faults: Find, kind: str) -> None:
    page = visit(world.owner, "/risk/risk/import/")
    page.set_input_files("input[type=file]", {"name": "risks.csv", "mimeType": "text/csv", "buffer": (HEAD + ROWS[kind]).encode()})
    page.locator("main form button[type=submit]").first.click()
    page.get_by_role("heading", name="Which column is which").wait_for()
    usable(page, find_faults, f"import, {kind}")


def test_the_page_of_a_new_token(world: World, visit: Visit, find_faults: Find) -> None:
    page = visit(world.owner, "/settings/tokens/")
    page.get_by_role("textbox", name="What it is for").fill("Nightly figures for the warehouse of the finance department")
    page.get_by_role("button", name="Make a token").click()
    page.get_by_role("heading", name="The new token").wait_for()
    usable(page, find_faults, "token")


def test_the_page_of_a_pack_and_what_moved(world: World, visit: Visit, find_faults: Find) -> None:
    Snapshot.objects.all().delete()
    freeze(world.programme, "October 2026", worlds.actor(world.owner), audience="Programme board")
    made = freeze(world.programme, "November 2026", worlds.actor(world.owner), audience="Programme board")
    for rest in ("", "compare/"):
        page = visit(world.owner, f"/reporting/pack/{made.pk}/{rest}")
        usable(page, find_faults, f"pack {rest}")
