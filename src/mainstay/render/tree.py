"""What a report says, apart from how any format draws it: a tree of frozen values that each walker reads.

All its kinds of value can be taken from here; those of words and cells are told in `blocks`, pictures in `charts`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from mainstay.render.blocks import (
    AMBER,
    COMPLETE,
    GREEN,
    NOT_MEASURED,
    NOT_REPORTED,
    RED,
    Cell,
    Column,
    DecisionAsked,
    Delta,
    Figure,
    Judged,
    KeyFigures,
    Note,
    Option,
    PageBreak,
    Paragraph,
    Points,
    Quote,
    Row,
    Run,
    Status,
    StatusList,
    Table,
    Text,
    row,
)
from mainstay.render.charts import Axis, BarChart, Bars, Chart, Heat, HeatMap, Limit, Line, LineChart, Mark, Milestone, Span, Timeline
from mainstay.render.words import Words

__all__ = [
    "AMBER", "COMPLETE", "GREEN", "NOT_MEASURED", "NOT_REPORTED", "RED",
    "Axis", "BarChart", "Bars", "Beside", "Block", "Cell", "Chart", "Column", "DecisionAsked", "Delta", "Figure", "Heat", "HeatMap",
    "Judged", "KeyFigures", "Limit", "Line", "LineChart", "Mark", "Milestone", "Note", "Option", "PageBreak", "Paragraph", "Points",
    "Quote", "Report", "Row", "Run", "Section", "Source", "Span", "Status", "StatusList", "Table", "Text", "Timeline", "Words", "row",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beside:
    """Two blocks side by side where the page is wide (slides, screens), else one after the other. `share` is the left one's width."""

    left: Simple
    right: Simple
    share: float = 0.5


Simple = Paragraph | Points | KeyFigures | Table | StatusList | DecisionAsked | Note | Quote | LineChart | BarChart | HeatMap | Timeline
Block = Simple | Beside | PageBreak


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it. The title is a sentence that says the finding, with its number.

    A section of the first level begins a slide and a sheet of its own; `name` is its short name there (`Risks`).
    Sections inside it are sub-headings.
    `notes` go to the speaker's notes of its slides.
    """

    title: str
    blocks: tuple[Block | Section, ...] = ()
    name: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures of the report come from, how complete and how old they are."""

    name: str
    cover: str = ""
    as_at: date | None = None
    taken_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A report whole. It names the snapshot that it was made from, and can be made again from it, byte for byte.

    `frozen_at` is the moment of the snapshot: the only time that stands in the files written. `author` is an office, never an account.
    `compared_with` names the earlier snapshot that changes are told against.
    """

    title: str
    marking: str
    as_at: date
    frozen_at: datetime
    snapshot: str
    digest: str
    sections: tuple[Section, ...]
    subtitle: str = ""
    compared_with: str = ""
    author: str = ""
    provenance: tuple[Source, ...] = ()
    language: str = "en-GB"
    words: Words = field(default_factory=Words)
