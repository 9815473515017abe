"""What people write stays text: no markup on any page of any register, no formula in any file (B1, B9)."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from mainstay.accounts.models import Account
from mainstay.register import search
from mainstay.register.spec import REGISTERS, Register
from tests.contract import addresses, telltales, worlds
from tests.contract.worlds import World

SignedIn = Callable[[Account | None], Client]
EVERY = pytest.mark.parametrize("key", sorted(REGISTERS))
MARKUP = "<img src=x onerror=alert(1)>'\"&{{7*7}}"
SHOWN = "&lt;img src=x onerror=alert(1)&gt;"
FORMULAS = ("=HYPERLINK(1)", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\uff1d1+1")
NUMBER = re.compile(r"[-+]?[\d,.]+%?")


def write(register: type[Register], world: World, text: str) -> list[str]:
    """Put `text` straight into every text of a row, past the gate, as though an older version had let it in; the names of the fields."""
    record = world.record(register)
    names = [name for name in worlds.texts(register) if (register.field(name).max_length or len(text)) >= len(text)]
    if "title" not in names and any(field.name == "title" for field in register.model._meta.concrete_fields):
        names.append("title")
    rows: Any = register.model._default_manager.filter(pk=record.pk)
    rows.update(**dict.fromkeys(names, text))
    search.index(register, [world.record(register)])
    return names


@EVERY
def test_markup_is_shown_as_it_was_written(world: World, signed_in: SignedIn, key: str) -> None:
    register = REGISTERS[key]
    names = write(register, world, MARKUP)
    record, client, wrong, shown = world.record(register), signed_in(world.administrator), [], 0
    pages = [*addresses.pages_of(register), *(page for page in addresses.pages() if page.name in ("web.home", "web.search"))]
    for page in pages:
        response = telltales.send(
            client, "GET", page.path(pk=record.pk, name=names[0]), {"q": "onerror"} if page.name == "web.search" else {}
        )
        if "text/html" not in response.headers.get("Content-Type", ""):
            continue
        words = telltales.words(response)
        wrong += [str(page)] if "<img src=x" in words or "49" in re.findall(r"alert\(1\)&gt;&#x27;&quot;&amp;(..)", words) else []
        shown += SHOWN in words
    assert wrong == []
    assert shown >= 1, "the text stands on none of the pages"


@EVERY
def test_a_text_is_no_formula_in_a_file(world: World, signed_in: SignedIn, key: str) -> None:
    register, client = REGISTERS[key], signed_in(world.administrator)
    for text in FORMULAS:
        write(register, world, text)
        sheet = telltales.content(telltales.send(client, "GET", f"{register.url()}export/", {"form": "csv"}))
        cells = [cell for row in csv.reader(io.StringIO(sheet.decode("utf-8-sig"))) for cell in row]
        assert [cell for cell in cells if cell[:1] in "=+-@\t\r\uff1d\uff0b\uff0d\uff20" and cell and not NUMBER.fullmatch(cell)] == []
    book = telltales.content(telltales.send(client, "GET", f"{register.url()}export/", {"form": "xlsx"}))
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        sheets = [packed.read(name).decode() for name in packed.namelist() if name.startswith("xl/worksheets/")]
    assert sheets and not any("<f>" in sheet or "<f " in sheet for sheet in sheets)
