"""The left column of a plan drawing: code, name, finish and float of each row, in step with the bars."""

from collections.abc import Callable

from django.utils.html import escape
from django.utils.translation import gettext as _

from mainstay.engine.worktime import datetime_of
from mainstay.planning.drawing.gantt import Frame, day
from mainstay.planning.drawing.rows import Row
from mainstay.register import words


def labels(frame: Frame, closed: frozenset[str], toggle: Callable[[str], str]) -> str:
    return "".join(project_label(frame, row, closed, toggle) if row.line < 0 else line_label(frame, row) for row in frame.rows)


def project_label(frame: Frame, row: Row, closed: frozenset[str], toggle: Callable[[str], str]) -> str:
    project = frame.programme.projects[row.project]
    is_open = project.code not in closed
    told = escape((_("Close %(code)s") if is_open else _("Open %(code)s")) % {"code": project.code})
    mark = "▾" if is_open else "▸"
    return (
        f'<li class="ms-gantt-row ms-gantt-row--project" id="p-{row.project}">'
        f'<a class="ms-gantt-fold" href="{escape(toggle(project.code))}#p-{row.project}" aria-label="{told}">'
        f'<span aria-hidden="true">{mark}</span></a>'
        f'<span class="ms-gantt-name" title="{escape(project.title)}">{escape(project.code)} {escape(project.title)}</span>'
        f'<span class="ms-gantt-day">{day(project.finish)}</span><span class="ms-gantt-float"></span></li>'
    )


def line_label(frame: Frame, row: Row) -> str:
    line = frame.programme.lines[row.line]
    weight = " ms-gantt-row--critical" if line.is_critical else ""
    floated = "" if line.total_float is None or line.is_summary else _("%(days)s d") % {"days": words.number(round(line.total_float))}
    finish = "" if line.finish is None else words.day(datetime_of(line.finish).date())
    return (
        f'<li class="ms-gantt-row{weight}"><span class="ms-gantt-code">{escape(line.code)}</span>'
        f'<a class="ms-gantt-name" href="{escape(frame.url_of(line))}" title="{escape(line.name)}">{escape(line.name)}</a>'
        f'<span class="ms-gantt-day">{finish}</span><span class="ms-gantt-float">{floated}</span></li>'
    )
