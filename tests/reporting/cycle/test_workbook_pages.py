"""Workbooks on pages and by command: many at once, each on its own, and only those of one's own returns."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mainstay.accounts.models import Account
from mainstay.cli import main as command
from mainstay.register.models import Change
from mainstay.reporting.cycle.workbook import loading
from mainstay.reporting.models import Return
from tests.contract import worlds
from tests.contract.worlds import World, actor
from tests.reporting.cycle.workbooks import cell, edited, load, setting, told, written

SignedIn = Callable[[Account | None], Client]


def test_one_bad_workbook_holds_up_no_other(world: World, row: Return, tmp_path: Path) -> None:
    rows = list(row.commission.returns.all())
    paths = [written(each, world.owner, tmp_path / f"{each.pk}.xlsx") for each in rows]
    for number, path in enumerate(paths):
        edited(path, setting({"q.rating": "Green" if number else "Gren"}))
    made = list(loading.load_files([(path, path.name) for path in paths], actor(world.owner), expected=row.commission))
    assert [one.outcome for one in made] == ["refused", *["taken"] * (len(rows) - 1)]
    assert len(rows) > 1


def upload(path: Path) -> SimpleUploadedFile:
    return SimpleUploadedFile(path.name, path.read_bytes())


def test_the_page_of_a_return_is_its_owners(world: World, signed_in: SignedIn, row: Return, out: Path) -> None:
    edited(out, setting({"q.rating": "Green"}))
    page, file = f"/reporting/returns/{row.pk}/workbook/", f"/reporting/returns/{row.pk}/workbook/file/"
    for account in (world.member, world.stranger, world.nobody):
        client = signed_in(account)
        assert (client.get(page).status_code, client.get(file).status_code) == (404, 404)
        assert client.post(page, {"files": upload(out)}).status_code == 404
        assert told(load(out, account)) == [
            f"The return of {row.initiative.code} for October 2026 is not there, or it is not yours to fill in."
        ]
    row.refresh_from_db()
    assert row.answers == {}
    client = signed_in(world.owner)
    answer = client.get(file)
    assert answer["Content-Disposition"].startswith('attachment; filename="')
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames[0] == "Return"
    assert Change.objects.latest("sequence").verb == "export"
    answer = client.post(page, {"files": upload(out)})
    assert (answer.status_code, "1 answer taken" in answer.content.decode()) == (200, True)
    row.refresh_from_db()
    assert row.answers == {"rating": "green"}


def test_the_page_tells_each_fault_with_sheet_and_cell(world: World, signed_in: SignedIn, row: Return, out: Path) -> None:
    edited(out, setting({"q.rating": "Gren"}))
    answer = signed_in(world.owner).post(f"/reporting/returns/{row.pk}/workbook/", {"files": upload(out)})
    text = answer.content.decode()
    place = cell(openpyxl.load_workbook(out), "q.rating").coordinate
    assert answer.status_code == 422
    assert f">{place}<" in text and "Rating is “Gren”. Choose Green, Amber or Red." in text
    assert signed_in(world.owner).post(f"/reporting/returns/{row.pk}/workbook/", {}).status_code == 422


def test_many_workbooks_are_loaded_on_the_commissions_page(
    world: World, signed_in: SignedIn, row: Return, out: Path, tmp_path: Path, settings: Any
) -> None:
    settings.JOBS_IN_PROCESS, settings.HOME = True, tmp_path
    page = f"/reporting/commissions/{row.commission_id}/workbooks/"
    other = row.commission.returns.exclude(pk=row.pk).first()
    assert other is not None
    bad = edited(written(other, world.owner, tmp_path / "bad.xlsx"), setting({"q.rating": "Gren"}))
    edited(out, setting({"q.rating": "Green", "q.summary": "All well."}))
    for account in (world.member, world.stranger):
        assert signed_in(account).get(page).status_code == 404
        assert signed_in(account).post(page, {"files": [upload(out)]}).status_code == 404
    client = signed_in(world.owner)
    assert client.get(page).status_code == 200
    answer = client.post(page, {"files": [upload(out), upload(bad)], "send": "yes"}, follow=True)
    text = answer.content.decode()
    assert "2 answers taken" in text and "and sent" in text and "not loaded: 1 fault" in text and "bad.xlsx" in text
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.state, other.answers) == ("sent", {})
    assert list((tmp_path / "workbooks").iterdir()) == []
    loaded = answer.redirect_chain[-1][0].partition("?loaded=")[2]
    assert "bad.xlsx" not in signed_in(world.administrator).get(f"{page}?loaded=another").content.decode()
    assert "bad.xlsx" in client.get(f"{page}?loaded={loaded}").content.decode()


def test_a_supplier_loads_only_its_own(world: World, row: Return, out: Path, tmp_path: Path) -> None:
    manager = worlds.appoint("pm@example.org", "Pat Manager", "project_manager", world.project)
    made = load(edited(out, setting({"q.rating": "Green"})), manager)
    assert (made.outcome, told(made)) == ("taken", [])
    other = row.commission.returns.exclude(pk=row.pk).exclude(initiative__path__startswith=world.project.path).first()
    assert other is not None
    theirs = edited(written(other, world.owner, tmp_path / "theirs.xlsx"), setting({"q.rating": "Green"}))
    assert "is not there, or it is not yours to fill in" in told(load(theirs, manager))[0]


def test_the_command_writes_and_loads(world: World, row: Return, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ref = f"{row.commission.initiative.code}/{row.commission.ref}"
    assert command.run(["returns", "write", ref, str(tmp_path), "--as", "owner@example.org", "--json"]) == 0
    names = json.loads(capsys.readouterr().out)["files"]
    assert len(names) == row.commission.returns.count()
    mine = next(Path(name) for name in names if Path(name).name.startswith(row.initiative.code))
    edited(mine, setting({"q.rating": "Gren"}))
    assert command.run(["returns", "load", *names, "--as", "owner@example.org", "--json"]) == 1
    made = {Path(one["file"]).name: one for one in json.loads(capsys.readouterr().out)}
    assert made[mine.name]["faults"][0]["text"].endswith("Rating is “Gren”. Choose Green, Amber or Red.")
    assert [one["outcome"] for name, one in made.items() if name != mine.name] == ["unchanged"] * (len(names) - 1)
    edited(mine, setting({"q.rating": "Green", "q.summary": "All well."}))
    assert command.run(["returns", "load", str(mine), "--as", "owner@example.org", "--send"]) == 0
    assert "2 taken, sent" in capsys.readouterr().out
    assert command.run(["returns", "write", ref, str(tmp_path), "--as", "stranger@example.org"]) == 1
    assert "There is no commission" in capsys.readouterr().err
