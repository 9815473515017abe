"""Two runs side by side: what changed in what went in, part by part, and what came of it."""

import hashlib
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from mainstay.forecasts import frozen
from mainstay.forecasts.frozen import Frozen
from mainstay.forecasts.outlook import Driver, Outlook, Part
from mainstay.forecasts.run.model import Run
from mainstay.register import document, store
from mainstay.register.document import DocumentError
from mainstay.render.typography import day, money, number, signed

MILLION = 1_000_000
MOST_DRIVERS, MOST_CRITICAL = 20, 20
SILENT = frozenset({"pk", "path", "parent_id", "file_name"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One part of the input: its digests in both runs, and a sentence for each thing that changed."""

    name: str
    digests: tuple[str, str]
    changes: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        return self.digests[0] == self.digests[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A figure of both runs as it is written, and its change."""

    name: str
    before: str
    after: str
    change: str
    sense: str = "same"
    """better, worse or same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """``inputs`` is empty, and ``fault`` says why, where one of the runs kept its input in a form that is no longer read."""

    before: Run
    after: Run
    inputs: tuple[Input, ...]
    results: tuple[Row, ...]
    parts: tuple[Row, ...]
    drivers: tuple[Row, ...]
    critical: tuple[Row, ...]
    summary: tuple[str, ...]
    fault: str = ""


def compare(before: Run, after: Run) -> Comparison:
    """Raises StoreError and DocumentError where a result cannot be read."""
    one, other = before.outlook, after.outlook
    is_other_draw = (before.seed, before.sampling, before.iterations) != (after.seed, after.sampling, after.iterations)
    results = tuple(figures(one.programme, other.programme, is_other_draw))
    fault = ""
    inputs: tuple[Input, ...] = ()
    try:
        read = [frozen.read(store.get(run.input_digest)) for run in (before, after)]
        inputs = tuple(changed(read[0], read[1], titles(one), titles(other)))
    except (DocumentError, store.StoreError) as found:
        fault = _("What went in cannot be compared. %(fault)s") % {"fault": found}
    return Comparison(
        before=before,
        after=after,
        inputs=inputs,
        results=(*options(before, after), *results),
        parts=tuple(parts(one, other, is_other_draw)),
        drivers=tuple(drivers(one.drivers, other.drivers)),
        critical=tuple(critical(one, other)),
        summary=tuple(summary(inputs, one, other)),
        fault=fault,
    )


def titles(outlook: Outlook) -> Mapping[str, str]:
    """Reference → title of the risks and causes that a run tells of."""
    found = {row.ref: row.title for row in outlook.left_out}
    return {**found, **{row.ref: row.title for row in outlook.drivers}}


def changed(one: Frozen, other: Frozen, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Input]:
    named = {**old, **new}

    def known(row: Any) -> str:
        return f"{row.initiative} {row.ref} {named.get(row.ref, '')}".strip()

    keyed: tuple[tuple[str, str, Callable[[Any], Any], Callable[[Any], str]], ...] = (
        (_("Plans"), "plans", lambda row: row.initiative, lambda row: row.initiative),
        (_("Agreements"), "agreements", lambda row: row.pk, lambda row: f"{row.giver} → {row.getter}"),
        (_("Risks"), "risks", lambda row: row.pk, known),
        (_("Shared causes"), "causes", lambda row: row.pk, known),
        (_("Budgets and dates"), "initiatives", lambda row: row.pk, lambda row: row.code),
        (_("Milestones"), "milestones", lambda row: row.pk, known),
    )
    for name, part, key, called in keyed:
        rows, others = getattr(one, part), getattr(other, part)
        yield Input(name=name, digests=(digest(rows), digest(others)), changes=tuple(told(rows, others, key, called)))


def digest(rows: Sequence[Any]) -> str:
    return hashlib.sha256(document.to_bytes(list(rows))).hexdigest()


def told(rows: Sequence[Any], others: Sequence[Any], key: Callable[[Any], Any], called: Callable[[Any], str]) -> Iterator[str]:
    """A sentence for each row that came, went or changed."""
    one, other = ({key(row): row for row in each} for each in (rows, others))
    for name in sorted({*one, *other}, key=str):
        was, now = one.get(name), other.get(name)
        if was is None:
            yield _("%(name)s is new.") % {"name": called(now)}
        elif now is None:
            yield _("%(name)s is gone.") % {"name": called(was)}
        elif was != now and (found := list(moved(was, now))):
            yield f"{called(now)}: {'; '.join(found)}."


def moved(was: Any, now: Any) -> Iterator[str]:
    """`probability 40 → 20` for each field that changed."""
    for field in fields(was):
        before, after = getattr(was, field.name), getattr(now, field.name)
        if before == after or field.name in SILENT:
            continue
        name = field.name.replace("_", " ")
        if field.name == "document_digest":
            yield _("another content")
        elif field.name == "number":
            yield _("version %(before)s → %(after)s") % {"before": before, "after": after}
        else:
            yield f"{name} {written(before)} → {written(after)}"


def written(value: Any) -> str:
    if value is None or value == "":
        return _("none")
    if isinstance(value, Decimal):
        return number(value, 0 if value == value.to_integral_value() else 2)
    return day(value) if isinstance(value, date) else str(value)


def options(before: Run, after: Run) -> Iterator[Row]:
    """How they were run, where that differs."""
    for name, one, other in (
        (_("Iterations"), number(before.iterations), number(after.iterations)),
        (_("Seed"), str(before.seed), str(after.seed)),
        (_("Risks as"), stand(before), stand(after)),
        (_("Sampling"), before.sampling, after.sampling),
        (_("Engine"), before.engine_version, after.engine_version),
    ):
        if one != other:
            yield Row(name=name, before=one, after=other, change="–")


def stand(run: Run) -> str:
    return _("after responses") if run.after_responses else _("before responses")


def figures(one: Part, other: Part, is_other_draw: bool) -> Iterator[Row]:
    """The whole in both; on other random numbers a difference within two standard errors is told as chance."""
    if one.finish and other.finish:
        yield days_row(_("Finish in the plan"), one.finish.plan, other.finish.plan)
        for p in (50, 80):
            noise = noise_of(one.finish.at(p).standard_error_days, other.finish.at(p).standard_error_days, is_other_draw)
            yield days_row(f"{_('Finish')}, P{p}", one.finish.at(p).day, other.finish.at(p).day, noise)
        yield share_row(_("Chance of the plan's own finish"), one.finish.plan_chance, other.finish.plan_chance)
    if one.cost and other.cost:
        for p in (50, 80):
            noise = noise_of(one.cost.at(p).standard_error, other.cost.at(p).standard_error, is_other_draw)
            yield money_row(f"{_('Cost')}, P{p}", one.cost.at(p).amount, other.cost.at(p).amount, noise)
        yield share_row(_("Chance within funding"), one.cost.funded_chance, other.cost.funded_chance)


def parts(one: Outlook, other: Outlook, is_other_draw: bool) -> Iterator[Row]:
    """The P80 finish and cost of each project, group and milestone in both."""
    before = {(part.kind, part.code): part for part in (*one.projects, *one.groups, *one.milestones)}
    for part in (*other.projects, *other.groups, *other.milestones):
        was = before.get((part.kind, part.code))
        name = f"{part.code} {part.title}"
        if was is None:
            yield Row(name=name, before="–", after=day(part.finish.at(80).day) if part.finish else "–", change=_("new"))
            continue
        if was.finish and part.finish:
            noise = noise_of(was.finish.at(80).standard_error_days, part.finish.at(80).standard_error_days, is_other_draw)
            yield days_row(_("%(name)s: finish, P80") % {"name": name}, was.finish.at(80).day, part.finish.at(80).day, noise)
        if was.cost and part.cost:
            noise = noise_of(was.cost.at(80).standard_error, part.cost.at(80).standard_error, is_other_draw)
            yield money_row(_("%(name)s: cost, P80") % {"name": name}, was.cost.at(80).amount, part.cost.at(80).amount, noise)


def drivers(one: Sequence[Driver], other: Sequence[Driver]) -> Iterator[Row]:
    """Days that P80 would lose without each, where that moved by a tenth of a day; the largest moves first."""
    before, after = ({(row.kind, row.ref, row.projects[:1]): row for row in each} for each in (one, other))
    moves = []
    for key in {*before, *after}:
        was, now = before.get(key), after.get(key)
        shown = now or was
        change = (now.days if now else 0.0) - (was.days if was else 0.0)
        if shown is not None and abs(change) >= 0.1:
            moves.append((abs(change), f"{shown.ref} {shown.title}", was.days if was else None, now.days if now else None, change))
    for _size, name, old, new, change in sorted(moves, key=lambda move: (-move[0], move[1]))[:MOST_DRIVERS]:
        yield Row(name=name, before=in_days(old), after=in_days(new), change=signed(change, 1), sense=sense(change))


def critical(one: Outlook, other: Outlook) -> Iterator[Row]:
    """Activities whose share of the runs in which they drive the finish moved by two points."""
    before, after = ({(row.project, row.code, row.name): row.share for row in each.critical} for each in (one, other))
    moves = [(after.get(key, 0.0) - before.get(key, 0.0), key) for key in {*before, *after}]
    for change, key in sorted(moves, key=lambda move: (-abs(move[0]), move[1]))[:MOST_CRITICAL]:
        if abs(change) >= 0.02:
            yield share_row(" ".join(key), before.get(key), after.get(key), is_neutral=True)


def summary(inputs: Sequence[Input], one: Outlook, other: Outlook) -> Iterator[str]:
    """What changed and what came of it, in sentences."""
    if inputs:
        touched = [part.name.lower() for part in inputs if part.changes]
        yield _("Between the runs changed: %(parts)s.") % {"parts": ", ".join(touched)} if touched else _("The same went into both.")
    finish = (one.programme.finish, other.programme.finish)
    if finish[0] and finish[1]:
        moved_by = (finish[1].at(80).day - finish[0].at(80).day).days
        words = _("stays at") if not moved_by else _("moved by %(n)s days, to") % {"n": signed(moved_by)}
        text = _("The P80 finish %(words)s %(day)s (± %(error)s days).")
        error = number(finish[1].at(80).standard_error_days, 1)
        yield text % {"words": words, "day": day(finish[1].at(80).day), "error": error}
    cost = (one.programme.cost, other.programme.cost)
    if cost[0] and cost[1]:
        apart = cost[1].at(80).amount - cost[0].at(80).amount
        words = _("rose") if apart > 0 else _("fell")
        text = _("The P80 cost %(words)s by %(apart)s, to %(sum)s (± %(error)s).")
        error = money(cost[1].at(80).standard_error, 2)
        yield text % {"words": words, "apart": money(abs(apart), 2), "sum": money(cost[1].at(80).amount), "error": error}


def noise_of(one: float, other: float, is_other_draw: bool) -> float:
    """What two runs on other random numbers may differ by with nothing changed; on the same numbers every difference counts."""
    return 2 * math.hypot(one, other) if is_other_draw else 0.0


def days_row(name: str, one: date, other: date, noise: float = 0.0) -> Row:
    apart = (other - one).days
    change = _("%(n)s days") % {"n": signed(apart)}
    return moved_row(name, day(one), day(other), change, apart, noise)


def money_row(name: str, one: float, other: float, noise: float) -> Row:
    apart = round(other - one, -4)
    return moved_row(name, money(one, 2), money(other, 2), f"{signed(apart / MILLION, 2)} £m", apart, noise)


def moved_row(name: str, before: str, after: str, change: str, apart: float, noise: float) -> Row:
    if apart and abs(apart) <= noise:
        return Row(name=name, before=before, after=after, change=_("%(change)s, within chance") % {"change": change})
    return Row(name=name, before=before, after=after, change=change, sense=sense(apart))


def share_row(name: str, one: float | None, other: float | None, *, is_neutral: bool = False) -> Row:
    def shown(value: float | None) -> str:
        return "–" if value is None else f"{number(value * 100, 1)} %"

    apart = (other or 0.0) - (one or 0.0)
    change = _("%(n)s points") % {"n": signed(apart * 100, 1)}
    return Row(name=name, before=shown(one), after=shown(other), change=change, sense="same" if is_neutral else sense(-apart))


def in_days(value: float | None) -> str:
    return "–" if value is None else _("%(n)s days") % {"n": signed(value, 1)}


def sense(more_is_worse: float) -> str:
    return "worse" if more_is_worse > 0 else "better" if more_is_worse < 0 else "same"


def as_json(found: Comparison) -> dict[str, Any]:
    """For programs and the command line."""
    rows = {name: [plain(row) for row in getattr(found, name)] for name in ("results", "parts", "drivers", "critical")}
    return {
        "before": found.before.ref,
        "after": found.after.ref,
        "summary": list(found.summary),
        "inputs": [
            {"part": part.name, "same": part.is_same, "digests": list(part.digests), "changes": list(part.changes)} for part in found.inputs
        ],
        "fault": found.fault,
        **rows,
    }


def plain(row: Row) -> dict[str, str]:
    return {"name": row.name, "before": row.before, "after": row.after, "change": row.change, "sense": row.sense}
