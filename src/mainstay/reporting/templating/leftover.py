"""Tokens where they are not filled: footnotes, comments, diagrams, names of sheets. They are told, not left standing in a pack."""

import io
import re
import zipfile
from collections.abc import Iterator

from django.utils.translation import gettext as _
from lxml import etree

from mainstay.reporting.templating.filling import Fault
from mainstay.reporting.templating.safety import parser

FILLED = {
    "docx": re.compile(r"word/(document|header\d*|footer\d*)\.xml\Z"),
    "pptx": re.compile(r"ppt/(slides|slideLayouts|slideMasters)/[^/]+\.xml\Z"),
    "xlsx": re.compile(r"xl/(worksheets/[^/]+|sharedStrings)\.xml\Z"),
}


def faults_of(content: bytes, kind: str) -> Iterator[Fault]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in sorted(package.namelist()):
            if not name.endswith(".xml") or FILLED[kind].match(name) or name.startswith("docProps/"):
                continue
            held = package.read(name)
            if b"{" not in held:
                continue
            root = etree.fromstring(held, parser())
            if "{{" in "".join(str(text) for text in root.itertext()):
                yield Fault(name, _("There is a token in this part, where none is filled. Move it into the text, a header or a footer."))
