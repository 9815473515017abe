"""How the blocks of a section fall on slides: from the top down, on to a further slide when one is full."""

from __future__ import annotations

from typing import Any

from pptx.util import Inches

from mainstay.render import palette, typography
from mainstay.render.arrange import Piece, decisions, pieces, statuses
from mainstay.render.blocks import DecisionAsked, KeyFigures, StatusList, Table
from mainstay.render.charts import BarChart, HeatMap, LineChart, Timeline
from mainstay.render.cleaning import clean
from mainstay.render.office_charts import add_chart
from mainstay.render.pptx.deck import BOTTOM, LEFT, ROOM, TOP, Deck
from mainstay.render.pptx.figures import add_figures, figures_height
from mainstay.render.pptx.shapes import add_words, said, tell, words_height
from mainstay.render.pptx.tables import MOST_ROWS, Grid, add_table, best, heat_grid, measured, parted
from mainstay.render.pptx.timeline import MOST_SPANS, add_timeline, spans_of
from mainstay.render.pptx.wording import Remark, remark_of
from mainstay.render.tree import Beside, PageBreak, Section, Simple

GAP = 0.16
LEAST_CHART = 2.5
BODY, SMALL = 14, 11
CAPTION = 0.27
BETWEEN = 0.4


def sides(pair: Beside) -> tuple[float, float]:
    """The widths of two blocks side by side."""
    left = (ROOM - BETWEEN) * pair.share
    return left, ROOM - BETWEEN - left


def least_timeline(chart: Timeline) -> float:
    """The height at which each line of a timeline still tells its status."""
    return min(BOTTOM - TOP, CAPTION + 1.3 + 0.41 * max(2, min(MOST_SPANS, len(chart.spans))))


def place_section(section: Section, deck: Deck) -> None:
    flow = Flow(section, deck)
    flow.walk(section, 1)
    flow.finish()


class Flow:
    """The slides of one section, and how far down the last of them is filled."""

    def __init__(self, section: Section, deck: Deck) -> None:
        self.section, self.deck, self.words = section, deck, deck.report.words
        self.slides: list[Any] = []
        self.told: list[str] = []
        self.turn()

    def turn(self) -> None:
        self.slide = self.deck.new(self.section.title)
        self.slides.append(self.slide)
        self.y = TOP

    @property
    def left(self) -> float:
        return BOTTOM - self.y

    @property
    def is_fresh(self) -> bool:
        return self.y <= TOP

    def make_room(self, high: float) -> None:
        if high > self.left + 0.01 and not self.is_fresh:
            self.turn()

    def walk(self, section: Section, level: int) -> None:
        waiting = list(pieces(section.blocks))
        for at, piece in enumerate(waiting):
            if isinstance(piece, Section):
                self.make_room(1.2)
                self.remark(Remark([[said(piece.title, strong=True, ink=palette.HEAD)]], 16 if level == 1 else BODY))
                self.walk(piece, level + 1)
            elif isinstance(piece, PageBreak):
                if not self.is_fresh:
                    self.turn()
            else:
                self.place(piece, sum(self.needed(one) + GAP for one in waiting[at + 1 :]))

    def place(self, piece: Piece, after: float) -> None:
        """One block on the slide. `after` is the room that the blocks behind it ask for."""
        block = self.as_table(piece)
        if isinstance(block, Table):
            self.table(block, after)
        elif isinstance(block, Beside):
            self.beside(block, after)
        elif isinstance(block, KeyFigures):
            self.make_room(figures_height(block, ROOM))
            self.y = add_figures(self.slide, block, LEFT, self.y, ROOM) + GAP
        elif isinstance(block, HeatMap):
            self.heat(block)
        elif isinstance(block, Timeline):
            self.timeline(block, after)
        elif isinstance(block, LineChart | BarChart):
            self.chart(block, after)
        elif not isinstance(block, tuple | Section | PageBreak | StatusList | DecisionAsked):
            self.remark(remark_of(block, BODY))

    def as_table(self, piece: Piece) -> Piece:
        if isinstance(piece, tuple):
            return decisions(piece, self.words)
        if isinstance(piece, StatusList):
            return statuses(piece, self.words)
        return decisions((piece,), self.words) if isinstance(piece, DecisionAsked) else piece

    def needed(self, piece: Piece, wide: float = ROOM) -> float:
        """How much room a block asks for: all of a short one, the least of one that can go on or shrink."""
        block = self.as_table(piece)
        if isinstance(block, Beside):
            return max(self.needed(side, wide) for side, wide in zip((block.left, block.right), sides(block), strict=True))
        if isinstance(block, Table):
            grid = measured(block, self.words, wide, SMALL, BOTTOM - TOP)
            return min(grid.height(0, len(grid.rows)) + CAPTION + (0.3 if block.note else 0), BOTTOM - TOP)
        if isinstance(block, HeatMap):
            grid = heat_grid(block, wide)
            return grid.height(0, len(grid.rows)) + CAPTION + (0.3 if block.source else 0.07)
        if isinstance(block, KeyFigures):
            return figures_height(block, wide)
        if isinstance(block, Timeline):
            return least_timeline(block)
        if isinstance(block, LineChart | BarChart):
            return LEAST_CHART + CAPTION
        if isinstance(block, tuple | Section | PageBreak | StatusList | DecisionAsked):
            return BOTTOM - TOP
        return remark_of(block, BODY).height(wide)

    # words

    def remark(self, remark: Remark, x: float = LEFT, wide: float = ROOM) -> None:
        """Running text; a text longer than a slide goes on on the next."""
        for part in remark.parts(wide, BOTTOM - TOP):
            high = part.height(wide)
            self.make_room(high)
            part.add(self.slide, x, self.y, wide)
            self.y += high + GAP

    def small(self, text: str, x: float = LEFT, wide: float = ROOM) -> None:
        if text:
            told = [[said(text, ink=palette.MUTED)]]
            high = words_height(told, SMALL, wide)
            add_words(self.slide.shapes, (x, self.y, wide, high), told, SMALL, name="Note")
            self.y += high

    def caption(self, text: str, x: float = LEFT, wide: float = ROOM) -> None:
        if text:
            told = [[said(text, strong=True)]]
            high = words_height(told, 12, wide)
            add_words(self.slide.shapes, (x, self.y, wide, high), told, 12, name="Caption")
            self.y += high + 0.04

    # tables

    def table(self, table: Table, after: float = 0) -> None:
        caption = CAPTION if table.name and not self.is_only(table) else 0.0
        note = words_height([[said(table.note)]], SMALL, ROOM) + 0.1 if table.note else 0.0
        room = BOTTOM - TOP - 0.3
        first_room = self.left - caption - note
        if first_room < 1.4 and not self.is_fresh:
            self.turn()
            first_room = self.left - caption - note
        grid = best(table, self.words, ROOM, first_room - after - GAP, room - note)
        if len(parted(grid, first_room - after - GAP, room - note)) > 1:  # what follows cannot stand here as well
            grid = best(table, self.words, ROOM, first_room, room - note)
        for number, (first, end) in enumerate(parted(grid, first_room, room - note)):
            if number:
                self.small(self.words.continued)
                self.turn()
            elif caption:
                self.caption(table.name)
            self.y = add_table(self.slide, grid, LEFT, self.y, first, end) + 0.07
        self.small(table.note)
        if len(table.rows) > MOST_ROWS:
            self.small(self.words.rows_left_out.format(shown=typography.number(MOST_ROWS), all=typography.number(len(table.rows))))
        self.y += GAP

    def is_only(self, table: Table) -> bool:
        """Whether the section holds nothing else, so that the title already names the table."""
        is_alone = len(self.section.blocks) == 1 and isinstance(self.section.blocks[0], Table | DecisionAsked)
        return is_alone or table.name == self.section.title

    def heat(self, chart: HeatMap) -> None:
        grid = heat_grid(chart, min(ROOM, 9.5))
        self.make_room(grid.height(0, len(grid.rows)) + CAPTION)
        self.caption(chart.title)
        self.y = add_table(self.slide, grid, LEFT, self.y, 0, len(grid.rows)) + 0.07
        self.small(chart.source)
        self.y += GAP

    # pictures

    def picture_room(self, after: float, least: float = LEAST_CHART + CAPTION) -> float:
        """The height for a picture: what is left when the blocks behind it have theirs, or all that is left."""
        if self.left < least and not self.is_fresh:
            self.turn()
        rest = self.left - after
        return rest if rest >= least else self.left

    def chart(self, chart: LineChart | BarChart, after: float) -> None:
        self.chart_at(chart, LEFT, ROOM, self.picture_room(after))
        self.y += GAP

    def chart_at(self, chart: LineChart | BarChart, x: float, wide: float, high: float) -> None:
        end = self.y + high
        source = words_height([[said(chart.source)]], SMALL, wide) if chart.source else 0
        self.caption(chart.title, x, wide)
        tall = max(1.5, end - self.y - source - 0.05)
        frame = add_chart(self.slide.shapes, chart, (int(Inches(x)), int(Inches(self.y)), int(Inches(wide)), int(Inches(tall))))
        tell(frame, chart.alt or chart.title, chart.title)
        self.told.append(clean(chart.alt))
        self.y += tall + 0.05
        self.small(chart.source, x, wide)

    def timeline(self, chart: Timeline, after: float) -> None:
        parts = spans_of(chart)
        for at, part in enumerate(parts):
            if at:
                self.small(self.words.continued)
                self.turn()
            high = self.picture_room(after if at == len(parts) - 1 else 0, least_timeline(part)) - (0.3 if chart.source else 0)
            if len(self.section.blocks) > 1:
                self.caption(chart.title)
                high -= CAPTION
            add_timeline(self.slide, part, chart, (LEFT, self.y, ROOM, high), self.words)
            self.y += min(high, 0.9 + 0.62 * max(1, len(part.spans))) + 0.05
            self.told.append(clean(chart.alt))
        self.small(chart.source)
        self.y += GAP

    def beside(self, pair: Beside, after: float) -> None:
        """Two blocks side by side; one after the other when a side does not fit on a slide."""
        left_wide, right_wide = sides(pair)
        need = max(self.needed(pair.left, left_wide), self.needed(pair.right, right_wide))
        if need > BOTTOM - TOP - 0.2:
            self.place(pair.left, after)
            self.place(pair.right, after)
            return
        self.make_room(need)
        rest = self.left - after
        high = rest if rest >= need else self.left
        top, ends = self.y, []
        for block, x, wide in ((pair.left, LEFT, left_wide), (pair.right, LEFT + left_wide + BETWEEN, right_wide)):
            self.y = top
            self.side(block, x, wide, high)
            ends.append(self.y)
        self.y = max(ends) + GAP

    def side(self, block: Simple, x: float, wide: float, high: float) -> None:
        made = self.as_table(block)
        if isinstance(made, LineChart | BarChart):
            self.chart_at(made, x, wide, min(high, 5.6))
        elif isinstance(made, Timeline):
            self.caption(made.title, x, wide)
            add_timeline(self.slide, made, made, (x, self.y, wide, high - CAPTION), self.words)
            self.y += high - CAPTION
        elif isinstance(made, Table | HeatMap):
            self.side_grid(made, x, wide, high)
        elif isinstance(made, KeyFigures):
            self.y = add_figures(self.slide, made, x, self.y, wide)
        elif not isinstance(made, tuple | Section | PageBreak | StatusList | DecisionAsked | Beside):
            remark = remark_of(made, BODY)
            remark.add(self.slide, x, self.y, wide)
            self.y += remark.height(wide)

    def side_grid(self, block: Table | HeatMap, x: float, wide: float, high: float) -> None:
        note = block.note if isinstance(block, Table) else block.source
        self.caption(block.name if isinstance(block, Table) else block.title, x, wide)
        room = high - CAPTION - (words_height([[said(note)]], SMALL, wide) if note else 0)
        grid: Grid = best(block, self.words, wide, room, room) if isinstance(block, Table) else heat_grid(block, wide)
        self.y = add_table(self.slide, grid, x, self.y, 0, len(grid.rows)) + 0.07
        self.small(note, x, wide)

    def finish(self) -> None:
        """Number the slides of the section, and put into the notes what a speaker and a listener need."""
        count = len(self.slides)
        report, words = self.deck.report, self.words
        stamp = clean(f"{report.marking}. {words.as_at} {typography.day(report.as_at)}. {words.snapshot} {report.snapshot}.")
        for at, slide in enumerate(self.slides, 1):
            if count > 1:
                place = typography.NO_BREAK.join((f"({at}", words.of, f"{count})"))
                self.deck.set_title(slide, self.section.title, f" {place}")
            told = [clean(self.section.notes), *self.told] if at == 1 else []
            slide.notes_slide.notes_text_frame.text = "\n".join(filter(None, [*told, stamp]))
