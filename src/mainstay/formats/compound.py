"""An OLE2 compound document (.mpp, .xls, .doc, …): its directory, enough to tell what it is, and whether all of it is there."""

import struct
from pathlib import Path

from mainstay.formats.errors import Damaged
from mainstay.formats.kinds import FileKind

MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
PROJECT_DIRECTORIES = frozenset({"   1", "   19", "   112", "   114"})
LAST_SECTOR = 0xFFFFFFF0
FREE_SECTOR = 0xFFFFFFFF
MOST_DIRECTORY_SECTORS = 4096
ENTRY_BYTES = 128


def kind_of_compound(path: Path) -> FileKind:
    names = entry_names(path)
    if names & PROJECT_DIRECTORIES:
        return FileKind.MPP
    if "EncryptedPackage" in names:
        return FileKind.ENCRYPTED_OFFICE
    return FileKind.XLS if names & {"Workbook", "Book"} else FileKind.COMPOUND


def entry_names(path: Path) -> set[str]:
    try:
        return _entry_names(path.read_bytes())
    except (struct.error, IndexError, UnicodeDecodeError) as e:
        raise Damaged("The file is cut off or damaged: its directory cannot be read. Save it again in the tool that made it.") from e


def _entry_names(content: bytes) -> set[str]:
    size = 1 << (struct.unpack_from("<H", content, 30)[0] & 0x0F)
    sector: int = struct.unpack_from("<I", content, 48)[0]
    tables = [table for table in struct.unpack_from("<109I", content, 76) if table < LAST_SECTOR]
    names: set[str] = set()
    for _ in range(MOST_DIRECTORY_SECTORS):
        if sector >= LAST_SECTOR:
            return names
        for entry in range((sector + 1) * size, (sector + 2) * size, ENTRY_BYTES):
            length = struct.unpack_from("<H", content, entry + 64)[0]
            if 2 < length <= 64:
                names.add(content[entry : entry + length - 2].decode("utf-16-le"))
        table, place = divmod(sector, size // 4)
        sector = struct.unpack_from("<I", content, (tables[table] + 1) * size + place * 4)[0]
    return names


def is_cut_off(path: Path) -> bool:
    """Whether the document's own table speaks of more than the file holds. Readers take such a file for a smaller document."""
    content = path.read_bytes()
    try:
        size: int = 1 << (struct.unpack_from("<H", content, 30)[0] & 0x0F)
        for place, table in reversed([*enumerate(_tables(content, size))]):
            sectors = struct.unpack_from(f"<{size // 4}I", content, (table + 1) * size)
            used = [number for number, follows in enumerate(sectors) if follows != FREE_SECTOR]
            if used:
                # The last sector need not be filled, but it begins within the file.
                return (place * (size // 4) + used[-1] + 1) * size >= len(content)
    except struct.error:
        return True
    return False


def _tables(content: bytes, size: int) -> list[int]:
    """The sectors that say which sector follows which: 109 are named in the header, more of them in sectors of their own."""
    tables = [*struct.unpack_from("<109I", content, 76)]
    following: int = struct.unpack_from("<I", content, 68)[0]
    for _ in range(MOST_DIRECTORY_SECTORS):
        if following >= LAST_SECTOR:
            break
        *more, following = struct.unpack_from(f"<{size // 4}I", content, (following + 1) * size)
        tables += more
    return [table for table in tables if table < LAST_SECTOR]
