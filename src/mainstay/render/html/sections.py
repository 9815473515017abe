"""Sections and their blocks as HTML: headings in their order, lists as lists, every picture with its table."""

from __future__ import annotations

from mainstay.render import typography
from mainstay.render.arrange import facts_of, pieces, statuses
from mainstay.render.blocks import DecisionAsked, Figure, KeyFigures, Note, Paragraph, Points, Quote, Status, StatusList, Table
from mainstay.render.charts import BarChart, HeatMap, LineChart, Timeline
from mainstay.render.drawings import drawn
from mainstay.render.html import text as html_text
from mainstay.render.html.tables import of_heat, of_table
from mainstay.render.html.text import e
from mainstay.render.tree import Beside, PageBreak, Section, Simple
from mainstay.render.twins import twin
from mainstay.render.words import Words


def of_section(section: Section, words: Words, level: int, place: str) -> str:
    """`place` numbers the section within the report, so that a link can point at it and the same report has the same ids."""
    level = min(level, 6)
    body = []
    for at, piece in enumerate(pieces(section.blocks), 1):
        if isinstance(piece, Section):
            body.append(of_section(piece, words, level + 1, f"{place}-{at}"))
        elif isinstance(piece, PageBreak):
            continue
        elif isinstance(piece, tuple):
            body.append(f'<ol class="ms-decisions">{"".join(f"<li>{of_decision(one, words)}</li>" for one in piece)}</ol>')
        elif isinstance(piece, Beside):
            look = "wide-left" if piece.share > 0.55 else "wide-right" if piece.share < 0.45 else "even"
            left, right = of_block(piece.left, words, 520), of_block(piece.right, words, 520)
            body.append(f'<div class="ms-beside ms-beside--{look}"><div>{left}</div><div>{right}</div></div>')
        else:
            body.append(of_block(piece, words))
    heading = f'<h{level} id="{place}-title">{e(section.title or "—")}</h{level}>'
    return f'<section class="ms-report__section" aria-labelledby="{place}-title" id="{place}">{heading}{"".join(body)}</section>'


def of_block(block: Simple, words: Words, wide: float = 960) -> str:
    if isinstance(block, Table):
        return of_table(block, words)
    if isinstance(block, StatusList):
        return of_table(statuses(block, words), words)
    if isinstance(block, HeatMap):
        return of_heat(block)
    if isinstance(block, LineChart | BarChart | Timeline):
        return of_chart(block, words, wide)
    if isinstance(block, KeyFigures):
        return of_figures(block, words)
    if isinstance(block, DecisionAsked):
        return of_decision(block, words)
    return of_words(block)


def of_words(block: Paragraph | Points | Note | Quote) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{html_text.text(block.text)}</p>"
    if isinstance(block, Points):
        kind = "ol" if block.is_numbered else "ul"
        return f"<{kind}>{''.join(f'<li>{html_text.text(item)}</li>' for item in block.items)}</{kind}>"
    if isinstance(block, Note):
        look = "" if block.tone == "plain" else f" ms-note--{block.tone}"
        lead = f"<b>{e(block.lead)}</b> " if block.lead else ""
        return f'<div class="ms-note{look}" role="note"><span>{lead}{html_text.text(block.text)}</span></div>'
    by = ", ".join(filter(None, (block.by, block.source)))
    said = f"<figcaption>{e(by)}</figcaption>" if by else ""
    return f'<figure class="ms-quote"><blockquote><p>{html_text.text(block.text)}</p></blockquote>{said}</figure>'


def of_figures(block: KeyFigures, words: Words) -> str:
    return f'<dl class="ms-figures">{"".join(of_figure(one, words) for one in block.figures)}</dl>'


def of_figure(figure: Figure, words: Words) -> str:
    value = html_text.status(figure.value, is_big=True) if isinstance(figure.value, Status) else e(figure.value)
    delta = f"<div>{html_text.delta(figure.delta, words)}</div>" if figure.delta else ""
    stale = " ms-prov--stale" if figure.is_stale else ""
    source = f'<span class="ms-prov{stale}">{e(figure.source)}</span>' if figure.source else ""
    return f'<div class="ms-figure"><dt>{e(figure.label)}</dt><dd><div class="ms-value">{value}</div>{delta}{source}</dd></div>'


def of_decision(one: DecisionAsked, words: Words) -> str:
    facts = [(label, e(told).replace("\n", "<br>")) for label, told in facts_of(one, words)]
    if one.options:
        listed = "".join(
            f"<li>{f'<strong>{e(option.name)}</strong> ({e(words.recommended)})' if option.is_recommended else e(option.name)}"
            f"{f': {e(option.effect)}' if option.effect else ''}</li>"
            for option in one.options
        )
        facts.insert(min(1, len(facts)), (words.options, f"<ul>{listed}</ul>"))
    rows = "".join(f"<dt>{e(label)}</dt><dd>{told}</dd>" for label, told in facts)
    number = f"{e(one.number)}.{typography.NO_BREAK}" if one.number else ""
    return f'<div class="ms-decision"><p class="ms-decision__ask">{number}{e(one.ask)}</p><dl class="ms-facts">{rows}</dl></div>'


def of_chart(chart: LineChart | BarChart | Timeline, words: Words, wide: float) -> str:
    """The drawing with its finding above and its data below; both say the same."""
    picture = drawn(chart, words, wide).svg(attributes=f' class="ms-drawing" role="img" aria-label="{e(chart.alt or chart.title)}"')
    source = f'<p class="ms-report__note">{e(chart.source)}</p>' if chart.source else ""
    data = of_table(twin(chart, words), words)
    return (
        f'<figure class="ms-figure-chart"><figcaption class="ms-finding">{e(chart.title)}</figcaption>'
        f'<div class="ms-scroll" tabindex="0" role="group" aria-label="{e(chart.title)}">{picture}</div>{source}'
        f'<details class="ms-twin"><summary>{e(words.as_table)}</summary>{data}</details></figure>'
    )
