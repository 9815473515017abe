"""The colours, glyphs and fonts of documents: the light side of the screen's tokens, as six hex digits."""

from typing import NamedTuple

from mainstay.render.blocks import Shape

INK, MUTED, LINE, GRID, SUNKEN, PAPER = "17212B", "4A5865", "C5CCD3", "E2E6EA", "ECEFF1", "FFFFFF"
HEAD = "1F3A55"
DATA_1, DATA_2, DATA_3, DATA_FILL = "124F8C", "A8620C", "6D7985", "C3D7EA"
SERIES = (DATA_1, DATA_2, DATA_3)

OFFICE_FONT = "Arial"
"""For files that are opened elsewhere: a font that every office has, whose widths we know."""
PDF_FONT = "IBM Plex Sans"


class Look(NamedTuple):
    """How a status is shown: the glyph before its word, the tint behind it, and the colours of text and shape on the tint."""

    glyph: str
    tint: str
    ink: str
    mark: str


LOOKS: dict[Shape, Look] = {
    "green": Look("●", "DDF0E3", "1B5E37", "166F3D"),
    "amber": Look("▲", "FCE9C8", "7A4300", "B85C00"),
    "red": Look("■", "F9D9D6", "8E1B16", "B3231C"),
    "none": Look("○", "E6E9EC", "3C4650", "64717D"),
    "done": Look("✓", "DDF0E3", "1B5E37", "166F3D"),
}

HEAT: dict[Shape, tuple[str, ...]] = {
    "red": ("FFFFFF", "FBEFEE", "F6D9D6", "EFB9B4", "E79A93"),
    "amber": ("FFFFFF", "FDF4E6", "FAE6C8", "F5D09C", "EFBB72"),
    "green": ("FFFFFF", "EFF7F2", "D9EDE0", "B8DDC6", "97CDAC"),
    "none": ("FFFFFF", "F3F5F6", "E4E8EB", "CED5DA", "B8C1C8"),
    "done": ("FFFFFF", "EAF1F8", "CFE0F0", "AECAE4", "8DB4D8"),
}
"""Tints of a heat map from none to deepest; ink keeps at least 7:1 on each."""

SENSE_INK = {"better": "166F3D", "worse": "B3231C", "same": MUTED}
TONE = {"plain": (SUNKEN, MUTED), "amber": ("FDEFDC", "B85C00"), "red": ("FBE6E4", "B3231C")}
"""Notes: tint and edge."""
