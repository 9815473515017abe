"""The head of an XML file: its root element, read without trusting it. Document type definitions are refused here, before any parser."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from mainstay.formats.errors import Damaged, UnsafeContent

LONGEST_PROLOG = 1 << 18
MULTI_BYTE = re.compile(
    rb"""<\?xml[^>]*encoding=["'](gb2312|gbk|gb18030|big5|shift_jis|windows-31j|euc-jp|euc-kr|windows-949)["']""",
    re.IGNORECASE,
)
NO_DTD = "The XML file brings a document type definition, which is not read for safety. Save it again without one."


@dataclass(frozen=True, slots=True)
class Root:
    name: str
    namespace: str
    attributes: Mapping[str, str]


class _RootReachedError(Exception):
    pass


def read_root(path: Path) -> Root:
    with path.open("rb") as file:
        head = file.read(LONGEST_PROLOG)
    if MULTI_BYTE.match(head.lstrip()):
        return _root_of_multi_byte(head)
    return _root_by_expat(head.lstrip(b" \t\r\n"))


def _root_by_expat(head: bytes) -> Root:
    parser = expat.ParserCreate(namespace_separator="\n")
    found: list[Root] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition("\n")
        found.append(Root(local, namespace, attributes))
        raise _RootReachedError

    def refuse(*_: object) -> None:
        raise UnsafeContent(NO_DTD)

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(head, False)
    except _RootReachedError:
        return found[0]
    except (expat.ExpatError, ValueError, LookupError) as e:
        raise Damaged("The XML file is damaged at its beginning. Export it again from the tool that made it.") from e
    raise Damaged("The XML file has no content that could be recognised. Export it again from the tool that made it.")


def _root_of_multi_byte(head: bytes) -> Root:
    """Expat knows no East Asian encodings; in these ``<`` and letters of markup are always their own bytes."""
    if re.search(rb"<!(DOCTYPE|ENTITY)", head, re.IGNORECASE):
        raise UnsafeContent(NO_DTD)
    element = re.search(rb"<([A-Za-z][\w.-]*:)?([A-Za-z][\w.-]*)([^>]*)>", head)
    if element is None:
        raise Damaged("The XML file has no content that could be recognised. Export it again from the tool that made it.")
    attributes = {key.decode("ascii"): value.decode("latin-1") for key, value in re.findall(rb"""([\w:-]+)=["']([^"']*)["']""", element[3])}
    return Root(element[2].decode("ascii"), attributes.get("xmlns", ""), attributes)
