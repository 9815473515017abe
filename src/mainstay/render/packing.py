"""Office files written so that the same content gives the same bytes: fixed times, a fixed order, no trace of the machine."""

import io
import re
import zipfile
from datetime import UTC, datetime

STAMP = re.compile(rb'(<dcterms:(?:created|modified) xsi:type="dcterms:W3CDTF">)[^<]*(<)')
FIRST = ("[Content_Types].xml", "_rels/.rels")
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)


def in_utc(moment: datetime) -> datetime:
    """The moment in UTC to the second; one without a zone is taken as UTC."""
    return (moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)).replace(microsecond=0)


def repacked(package: bytes, moment: datetime) -> bytes:
    """The package with all its times at `moment`, workbooks inside it too."""
    at = max(in_utc(moment), EARLIEST)
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (FIRST.index(name) if name in FIRST else len(FIRST), name)):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = STAMP.sub(rb"\g<1>" + at.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + rb"\g<2>", content)
            elif name.endswith(".xlsx"):
                content = repacked(content, at)
            entry = zipfile.ZipInfo(name, at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, content)
    return written.getvalue()
