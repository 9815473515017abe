"""What moved between two plan files, as a document and as lines for a terminal: what `plan compare` prints. No database."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from mainstay.formats.plans import ReadResult
from mainstay.formats.schedule import Schedule
from mainstay.planning.movement.comparing import Kind, Movement, movement

HEADS = {
    Kind.ADDED: "added",
    Kind.DELETED: "deleted",
    Kind.LATER: "later",
    Kind.EARLIER: "earlier",
    Kind.ESTIMATED: "re-estimated",
    Kind.LINKED: "re-linked",
    Kind.PROGRESSED: "progressed",
    Kind.RENAMED: "renamed",
}


def compared(then: ReadResult, now: ReadResult) -> dict[str, Any]:
    """One object: the projects that stand in both files, and the names of those that stand in one."""
    earlier, later = projects_of(then), projects_of(now)
    pairs = [(earlier[0], later[0])] if len(earlier) == len(later) == 1 else list(paired(earlier, later))
    both = {id(schedule) for pair in pairs for schedule in pair}
    return {
        "old": then.path.name,
        "new": now.path.name,
        "projects": [document(movement(first, last)) for first, last in pairs],
        "only_in_old": [name_of(schedule) for schedule in earlier if id(schedule) not in both],
        "only_in_new": [name_of(schedule) for schedule in later if id(schedule) not in both],
    }


def projects_of(found: ReadResult) -> list[Schedule]:
    return [schedule for schedule in found.schedules if not schedule.is_baseline]


def name_of(schedule: Schedule) -> str:
    return schedule.project_id or schedule.name or schedule.title


def paired(earlier: Sequence[Schedule], later: Sequence[Schedule]) -> Iterator[tuple[Schedule, Schedule]]:
    by_name = {name_of(schedule).casefold(): schedule for schedule in earlier}
    for schedule in later:
        if (first := by_name.get(name_of(schedule).casefold())) is not None:
            yield first, schedule


def document(found: Movement) -> dict[str, Any]:
    """Moments in ISO form, all counts, and each change without what it does not know."""
    facts = {name: iso(value) for name, value in asdict(found).items() if name != "changes"}
    rows = [{name: iso(value) for name, value in asdict(change).items() if value not in (None, "", ())} for change in found.changes]
    return {**facts, "unchanged": found.unchanged, "counts": dict(found.counts), "changes": rows}


def iso(value: Any) -> Any:
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else value


def lines(told: dict[str, Any]) -> Iterator[str]:
    yield f"{told['old']} → {told['new']}"
    for project in told["projects"]:
        yield f"{project['name']}: {project['count_then']:,} activities then, {project['count_now']:,} now"
        yield f"  last finish {day(project['finish_then'])} → {day(project['finish_now'])}{slip(project['slip_days'])}"
        counts = [f"{count:,} {HEADS[Kind(kind)]}" for kind, count in project["counts"].items() if count]
        yield f"  {', '.join(counts) or 'nothing moved'}; {project['unchanged']:,} as they were"
        for kind, head in HEADS.items():
            of_kind = [change for change in project["changes"] if kind in change["kinds"]]
            if of_kind:
                yield f"  {head}"
                yield from (f"    {change['code']} {change['name']}{detail(kind, change)}" for change in of_kind)
    for which, names in (("old", told["only_in_old"]), ("new", told["only_in_new"])):
        yield from (f"only in {told[which]}: {name}" for name in names)


def day(moment: str | None) -> str:
    return moment[:10] if moment else "–"


def slip(days: float | None) -> str:
    return f" ({days:+g} wd)" if days else ""


def detail(kind: Kind, change: dict[str, Any]) -> str:
    """What a line of this kind tells besides the activity."""
    if kind in (Kind.LATER, Kind.EARLIER):
        return f": {day(change['finish_then'])} → {day(change['finish_now'])}{slip(change['slip_days'])}"
    if kind is Kind.ESTIMATED:
        return f": {change['days_then']:g} → {change['days_now']:g} d"
    if kind is Kind.LINKED:
        added, removed = change.get("links_added", ()), change.get("links_removed", ())
        return ": " + ", ".join([*(f"after {link}" for link in added), *(f"no longer after {link}" for link in removed)])
    if kind is Kind.PROGRESSED:
        return f": {change['percent_then']:g} → {change['percent_now']:g} %"
    if kind is Kind.RENAMED:
        return f", before {change['was_called']}"
    return ""
