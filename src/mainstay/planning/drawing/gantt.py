"""The bars of a plan as SVG: one group a row that the keyboard reaches, links, baseline ghosts, the status date."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.translation import gettext as _

from mainstay.engine.worktime import datetime_of
from mainstay.planning.drawing import ruled
from mainstay.planning.drawing.rows import Row
from mainstay.planning.drawing.ruled import ROW
from mainstay.planning.drawing.scale import Scale
from mainstay.planning.programme import Bond, Line, Programme, ProjectLine
from mainstay.register import words

BAR = 13
NARROWEST_BAR = 3.0


@dataclass(frozen=True, slots=True)
class Picture:
    """What the template places: the axis, the bars, and both sizes in pixels."""

    axis: str
    bars: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Frame:
    """What every part of one drawing needs. ``late`` are the keys of agreements whose giving comes after it is needed."""

    programme: Programme
    rows: Sequence[Row]
    scale: Scale
    url_of: Callable[[Line], str]
    late: frozenset[int]
    agreement_names: Mapping[int, str]


def picture(frame: Frame, today: int) -> Picture:
    height = len(frame.rows) * ROW
    scale = frame.scale
    now = scale.x(today)
    in_view = 0 <= now <= scale.width
    parts = [bands(frame), grid(scale, height)]
    parts += [project_bar(frame, number, row) if row.line < 0 else line_bar(frame, number, row) for number, row in enumerate(frame.rows)]
    parts.append(links(frame))
    parts += [status_line(frame, number, row) for number, row in enumerate(frame.rows) if row.line < 0]
    if in_view:
        parts.append(f'<line class="today" x1="{now}" x2="{now}" y1="0" y2="{height}"/>')
    return Picture(axis(scale, now if in_view else None, today), "".join(parts), scale.width, height)


def axis(scale: Scale, now: float | None, today: int) -> str:
    parts = [ruled.axis(scale)]
    if now is not None:
        anchor, at = ("end", now - 4) if now > scale.width - 110 else ("start", now + 4)
        text = _("Today, %(day)s") % {"day": words.day(datetime_of(today).date())}
        parts.append(f'<text class="today-t small halo" id="plan-today" text-anchor="{anchor}" x="{at}" y="11">{escape(text)}</text>')
    return "".join(parts)


def bands(frame: Frame) -> str:
    width = frame.scale.width
    lines = "".join(f'<path class="row" d="M0 {(number + 1) * ROW - 0.5}h{width}"/>' for number in range(len(frame.rows)))
    shaded = "".join(
        f'<rect class="band" x="0" y="{number * ROW}" width="{width}" height="{ROW}"/>'
        for number, row in enumerate(frame.rows)
        if row.line < 0
    )
    return shaded + lines


def grid(scale: Scale, height: int) -> str:
    return "".join(
        f'<line class="{"year" if tick.is_year else "tick"}" x1="{tick.x}" x2="{tick.x}" y1="0" y2="{height}"/>' for tick in scale.ticks()
    )


def span(scale: Scale, start: int, finish: int) -> tuple[float, float]:
    left = scale.x(start)
    return left, round(max(scale.x(finish) - left, NARROWEST_BAR), 1)


def project_bar(frame: Frame, number: int, row: Row) -> str:
    project = frame.programme.projects[row.project]
    if project.start is None or project.finish is None:
        return ""
    top = number * ROW + 7
    left, width = span(frame.scale, project.start, project.finish)
    nose = min(5.0, width / 2)
    bar = f'<path class="sum" d="M{left} {top}h{width}v9l-{nose}-4.500h-{round(width - 2 * nose, 1)}l-{nose} 4.500z"/>'
    return group(told_project(project), "", ghost(frame.scale, project, top + 12) + bar)


def line_bar(frame: Frame, number: int, row: Row) -> str:
    line = frame.programme.lines[row.line]
    if line.start is None or line.finish is None:
        return ""
    top = number * ROW + 5
    kind = " crit" if line.is_critical or row.line in frame.programme.in_circles else ""
    parts = [floated(frame.scale, line, top)]
    left, width = span(frame.scale, line.start, line.finish)
    if line.is_milestone:
        if line.baseline_finish is not None:
            at = frame.scale.x(line.baseline_finish)
            parts.append(f'<path class="ghost" d="M{at} {top + 2}l5 5-5 5-5-5z"/>')
        parts.append(f'<path class="{"crit-done" if kind else "deci"}" d="M{left} {top}l7 7-7 7-7-7z"/>')
    elif line.is_summary:
        parts += [ghost(frame.scale, line, top + 14), f'<rect class="sum" x="{left}" y="{top + 3}" width="{width}" height="5"/>']
    else:
        parts += [ghost(frame.scale, line, top + 15), f'<rect class="bar{kind}" x="{left}" y="{top}" width="{width}" height="{BAR}"/>']
        if line.percent:
            done = round(width * line.percent / 100, 1)
            parts.append(f'<rect class="{"crit-done" if kind else "done"}" x="{left}" y="{top + 4.5}" width="{done}" height="4"/>')
    return group(told_line(line), frame.url_of(line), "".join(parts))


def ghost(scale: Scale, line: Line | ProjectLine, top: float) -> str:
    if line.baseline_start is None or line.baseline_finish is None:
        return ""
    left, width = span(scale, line.baseline_start, line.baseline_finish)
    return f'<rect class="ghost" x="{left}" y="{top}" width="{width}" height="4"/>'


def floated(scale: Scale, line: Line, top: float) -> str:
    if line.is_summary or not line.total_float or line.total_float < 0 or line.late_finish is None or line.finish is None:
        return ""
    left, width = span(scale, line.finish, line.late_finish)
    return f'<path class="float" d="M{left} {top + 6.5}h{width}"/>'


def group(told: str, url: str, inner: str) -> str:
    address = f' data-url="{escape(url)}"' if url else ""
    return f'<g data-bar tabindex="-1" role="img" aria-label="{escape(told)}"{address}><title>{escape(told)}</title>{inner}</g>'


def status_line(frame: Frame, number: int, row: Row) -> str:
    """A notch in the project's row at its plan's own status date."""
    status = frame.programme.projects[row.project].status
    if status is None:
        return ""
    at = frame.scale.x(status)
    told = _("Status date %(day)s") % {"day": words.day(datetime_of(status).date())}
    return f'<path class="cut" d="M{at - 4} {number * ROW + 1}h8l-4 6z"><title>{escape(told)}</title></path>'


def links(frame: Frame) -> str:
    """Critical links, and those between projects, where both ends are in the picture; labels last, so that no line crosses them."""
    place = {row.line: number for number, row in enumerate(frame.rows) if row.line >= 0}
    below: list[str] = []
    above: list[str] = []
    for bond in frame.programme.bonds:
        if bond.source in place and bond.target in place and (kind := link_class(frame, bond)):
            below.append(link(frame, bond, place, kind))
            if bond.agreement in frame.agreement_names:
                above.append(link_label(frame, bond, place))
    return "".join(below + above)


def link_class(frame: Frame, bond: Bond) -> str:
    lines = frame.programme.lines
    source, target = lines[bond.source], lines[bond.target]
    if bond.agreement in frame.late and bond.agreement is not None:
        return "link-late"
    if source.project != target.project:
        return "link-crit" if bond.is_driving and source.is_critical and target.is_critical else "link-give"
    if source.is_summary or target.is_summary or not bond.is_driving:
        return ""
    return "link-crit" if source.is_critical and target.is_critical else "link"


def ends(frame: Frame, bond: Bond) -> tuple[float, float]:
    source, target = frame.programme.lines[bond.source], frame.programme.lines[bond.target]
    begin = source.start if bond.type in ("SS", "SF") else source.finish
    end = target.finish if bond.type in ("FF", "SF") else target.start
    return frame.scale.x(begin or 0), frame.scale.x(end or 0)


def link(frame: Frame, bond: Bond, place: Mapping[int, int], kind: str) -> str:
    """From the bar's end along its middle, then to the top or bottom of the other."""
    x1, x2 = ends(frame, bond)
    from_row, to_row = place[bond.source], place[bond.target]
    y1 = from_row * ROW + 5 + BAR / 2
    down = to_row > from_row
    y2 = to_row * ROW + (4 if down else 5 + BAR + 1)
    turn = round(max(x1 + 5, x2 + 4), 1) if bond.type in ("FS", "SF") else round(max(x1, x2) + 5, 1)
    arrow = {"link-crit": "arrow-c", "link-late": "arrow-c", "link-give": "arrow-g"}.get(kind, "arrow")
    tip = f"M{turn} {y2}l-3.500 {-5 if down else 5}h7z"
    return f'<path class="{kind}" d="M{x1} {y1}H{turn}V{y2}"/><path class="{arrow}" d="{tip}"/>'


def link_label(frame: Frame, bond: Bond, place: Mapping[int, int]) -> str:
    x1, x2 = ends(frame, bond)
    x = max(x1 + 5, x2 + 4) + 5
    # Between the rows nearest to the getter, where a bar seldom lies.
    y = place[bond.target] * ROW + (-8 if place[bond.target] > place[bond.source] else ROW + 16)
    name = frame.agreement_names[bond.agreement or 0]
    return f'<text class="b small halo" x="{x}" y="{y}">{escape(name)}</text>'


def told_project(project: ProjectLine) -> str:
    values = {
        "name": f"{project.code} {project.title}",
        "start": day(project.start),
        "finish": day(project.finish),
        "percent": round(project.percent),
    }
    return _("%(name)s: %(start)s to %(finish)s, %(percent)d %% done") % values


def told_line(line: Line) -> str:
    facts = [f"{line.code} {line.name}:"]
    facts.append(
        day(line.finish) if line.is_milestone else _("%(start)s to %(finish)s") % {"start": day(line.start), "finish": day(line.finish)}
    )
    if line.percent:
        facts.append(_("%(percent)d %% done") % {"percent": round(line.percent)})
    if line.is_critical:
        facts.append(_("critical"))
    elif line.total_float is not None and not line.is_summary:
        facts.append(_("%(days)s days of float") % {"days": words.number(round(line.total_float))})
    if line.baseline_finish is not None and line.finish is not None:
        slip = round((line.finish - line.baseline_finish) / 1440)
        facts.append(_("%(days)d days against baseline") % {"days": slip} if slip else _("on baseline"))
    return facts[0] + " " + ", ".join(facts[1:])


def day(instant: int | None) -> str:
    return words.day(datetime_of(instant).date()) if instant is not None else "–"
