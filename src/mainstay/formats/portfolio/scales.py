"""Rating scales, each with its own id: what amber means on one is not what it means on another, so that no figure joins two."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from mainstay.formats.portfolio.readings import Colour


class Scale(StrEnum):
    """Delivery confidence in five steps (to March 2021 in the UK's major projects) and in three (since March 2022), the gateway
    reviews' urgency of action, and an office's own status."""

    DCA_5 = "DCA-5"
    DCA_3 = "DCA-3"
    OGC_RAG = "OGC-RAG"
    STATUS_RAG = "STATUS-RAG"

    @property
    def colours(self) -> tuple[Colour, ...]:
        """From the best to the worst."""
        return tuple(Colour) if self is Scale.DCA_5 else (Colour.GREEN, Colour.AMBER, Colour.RED)


THREE_STEPS_SINCE = date(2022, 3, 1)
URGENCY_UNTIL = date(2010, 1, 1)
COLOUR = re.compile(r"green|amber|yellow|red")


def colour_of(text: str) -> Colour | None:
    """`Amber/ Red`, `amber-red` and `AMBER RED` are one; a sentence with a colour in it is none."""
    small = text.lower()
    if COLOUR.sub("", small).strip(" /-–—&\n\r\t.") not in ("", "and"):
        return Colour.of_letters(small.strip())
    found = [word.replace("yellow", "amber") for word in COLOUR.findall(small)]
    steps = {"green": 0, "amber": 2, "red": 4}
    if not found or len(found) > 2:
        return None
    at = sum(steps[word] for word in found) / len(found)
    return list(Colour)[int(at)] if at == int(at) and (len(found) == 1 or "amber" in found) else None


def scale_of(colours: Iterable[Colour], as_at: date | None) -> Scale:
    """The scale of a table's ratings: halfway colours are told from none but the scale of five."""
    if {Colour.AMBER_GREEN, Colour.AMBER_RED} & set(colours):
        return Scale.DCA_5
    if as_at is None:
        return Scale.STATUS_RAG
    return Scale.DCA_3 if as_at >= THREE_STEPS_SINCE else Scale.OGC_RAG if as_at < URGENCY_UNTIL else Scale.STATUS_RAG
