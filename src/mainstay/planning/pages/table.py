"""The integrated plan as a table: every date that the drawing shows, in pages."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainstay.planning import viewing
from mainstay.planning.calculations import Calculated, calculated
from mainstay.planning.drawing.rows import SHOWN, is_wanted
from mainstay.planning.pages import parts
from mainstay.planning.programme import Line, ProjectLine
from mainstay.planning.viewing import day_of
from mainstay.register.requests import actor_of, asks, seen_at
from mainstay.register.typed import whole_number

ROWS = 200


@dataclass(frozen=True, slots=True)
class TableLine:
    """One activity, as the table writes it."""

    place: int
    line: Line
    project: ProjectLine
    driver: Line | None
    driver_project: ProjectLine | None

    @property
    def start(self) -> date | None:
        return day_of(self.line.start)

    @property
    def finish(self) -> date | None:
        return day_of(self.line.finish)

    @property
    def late_finish(self) -> date | None:
        return day_of(self.line.late_finish)

    @property
    def baseline(self) -> date | None:
        return day_of(self.line.baseline_finish)

    @property
    def float_days(self) -> int | None:
        """Working days of its plan; a summary has none of its own."""
        return None if self.line.is_summary or self.line.total_float is None else round(self.line.total_float)

    @property
    def slip_days(self) -> int | None:
        return self.project.days.between(self.baseline, self.finish) if self.finish and self.baseline else None

    @property
    def moved_days(self) -> int | None:
        """Working days by which other projects, or our calculation, move the finish away from the file's."""
        own = day_of(self.line.file_finish)
        return self.project.days.between(own, self.finish) if self.finish and own else None


@require_safe
@asks("planning.plan:view")
def table(request: HttpRequest, pk: int) -> HttpResponse:
    place = viewing.initiative_of(request, pk)
    account, moment = actor_of(request).account, seen_at(request)
    found = calculated(place, moment)
    visible = viewing.visible_projects(account, found)
    project = request.GET.get("project", "")
    show = request.GET.get("show", "all")
    show = show if show in SHOWN and show != "projects" else "all"
    places = [
        number
        for number, line in viewing.visible_lines(found, visible)
        if (not project or found.programme.projects[line.project].code == project)
        and (show == "all" or is_wanted(line, show, number in found.programme.on_path))
    ]
    pages = Paginator(places, ROWS)
    page = pages.get_page(page_of(request, places))
    context = parts.frame(request, place, found, visible, "table") | {
        "page": page,
        "rows": [table_line(found, number, set(visible)) for number in page.object_list],
        "projects": [found.programme.projects[number] for number in visible],
        "project": project,
        "show": show,
        "shown": {key: word for key, word in SHOWN.items() if key != "projects"},
        "count_words": _("%(n)d activities") % {"n": len(places)},
    }
    return render(request, "planning/table.html", context)


def page_of(request: HttpRequest, places: list[int]) -> str | int:
    """The page asked for, or the one on which the line `?at=` stands."""
    at = whole_number(request.GET.get("at", ""))
    if at is not None and at in places:
        return places.index(at) // ROWS + 1
    return request.GET.get("page", "1")


def table_line(found: Calculated, place: int, visible: set[int]) -> TableLine:
    programme = found.programme
    line = programme.lines[place]
    driver = programme.lines[line.driver] if line.driver >= 0 else None
    if driver is not None and driver.project not in visible:
        driver = None
    return TableLine(place, line, programme.projects[line.project], driver, programme.projects[driver.project] if driver else None)
