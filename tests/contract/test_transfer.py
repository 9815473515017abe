"""What goes out of any register comes back as the same records; what is wrong in a file is named by its cell, and nothing is half done."""

from io import BytesIO
from pathlib import Path

import pytest

from mainstay.formats.spreadsheet import Workbook, read
from mainstay.register.access import visible_to
from mainstay.register.models import Change
from mainstay.register.spec import REGISTERS, Register
from mainstay.register.transfer import exporting, importing
from tests.contract.worlds import World, actor

ENTERED = [register for register in REGISTERS.values() if register.is_entered]
each_entered = pytest.mark.parametrize("register", ENTERED, ids=lambda register: register.key)


def exported(register: type[Register], world: World, folder: Path, form: str) -> Workbook:
    who = actor(world.owner)
    rows = visible_to(world.owner, register).order_by("pk")
    file = folder / f"rows.{form}"
    if form == "csv":
        file.write_text("".join(exporting.to_csv(register, rows, who)), encoding="utf-8", newline="")
    else:
        target = BytesIO()
        assert exporting.to_xlsx(register, rows, who, target) == rows.count()
        file.write_bytes(target.getvalue())
    return read(file)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@each_entered
def test_an_export_comes_back_without_a_change(register: type[Register], form: str, world: World, tmp_path: Path) -> None:
    book = exported(register, world, tmp_path, form)
    before = Change.objects.count()
    found = importing.preview(register, book, actor(world.administrator))
    assert [str(fault) for fault in found.faults] == []
    assert (len(found.new), len(found.changed)) == (0, 0)
    assert len(found.same) == visible_to(world.owner, register).count() > 0
    importing.apply(found, actor(world.administrator))
    assert Change.objects.count() == before
