"""The gate that every uploaded or imported file passes first: recognised by content, name and structure checked, nothing parsed yet."""

from collections.abc import Collection
from pathlib import Path, PurePath

from mainstay.formats.archives import check_archive, kind_of_zip
from mainstay.formats.compound import MAGIC as COMPOUND_MAGIC
from mainstay.formats.compound import kind_of_compound
from mainstay.formats.errors import ArchiveRefused, EmptyFile, Rejected, TooLarge, UnknownFormat, UnsafeContent
from mainstay.formats.kinds import ZIPPED, FileKind
from mainstay.formats.xml_prolog import Root, read_root

HEAD_BYTES = 4096
MOST_BYTES = 100 * 1024 * 1024
MAGICS = (
    (b"\x00\x01\x00\x00Standard Jet DB", FileKind.MPD),
    (b"\x00\x01\x00\x00Standard ACE DB", FileKind.MPD),
    (b"\x1c\x00\x00\x00\x8b\x00\x00\x00", FileKind.FASTTRACK),
    (b"ERMHDR", FileKind.XER),
    (b"%PDF-", FileKind.PDF),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"GIF87a", FileKind.GIF),
    (b"GIF89a", FileKind.GIF),
    (b"7z\xbc\xaf\x27\x1c", FileKind.ARCHIVE),
    (b"Rar!\x1a\x07", FileKind.ARCHIVE),
    (b"\x1f\x8b", FileKind.ARCHIVE),
    (b"BZh", FileKind.ARCHIVE),
    (b"\xfd7zXZ\x00", FileKind.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", FileKind.ARCHIVE),
)
BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
JAVA_SERIALISED = b"\xac\xed\x00\x05"


def admit(path: Path, allowed: Collection[FileKind], *, name: str | None = None, most_bytes: int = MOST_BYTES) -> FileKind:
    """Return the kind of the file if it is one of those allowed and its name fits; raise Rejected with the reason otherwise.

    ``name`` is the name under which a person chose the file; it defaults to the path's own.
    """
    size = path.stat().st_size
    if size > most_bytes:
        raise TooLarge(f"The file has {size / 1e6:,.0f} MB; {most_bytes / 1e6:,.0f} MB is the most that is taken.")
    kind = recognise(path)
    if kind not in allowed:
        raise _not_allowed(kind, allowed)
    extension = PurePath(name or path.name).suffix.lower()
    if extension not in kind.extensions:
        wanted = " or ".join(sorted(kind.extensions))
        raise UnknownFormat(f"The file is called {extension or 'without an extension'} but is {kind.label}. Rename it to end in {wanted}.")
    if kind in ZIPPED:
        check_archive(path)
    return kind


def recognise(path: Path) -> FileKind:
    """What the content says, whatever the name."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head.strip(b"\0 \t\r\n"):
        raise EmptyFile("The file is empty. Choose the file that holds the data.")
    if head.startswith(COMPOUND_MAGIC):
        return kind_of_compound(path)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return kind_of_zip(path)
    if head.startswith(JAVA_SERIALISED):
        return FileKind.PROJECTLIBRE if b"com.projectlibre" in head or b"com.projity" in head else FileKind.UNKNOWN
    magic = next((kind for magic, kind in MAGICS if head.startswith(magic)), None)
    return magic or _kind_of_text(path, head)


def _kind_of_text(path: Path, head: bytes) -> FileKind:
    mark = next((mark for mark in BYTE_ORDER_MARKS if head.startswith(mark)), b"")
    text = head.removeprefix(mark).lstrip()
    if text.startswith(b"ERMHDR"):
        return FileKind.XER
    if text.startswith(b"MPX") and text[3:4] in (b",", b";", b"\t"):
        return FileKind.MPX
    if text.startswith(b"VOLM"):
        return FileKind.SDEF
    if text.startswith((b"<", b"\0<")):
        return kind_of_root(read_root(path)) if _is_markup(text) else FileKind.TEXT
    return FileKind.TEXT if len(mark) == 2 or b"\0" not in head else FileKind.UNKNOWN


def _is_markup(text: bytes) -> bool:
    return text.replace(b"\0", b"")[1:2].isalpha() or text.replace(b"\0", b"")[1:2] in (b"?", b"!")


def kind_of_root(root: Root) -> FileKind:
    if root.name == "Project" and (not root.namespace or root.namespace.startswith("http://schemas.microsoft.com/project")):
        return FileKind.MSPDI
    if root.name == "APIBusinessObjects":
        return FileKind.PMXML
    if root.name == "project":
        if "mrproject-version" in root.attributes:
            return FileKind.PLANNER
        if "update_mode" in root.attributes:
            return FileKind.PHOENIX
        if root.attributes.keys() & {"webLink", "view-date", "gantt-divider-location"}:
            return FileKind.GANTTPROJECT
    return FileKind.XML


def _not_allowed(kind: FileKind, allowed: Collection[FileKind]) -> Rejected:
    wanted = ", ".join(sorted({extension for each in allowed for extension in each.extensions}))
    if kind is FileKind.ARCHIVE:
        return ArchiveRefused("The file is an archive such as a zip, whatever its name. Unpack it and choose the files inside.")
    if kind is FileKind.ENCRYPTED_OFFICE:
        return UnsafeContent("The document is protected by a password. Save it without one and choose that file.")
    return UnknownFormat(f"The file is {kind.label}. Here a file of one of these types is taken: {wanted}.")
