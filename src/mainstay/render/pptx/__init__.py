"""A report as slides: one section after another, native tables and charts, nothing off the page, the marking on each."""

import io

from mainstay.render.arrange import all_sections
from mainstay.render.packing import repacked
from mainstay.render.pptx.deck import Deck
from mainstay.render.pptx.flow import place_section
from mainstay.render.tree import Report


def write(report: Report) -> bytes:
    deck = Deck(report)
    for section in all_sections(report):
        place_section(section, deck)
    deck.finish()
    written = io.BytesIO()
    deck.file.save(written)
    return repacked(written.getvalue(), report.frozen_at)
