"""Office documents are zip archives: what kind one is, and whether it is safe to unpack. Nothing is unpacked to disk here."""

import re
import struct
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from mainstay.formats.errors import Rejected, TooLarge, UnsafeContent
from mainstay.formats.kinds import FileKind

KINDS = {
    "xl/workbook.xml": FileKind.XLSX,
    "word/document.xml": FileKind.DOCX,
    "ppt/presentation.xml": FileKind.PPTX,
}
OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.spreadsheet": FileKind.ODS,
    b"application/vnd.oasis.opendocument.text": FileKind.ODT,
    b"application/vnd.oasis.opendocument.presentation": FileKind.ODP,
}
ACTIVE = re.compile(
    r"vbaproject.*\.bin|/activex/|/embeddings/ole|oleobject.*\.bin|macrosheets/|(^|/)basic/.*\.xml|(^|/)scripts/",
    re.IGNORECASE,
)
REMOTE_TEMPLATE = re.compile(
    rb"attachedTemplate[^>]*TargetMode\s*=\s*[\"']External|TargetMode\s*=\s*[\"']External[\"'][^>]*attachedTemplate",
)
DTD = re.compile(rb"<!(DOCTYPE|ENTITY)|<\0!\0D\0O\0C\0|\0<\0!\0D\0O\0C", re.IGNORECASE)
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    EOFError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    members: int = 2_000
    bytes_inflated: int = 100 * 1024 * 1024
    ratio: int = 100
    ratio_applies_above: int = 1024 * 1024


def kind_of_zip(path: Path) -> FileKind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < CHUNK:
                return OPEN_DOCUMENTS.get(archive.read("mimetype").strip(), FileKind.ARCHIVE)
    except BROKEN:
        return FileKind.ARCHIVE
    return next((kind for name, kind in KINDS.items() if name in names), FileKind.ARCHIVE)


def check_archive(path: Path, limits: ArchiveLimits | None = None) -> None:
    """Raise Rejected unless every member inflates within the limits and none is active, hidden, doubled or encrypted."""
    try:
        with zipfile.ZipFile(path) as archive:
            limits = limits or ArchiveLimits()
            _check_directory(archive.infolist(), limits)
            _check_members(archive, limits, path.stat().st_size)
    except Rejected:
        raise
    except BROKEN as e:
        raise Rejected("The file is damaged: it cannot be unpacked. Save it again in the tool that made it.") from e


def _check_directory(members: list[zipfile.ZipInfo], limits: ArchiveLimits) -> None:
    if len(members) > limits.members:
        raise TooLarge(f"The file consists of {len(members):,} parts; {limits.members:,} is the most that is read.")
    doubled = [name for name, count in Counter(member.filename.casefold() for member in members).items() if count > 1]
    if doubled:
        raise UnsafeContent("The file holds the same part twice, which no office program writes. Save it again and choose that file.")
    for member in members:
        parts = PurePosixPath(member.filename.replace("\\", "/")).parts
        if ".." in parts or member.filename.startswith(("/", "\\")) or ":" in member.filename.split("/")[0]:
            raise UnsafeContent("The file holds a part that points outside of it. It is not read.")
        if member.flag_bits & 1:
            raise UnsafeContent("The file is encrypted. Save it without a password and choose that file.")
        if ACTIVE.search(member.filename):
            raise UnsafeContent("The file holds macros or embedded programs. Save it without them and choose that file.")


def _check_members(archive: zipfile.ZipFile, limits: ArchiveLimits, bytes_packed: int) -> None:
    inflated = 0
    most = min(limits.bytes_inflated, max(limits.ratio_applies_above, limits.ratio * bytes_packed))
    for member in archive.infolist():
        head = b""
        with archive.open(member) as stream:
            while chunk := stream.read(CHUNK):
                inflated += len(chunk)
                head = head or chunk
                if inflated > most:
                    raise TooLarge("The file unpacks to far more than its size, as bombs do. It is not read. Split a file this large.")
        _check_head(member.filename.lower(), head)


def _check_head(name: str, head: bytes) -> None:
    if not name.endswith((".xml", ".rels", ".vml", ".rdf")):
        return
    if DTD.search(head):
        raise UnsafeContent("The file brings a document type definition, which is not read for safety. Save it again in an office program.")
    if REMOTE_TEMPLATE.search(head):
        raise UnsafeContent("The document fetches a template from another place. Remove the template and choose the file again.")
