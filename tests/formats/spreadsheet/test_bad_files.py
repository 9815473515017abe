"""Tables that cannot be read or would cost too much: one sentence each; and text as offices really save it."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from mainstay.formats.errors import Damaged, FormatError, PasswordProtected, Rejected, TooLarge, TooMuchMemory, TooSlow, UnsafeContent
from mainstay.formats.spreadsheet import Limits, read

SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(content: bytes, **parts: bytes | None) -> bytes:
    """The workbook with its sheet replaced (`sheet`) and a part added (`added`)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, (parts.get("sheet") or old.read(name)) if name == SHEET else old.read(name))
        if added := parts.get("added"):
            new.writestr("xl/media/image1.png", added)
    return out.getvalue()


def sheet_of(*cells: str) -> bytes:
    rows = "".join(f'<row r="{cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}"><c r="{cell}"><v>1</v></c></row>' for cell in cells)
    return f"<worksheet {NAMESPACE}><sheetData>{rows}</sheetData></worksheet>".encode()


def kept(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def refused(path: Path, limits: Limits | None = None) -> FormatError:
    with pytest.raises(FormatError) as fault:
        read(path, limits=limits)
    assert str(fault.value).endswith(".")
    assert str(path.parent) not in str(fault.value)
    return fault.value


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = changed(workbook([["Title"]]), added=b"\0" * 200_000_000)
    assert len(bomb) < 300_000
    fault = refused(kept(tmp_path, "bomb.xlsx", bomb))
    assert isinstance(fault, TooLarge)
    assert "unpacks to far more than its size" in str(fault)


def test_a_few_bytes_that_claim_billions_of_cells_are_refused(tmp_path: Path) -> None:
    sparse = changed(workbook([["Title"]]), sheet=sheet_of("A1", "XFD1048576"))
    assert len(sparse) < 8_000
    fault = refused(kept(tmp_path, "sparse.xlsx", sparse))
    assert isinstance(fault, TooLarge)
    assert "reaches to cell XFD1048576" in str(fault)


def test_a_claim_hidden_from_the_look_ahead_is_stopped_by_the_limits_of_the_process(tmp_path: Path) -> None:
    """Where a sheet's size cannot be told beforehand, the child that reads it has too little memory to do harm."""
    wide = changed(workbook([["Title"]]), sheet=sheet_of("A1", "XFD1048576").replace(b'r="XFD1048576"', b"r='&#88;FD1048576'"))
    assert isinstance(refused(kept(tmp_path, "wide.xlsx", wide), Limits(memory_mb=256)), TooLarge | TooMuchMemory | Damaged)


def test_a_workbook_that_needs_more_memory_than_allowed_is_refused(tmp_path: Path) -> None:
    rows: list[list[object]] = [[f"Row {number} {column}" for column in range(40)] for number in range(2500)]
    fault = refused(kept(tmp_path, "large.xlsx", workbook(rows)), Limits(memory_mb=40))
    assert isinstance(fault, TooMuchMemory)
    assert "more than the 40 MB allowed" in str(fault)


def test_a_workbook_that_takes_longer_than_allowed_is_stopped(tmp_path: Path) -> None:
    fault = refused(kept(tmp_path, "slow.xlsx", workbook([["Title"]])), Limits(seconds=0))
    assert isinstance(fault, TooSlow)


def test_more_rows_than_allowed_are_refused_in_both_forms(tmp_path: Path) -> None:
    few = Limits(rows=10)
    for path in (
        kept(tmp_path, "rows.xlsx", workbook([["Title"]] * 11)),
        kept(tmp_path, "rows.csv", b"Title,Owner\r\n" * 11),
    ):
        assert isinstance(refused(path, few), TooLarge)


def test_a_workbook_with_a_password_says_so(tmp_path: Path) -> None:
    path = kept(tmp_path, "locked.xlsx", compound_with("EncryptedPackage"))
    fault = refused(path)
    assert isinstance(fault, PasswordProtected | UnsafeContent)
    assert "password" in str(fault)


def compound_with(name: str) -> bytes:
    """The least of an OLE2 document: a header, one table, one directory with an entry of this name."""
    header = bytearray(512)
    header[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    header[30:32] = (9).to_bytes(2, "little")
    header[48:52] = (1).to_bytes(4, "little")
    header[76:512] = b"\xff" * 436
    header[76:80] = (0).to_bytes(4, "little")
    table = b"\xfd\xff\xff\xff" + b"\xfe\xff\xff\xff" + b"\xff" * 504
    text = f"{name}\0".encode("utf-16-le")
    entry = text.ljust(64, b"\0") + len(text).to_bytes(2, "little") + b"\x02" + b"\0" * 61
    return bytes(header) + table + entry.ljust(512, b"\0")


@pytest.mark.parametrize("part", [0.3, 0.7, 0.99])
def test_a_cut_off_workbook_is_damaged(part: float, tmp_path: Path) -> None:
    whole = workbook([["Title", "Owner"], ["Gates stick", "Kit Eeper"]])
    assert isinstance(refused(kept(tmp_path, "cut.xlsx", whole[: int(len(whole) * part)])), Damaged | Rejected)


def test_macros_and_type_definitions_are_not_let_in(tmp_path: Path) -> None:
    book = workbook([["Title"]])
    out = io.BytesIO(book)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    assert isinstance(refused(kept(tmp_path, "macro.xlsx", out.getvalue())), UnsafeContent)
    doctype = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>' + sheet_of("A1")
    assert isinstance(refused(kept(tmp_path, "dtd.xlsx", changed(book, sheet=doctype))), UnsafeContent)


TEXTS = {
    "commas, UTF-8": ("Title,Owner\r\nQuai de l’Étoile – €5m,Zoë\r\n".encode(), "comma", "UTF-8"),
    "semicolons, Windows-1252": ("Title;Owner\r\nQuai de l’Étoile – €5m;Zoë\r\n".encode("cp1252"), "semicolon", "Windows-1252"),
    "semicolons, byte order mark": ("\ufeffTitle;Owner\r\nQuai de l’Étoile – €5m;Zoë\r\n".encode(), "semicolon", "UTF-8"),
    "tabs, UTF-16": ("Title\tOwner\r\nQuai de l’Étoile – €5m\tZoë\r\n".encode("utf-16"), "tab", "UTF-16"),
    "Excel's own hint": ("sep=|\r\nTitle|Owner\r\nQuai de l’Étoile – €5m|Zoë\r\n".encode(), "vertical bar", "UTF-8"),
}


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_text_is_read_as_offices_save_it(name: str, tmp_path: Path) -> None:
    content, delimiter, encoding = TEXTS[name]
    book = read(kept(tmp_path, "register.csv", content))
    assert [row.values for row in book.sheets[0].rows] == [("Title", "Owner"), ("Quai de l’Étoile – €5m", "Zoë")]
    assert book.remarks == (f"Read as text with the delimiter {delimiter}, in {encoding}.",)


def test_decimal_commas_do_not_pass_for_delimiters(tmp_path: Path) -> None:
    book = read(kept(tmp_path, "costs.csv", b'Title;Cost\r\nGates;"1,5"\r\nSand;2,25\r\nQuay, north;3,75\r\n'))
    assert [len(row.values) for row in book.sheets[0].rows] == [2, 2, 2, 2]


@pytest.mark.parametrize("content", [b'Title,Owner\r\n"never closed,', b"\xff\xfeT", b"Title\x81,Owner\r\n\x9d\r\n", b"a" * 200_000])
def test_text_that_cannot_be_told_is_refused(content: bytes, tmp_path: Path) -> None:
    path = kept(tmp_path, "odd.csv", content)
    try:
        found = read(path)
    except FormatError as fault:
        assert str(fault).endswith(".")
    else:
        assert content.startswith(b'Title,Owner\r\n"'), "only what a lenient reader may close itself is let through"
        assert found.sheets[0].rows[1].values == ("never closed,",)
