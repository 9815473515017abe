"""The report as the plain data that `report.typ` sets: dictionaries, lists and finished texts."""

from __future__ import annotations

from typing import Any

from mainstay.render import palette, typography
from mainstay.render.arrange import CONTENTS_FROM, KEPT_WHOLE, all_sections, facts_of, on_pages, pieces, statuses
from mainstay.render.blocks import (
    Cell,
    Column,
    DecisionAsked,
    Figure,
    KeyFigures,
    Note,
    Paragraph,
    Points,
    Quote,
    Row,
    Run,
    Status,
    StatusList,
    Table,
    Text,
)
from mainstay.render.cells import in_words, runs, sense_of, word_of
from mainstay.render.charts import BarChart, HeatMap, LineChart, Timeline
from mainstay.render.cleaning import breakable, clean, one_line, safe_link, shortened
from mainstay.render.drawings import LIGHT, drawn
from mainstay.render.fitting import fitted, size_for
from mainstay.render.tree import Beside, PageBreak, Report, Section, Simple
from mainstay.render.words import Words

Node = dict[str, Any]
UNNAMED = "—"
"""Where a name is missing that a listener is to hear."""
TALLEST = 1.27
"""How high a picture may be for a width of one, to stand on a page with its caption."""
PICTURES = (LineChart, BarChart)
ROOM, TABLE_POINTS, CELL_PADDING = 504.0, 8.9, 8.0
"""Points between the margins; the size of tables (a little more, for Plex runs wider than what is measured); space at a cell's sides."""


def content(report: Report) -> Node:
    sections = all_sections(report)
    at = report.frozen_at
    return {
        "title": one_line(report.title) or one_line(report.snapshot) or UNNAMED,
        "subtitle": one_line(report.subtitle),
        "marking": one_line(report.marking),
        "author": one_line(report.author),
        "snapshot": one_line(report.snapshot),
        "as_at": typography.day(report.as_at),
        "frozen": [at.year, at.month, at.day],
        "language": report.language.split("-")[0],
        "region": report.language.partition("-")[2] or None,
        "words": {name: getattr(report.words, name) for name in ("page", "of", "as_at", "snapshot", "contents", "continued")},
        "looks": {shape: [f"#{look.tint}", f"#{look.ink}", f"#{look.mark}"] for shape, look in palette.LOOKS.items()},
        "not_shown": "",
        "has_contents": len(sections) >= CONTENTS_FROM,
        "body": [node for section in sections for node in of_section(section, report.words, 1)],
    }


def of_section(section: Section, words: Words, level: int) -> list[Node]:
    found: list[Node] = [{"is": "heading", "level": min(level, 4), "text": breakable(one_line(section.title)) or UNNAMED}]
    for piece in pieces(section.blocks):
        if isinstance(piece, Section):
            found += of_section(piece, words, level + 1)
        elif isinstance(piece, PageBreak):
            found.append({"is": "break"})
        elif isinstance(piece, tuple):
            found += [of_decision(one, words) for one in piece]
        elif isinstance(piece, Beside):
            found += beside(piece, words)
        elif isinstance(piece, Timeline):
            found += [of_block(part, words) for part in on_pages(piece)]
        else:
            found.append(of_block(piece, words))
    return found


def beside(pair: Beside, words: Words) -> list[Node]:
    """Two pictures stand side by side; anything else follows one another, for the page is narrow."""
    if isinstance(pair.left, PICTURES) and isinstance(pair.right, PICTURES):
        return [{"is": "pair", "left": of_block(pair.left, words, 410), "right": of_block(pair.right, words, 410)}]
    return [of_block(pair.left, words), of_block(pair.right, words)]


def of_block(block: Simple, words: Words, wide: float = 780) -> Node:
    if isinstance(block, Paragraph):
        return {"is": "paragraph", "runs": of_text(block.text)}
    if isinstance(block, Points):
        return {"is": "points", "items": [of_text(item) for item in block.items], "numbered": block.is_numbered}
    if isinstance(block, KeyFigures):
        return {"is": "figures", "figures": [of_figure(one) for one in block.figures]}
    if isinstance(block, StatusList):
        return of_table(statuses(block, words), words)
    if isinstance(block, Table):
        return of_table(block, words)
    if isinstance(block, DecisionAsked):
        return of_decision(block, words)
    if isinstance(block, Note):
        fill, edge = palette.TONE[block.tone]
        return {"is": "note", "lead": clean(block.lead), "runs": of_text(block.text), "fill": f"#{fill}", "edge": f"#{edge}"}
    if isinstance(block, Quote):
        return {
            "is": "quote",
            "text": breakable(clean(shortened(block.text))),
            "by": clean(", ".join(filter(None, (block.by, block.source)))),
        }
    if isinstance(block, HeatMap):
        return of_heat(block)
    picture = drawn(block, words, wide)
    return {
        "is": "chart",
        "title": breakable(one_line(block.title)),
        "alt": one_line(block.alt) or one_line(block.title) or UNNAMED,
        "source": clean(block.source),
        "share": min(1.0, TALLEST * wide / picture.high),
        "svg": picture.svg(LIGHT, f' width="{picture.wide}" height="{picture.high}"'),
    }


def of_text(text: Text) -> list[Node]:
    return [of_run(run) for run in runs(text)]


def of_run(run: Run) -> Node:
    link = safe_link(run.link)
    # a path of this site leads nowhere from a file
    return {
        "text": breakable(run.text, 40),
        "strong": run.strong,
        "emph": run.emphasis,
        "link": link if "://" in link or link.startswith("mailto:") else "",
    }


def of_figure(figure: Figure) -> Node:
    value: Node = (
        {"word": clean(figure.value.word), "shape": figure.value.shape}
        if isinstance(figure.value, Status)
        else {"word": clean(figure.value)}
    )
    delta = figure.delta
    return {
        "label": clean(figure.label),
        **value,
        "delta": clean(delta.text) if delta else "",
        "delta_ink": f"#{palette.SENSE_INK[delta.sense]}" if delta else "#000000",
        "source": clean(figure.source),
        "stale": figure.is_stale,
    }


def of_decision(one: DecisionAsked, words: Words) -> Node:
    return {
        "is": "decision",
        "number": clean(one.number),
        "ask": breakable(clean(one.ask)),
        "facts": [[clean(label), breakable(clean(text))] for label, text in facts_of(one, words)],
        "options_head": words.options,
        "options": [
            {
                "name": clean(option.name) + (f" ({words.recommended})" if option.is_recommended else ""),
                "effect": clean(option.effect),
                "strong": option.is_recommended,
            }
            for option in one.options
        ],
    }


def of_table(table: Table, words: Words) -> Node:
    points = size_for(table, words, ROOM, TABLE_POINTS, CELL_PADDING)
    return {
        "is": "table",
        "shrink": points / TABLE_POINTS,
        "pads": CELL_PADDING / 2,
        "title": breakable(one_line(table.name)),
        "note": clean(table.note),
        "widths": fitted(table, words, ROOM, points, CELL_PADDING),
        "right": [column.is_figure for column in table.columns],
        "strong": [column.heads_row for column in table.columns],
        "heads": [breakable(clean(column.title), 16) for column in table.columns],
        "rows": [of_row(row, table.columns, words) for row in table.rows],
        "grey": [at for at, row in enumerate(table.rows) if row.is_last_known],
        "total": of_row(table.total, table.columns, words, is_total=True) if table.total else [],
        "whole": len(table.rows) <= KEPT_WHOLE,
        "empty": table.empty or words.no_rows,
    }


def of_row(row: Row, columns: tuple[Column, ...], words: Words, *, is_total: bool = False) -> list[Any]:
    cells = zip(row.cells, columns, strict=True)
    return ["—" if is_total and value is None else of_cell(value, column, words) for value, column in cells]


def of_cell(value: Cell, column: Column, words: Words) -> Any:  # a text, or a dictionary where the cell has a look of its own
    if isinstance(value, Status):
        return {"shape": value.shape, "word": word_of(value)}
    if isinstance(value, tuple) and value:
        return {"runs": of_text(value)}
    text = breakable(in_words(value, column, words), 18)
    sense = sense_of(value, column)
    return {"text": text, "ink": f"#{palette.SENSE_INK[sense]}"} if sense != "same" else text


def of_heat(chart: HeatMap) -> Node:
    tints = palette.HEAT[chart.shape]
    return {
        "is": "heat",
        "title": breakable(one_line(chart.title)),
        "alt": one_line(chart.alt),
        "source": clean(chart.source),
        "corner": clean(chart.corner),
        "columns": [clean(name) for name in chart.columns],
        "rows": [
            [clean(name), [{"text": breakable(clean(cell.text)), "fill": f"#{tints[max(0, min(4, cell.level))]}"} for cell in line]]
            for name, line in zip(chart.rows, chart.cells, strict=True)
        ],
    }
