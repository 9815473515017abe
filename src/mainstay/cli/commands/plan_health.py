"""`mainstay plan health FILE…`: the fourteen points of the DCMA assessment and GAO's ten practices. No database."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.conf import settings

from mainstay.cli.outcome import DONE, REFUSED, UNREADABLE
from mainstay.formats.plans import ReadResult
from mainstay.formats.schedule import Schedule

WORDS = {True: "holds", False: "FAILS", None: "not judged"}
SHOWN = 5


def assessed(found: ReadResult) -> tuple[dict[str, Any], int]:
    """The assessment of each project of a file; the worst outcome decides."""
    if not settings.configured:
        settings.configure(USE_I18N=False)  # the words of the assessment are asked of Django, which has no installation here
    projects, code = [], DONE
    for project in found.schedules:
        if not project.is_baseline:
            told, outcome = document(project)
            projects.append(told)
            code = max(code, outcome)
    return {"file": found.path.name, "format": str(found.kind.label), "projects": projects}, code


def document(project: Schedule) -> tuple[dict[str, Any], int]:
    from mainstay.planning.health.assessment import assess  # needs the settings

    made = assess(project)
    told = {
        "name": project.name,
        "score": made.score,
        "held": made.held,
        "judged": made.judged,
        "points": [asdict(point) for point in made.points],
        "practices": [asdict(practice) for practice in made.practices],
    }
    if made.fault:
        return told | {"error": made.fault}, UNREADABLE
    return told, REFUSED if made.held < made.judged else DONE


def lines(told: dict[str, Any]) -> Iterable[str]:
    for project in told["projects"]:
        if "error" in project:
            yield f"{told['file']}: {project['name']}: {project['error']}"
            continue
        yield f"{told['file']}: {project['name']}: {project['held']} of {project['judged']} points hold"
        for point in project["points"]:
            yield f"  {point['number']:>2} {WORDS[point['holds']]:<11}{point['title']:<40}{measured(point)}{some(point)}"
        yield "  practices"
        for practice in project["practices"]:
            yield f"  {practice['number']:>2} {WORDS[practice['holds']]:<11}{practice['title']}: {practice['why']}"


def measured(point: dict[str, Any]) -> str:
    if point["code"] in ("cpli", "bei"):
        return "" if point["value"] is None else f"{point['value']:>8.2f}  "
    return "" if point["value"] is None else f"{point['value']:>7.1f}%  {point['count']:,} of {point['of']:,}  "


def some(point: dict[str, Any]) -> str:
    codes = ", ".join(point["activities"][:SHOWN]) + (", …" if len(point["activities"]) > SHOWN else "")
    return " ".join(filter(None, (codes, point["note"])))
