"""What the pages of the integrated plan have in common: their frame, provenance, the path to the end, the sources."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.initiatives.models import Initiative
from mainstay.planning.calculations import Calculated
from mainstay.planning.drawing.gantt import day
from mainstay.planning.models import Plan
from mainstay.planning.pages import circles
from mainstay.planning.plan.register import PlanRegister
from mainstay.planning.programme import Line, ProjectLine
from mainstay.planning.viewing import MOST, AgreementLine, age_days, day_of, visible_unresolved
from mainstay.register import words
from mainstay.register.requests import actor_of, seen_at
from mainstay.register.spec import Register
from mainstay.register.trail import Crumb, steps_above

__all__ = ["agreement_words", "day", "frame", "path_lines", "sources"]

STALE_DAYS = 35
"""A plan whose status date is older than this misses a monthly cycle."""


def frame(request: HttpRequest, place: Initiative, found: Calculated, visible: Sequence[int], tab: str) -> dict[str, Any]:
    """Title, way, tabs, notices and provenance of each page."""
    account = actor_of(request).account
    above = steps_above(account, place)
    programme = found.programme
    kept = "?" + urlencode({"as_at": moment.value}) if (moment := seen_at(request)) else ""
    return {
        "title": _("Integrated plan") if tab != "dependencies" else _("Dependencies between projects"),
        "initiative": place,
        "marking": place.get_marking_display(),
        "breadcrumbs": [Crumb(str(row.title), InitiativeRegister.url("detail", row)) for row in above],
        "tabs": [
            {"label": label, "url": reverse(name, args=[place.pk]) + kept, "current": key == tab, "count": None}
            for key, label, name in (
                ("drawing", _("Drawing"), "planning.integrated"),
                ("table", _("Table"), "planning.table"),
                ("dependencies", _("Give and get"), "planning.dependencies"),
                ("levelling", _("Levelling"), "planning.levelling"),
            )
        ],
        "run": found.run,
        "has_content": bool(visible) or tab in ("dependencies", "levelling"),
        "withheld": len(programme.projects) - len(visible),
        "fault": programme.fault if is_for(found, visible) else hidden_fault(programme.fault),
        "circles": circles.told(account, found, visible),
        "unresolved": visible_unresolved(account, found),
        "figures": figures(found, visible) if visible else [],
    }


def is_for(found: Calculated, visible: Sequence[int]) -> bool:
    """Whether every activity that the fault names lies in a project that the reader may see."""
    allowed = set(visible)
    if not found.programme.fault_lines:
        return len(allowed) == len(found.programme.projects)
    return all(found.programme.lines[place].project in allowed for place in found.programme.fault_lines)


def hidden_fault(fault: str) -> str:
    return _("The plans cannot be joined: the reason lies in a project that you may not see.") if fault else ""


def figures(found: Calculated, visible: Sequence[int]) -> list[dict[str, Any]]:
    """Headline figures; where projects are withheld, they speak of the visible ones only."""
    projects = [found.programme.projects[place] for place in visible]
    run = _("run %(run)s, %(at)s") % {"run": found.run, "at": words.moment(found.run.made_at)}
    finish = max((project.finish for project in projects if project.finish is not None), default=None)
    baseline = max((project.baseline_finish for project in projects if project.baseline_finish is not None), default=None)
    calculated = not found.programme.fault
    return [
        {
            "label": _("Last finish"),
            "value": day(finish),
            "source": (_("critical path, no uncertainty · %(run)s") if calculated else _("from the files · %(run)s")) % {"run": run},
            "delta": slip(projects, finish, baseline),
        },
        {
            "label": _("Critical activities"),
            "value": words.number(sum(project.critical_count for project in projects)) if calculated else "–",
            "unit": _("of %(n)s") % {"n": words.number(sum(project.activity_count for project in projects))},
            "source": run,
        },
        {"label": _("Projects with a plan"), "value": str(len(projects)), "source": _("live versions")},
    ]


def slip(projects: Sequence[ProjectLine], finish: int | None, baseline: int | None) -> dict[str, str] | None:
    """From the last baseline to the last finish, in working days of the project that finishes last."""
    first, last = day_of(baseline), day_of(finish)
    if first is None or last is None:
        return None
    days = next(project for project in projects if project.finish == finish).days.between(first, last)
    text = _("%(days)s wd against baseline %(day)s") % {"days": words.number(abs(days)), "day": day(baseline)}
    return {"text": text, "sense": "same" if not days else "worse" if days > 0 else "better", "direction": "up" if days > 0 else "down"}


def all_of(register: type[Register], place: Initiative, shown: Sequence[Any]) -> dict[str, str] | None:
    """Where the rest stands, once a page holds as many as it shows at most."""
    if len(shown) < MOST:
        return None
    text = _("%(most)d are shown, the open ones first. The register has all of them, also to be sorted and exported.") % {"most": MOST}
    return {"text": text, "url": f"{register.url()}?in={place.pk}", "link": register.title()}


@dataclass(frozen=True, slots=True)
class Step:
    """One activity of the driving path."""

    place: int
    line: Line
    project: ProjectLine
    crosses: bool
    """The step before lies in another project."""

    @property
    def start(self) -> date | None:
        return day_of(self.line.start)

    @property
    def finish(self) -> date | None:
        return day_of(self.line.finish)


def path_lines(found: Calculated, visible: Sequence[int]) -> list[Step | None]:
    """The path that drives the last finish; None stands for what lies in a project that the reader may not see."""
    allowed = set(visible)
    made: list[Step | None] = []
    before = -1
    for place in found.programme.path:
        line = found.programme.lines[place]
        if line.project in allowed:
            made.append(Step(place, line, found.programme.projects[line.project], before not in (-1, line.project)))
        elif not made or made[-1] is not None:
            made.append(None)
        before = line.project
    return made


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One plan that went in, with its age."""

    project: ProjectLine
    plan: Plan
    url: str
    age: int | None
    is_stale: bool


def sources(found: Calculated, visible: Sequence[int], today: date) -> list[SourceLine]:
    plans = {plan.pk: plan for plan in found.inputs.plans}
    made = []
    for place in visible:
        project = found.programme.projects[place]
        plan = plans.get(project.plan)
        if plan is None:
            continue
        age = age_days(project.status, today)
        made.append(SourceLine(project, plan, PlanRegister.url("detail", plan), age, age is None or age > STALE_DAYS))
    return made


def agreement_words(line: AgreementLine) -> str:
    """What stands beside the line in the drawing."""
    if line.is_late:
        return _("%(ref)s late, %(days)s wd") % {"ref": line.record.ref, "days": words.number(line.buffer_days or 0)}
    if (line.drift_days or 0) > 0:
        return _("%(ref)s drifts %(days)s wd") % {"ref": line.record.ref, "days": words.number(line.drift_days or 0)}
    return str(line.record.ref)
