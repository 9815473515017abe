"""What every walker does the same way: the provenance as a section, statuses and decisions as rows, links of a section."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mainstay.render import typography
from mainstay.render.blocks import Column, DecisionAsked, Row, Run, StatusList, Table, Text
from mainstay.render.charts import Timeline
from mainstay.render.drawings.timeline import ends
from mainstay.render.tree import Beside, Block, PageBreak, Paragraph, Report, Section, Simple
from mainstay.render.words import Words

Piece = Simple | Beside | PageBreak | Section | tuple[DecisionAsked, ...]

CONTENTS_FROM, KEPT_WHOLE = 4, 8
"""From how many sections a document begins with its contents; up to how many rows a table is not parted by the end of a page."""


MOST_SPANS = 24
"""How many lines of a timeline stand on a page of paper."""


def on_pages(chart: Timeline) -> list[Timeline]:
    """A long timeline in parts that each fit on a page, all with the same axis."""
    starts = range(0, max(1, len(chart.spans)), MOST_SPANS)
    return [replace(chart, spans=chart.spans[at : at + MOST_SPANS], axis=ends(chart)) for at in starts]


def all_sections(report: Report) -> tuple[Section, ...]:
    """The sections, and last where the figures come from."""
    words = report.words
    frozen = f"{words.frozen}: {typography.moment(report.frozen_at)}. {words.snapshot}: {report.snapshot}."
    if report.compared_with:
        frozen += f" {words.compared_with}: {report.compared_with}."
    blocks: list[Block] = []
    if report.provenance:
        blocks.append(sources(report))
    blocks += [Paragraph(frozen), Paragraph((Run(f"{words.digest}: "), Run(report.digest)))]
    return (*report.sections, Section(words.provenance, tuple(blocks), name=words.sources))


def sources(report: Report) -> Table:
    words = report.words
    columns = (
        Column(words.source, weight=2, heads_row=True),
        Column(words.cover, weight=2),
        Column(words.as_at, "date", 1.2),
        Column(words.taken_on, "date", 1.2),
        Column(words.note, weight=4),
    )
    rows = tuple(Row((one.name, one.cover, one.as_at, one.taken_on, one.note)) for one in report.provenance)
    return Table(words.provenance, columns, rows, alt=words.provenance)


def pieces(blocks: tuple[Block | Section, ...]) -> Iterator[Piece]:
    """The blocks in order, with decisions that follow one another gathered into one piece."""
    waiting: list[DecisionAsked] = []
    for block in blocks:
        if isinstance(block, DecisionAsked):
            waiting.append(block)
            continue
        if waiting:
            yield tuple(waiting)
            waiting = []
        yield block
    if waiting:
        yield tuple(waiting)


def statuses(block: StatusList, words: Words) -> Table:
    """A list of statuses as rows; the claim has its column when any item has one."""
    has_claims = any(item.claimed for item in block.items)
    claims = (Column(words.claimed, "status", 1.35),) if has_claims else ()
    head = words.measured if has_claims else words.status
    columns = (Column(words.item, weight=2.2, heads_row=True), *claims, Column(head, "status", 1.35), Column(words.why, weight=4))
    rows = tuple(
        Row((named(item.name, item.link), *((item.claimed,) if has_claims else ()), item.status, item.reason), item.is_last_known)
        for item in block.items
    )
    return Table(block.name, columns, rows, note=block.note, alt=block.name)


def named(name: str, link: str) -> Text:
    return (Run(name, link=link),) if link else name


def options_in_words(one: DecisionAsked, words: Words) -> str:
    """The options, one to a line, with the recommended one told."""
    lines = [
        f"{option.name}{f' ({words.recommended})' if option.is_recommended else ''}{f': {option.effect}' if option.effect else ''}"
        for option in one.options
    ]
    return "\n".join(lines)


def facts_of(one: DecisionAsked, words: Words) -> list[tuple[str, str]]:
    """What there is to say about a decision, as label and text; options stand apart."""
    told = [
        (words.because, one.because),
        (words.recommendation, one.recommendation),
        (words.cost, one.cost),
        (words.by_whom, one.by_whom),
        (words.by_when, typography.day(one.by_when) if one.by_when else ""),
        (words.if_not, one.if_not),
        (words.paper, one.paper),
    ]
    return [(label, text) for label, text in told if text]


def decisions(asked: tuple[DecisionAsked, ...], words: Words) -> Table:
    """Decisions as rows, for pages where they must be seen at once. Columns that no decision fills are left out."""
    columns = (
        Column(words.number, weight=0.45, heads_row=True),
        Column(words.asked_to, weight=2.6),
        Column(words.because, weight=2.4),
        Column(words.options, weight=2.8, missing="—"),
        Column(words.recommendation, weight=1.8, missing="—"),
        Column(words.cost, weight=1),
        Column(words.who_and_when, weight=1.5),
        Column(words.if_not, weight=2),
    )
    rows = [
        (
            one.number, asked_and_paper(one), one.because, options_in_words(one, words), one.recommendation, one.cost,
            "\n".join(filter(None, (one.by_whom, typography.day(one.by_when) if one.by_when else ""))), one.if_not,
        )
        for one in asked
    ]  # fmt: skip
    kept = [at for at in range(len(columns)) if at < 2 or any(cells[at] for cells in rows)]
    shown = tuple(Row(tuple(cells[at] for at in kept)) for cells in rows)
    return Table(words.decisions, tuple(columns[at] for at in kept), shown, alt=words.decisions)


def asked_and_paper(one: DecisionAsked) -> Text:
    return (Run(one.ask, strong=True), *((Run(f" ({one.paper})"),) if one.paper else ()))
