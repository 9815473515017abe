"""Which standard holds where: the nearest one up the tree, unless a locked one stands above it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.initiatives.initiative.model import Initiative
from mainstay.initiatives.standard.model import Inheritance, Standard


def above(initiative: Initiative) -> list[Initiative]:
    """The initiative and all above it, nearest first; one query."""
    ids = [int(step) for step in initiative.path.split("/") if step]
    rows = Initiative.objects.filter(pk__in=ids).select_related("office").in_bulk()
    return [rows[pk] for pk in reversed(ids)]


def standards_for(initiative: Initiative, kind: str, name: str, on: date | None = None) -> list[Standard]:
    """All standards of this name that reach `initiative`, from the farthest to the nearest."""
    line = above(initiative)
    office_ids = steps(line_office_path(line))
    rows = in_force(kind, name, on).filter(Q(initiative__in=line) | Q(office_id__in=office_ids))
    return ranked(rows, office_ids, [step.pk for step in reversed(line)])


def in_force(kind: str, name: str, on: date | None) -> QuerySet[Standard]:
    """The standards of this name on a day, wherever they are set."""
    day = on or timezone.localdate()
    rows = Standard.objects.filter(kind=kind, name=name, is_withdrawn=False, valid_from__lte=day)
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def ranked(rows: Iterable[Standard], office_ids: Sequence[int], initiative_ids: Sequence[int]) -> list[Standard]:
    """In the order in which they hold: of the offices from the top, then of the initiatives from the top."""
    rank: dict[tuple[str, int], int] = {("office", pk): place for place, pk in enumerate(office_ids)}
    rank |= {("initiative", pk): len(office_ids) + place for place, pk in enumerate(initiative_ids)}
    return sorted(rows, key=lambda row: (rank[place_of(row)], row.valid_from, row.pk))


def place_of(row: Standard) -> tuple[str, int]:
    return ("initiative", row.initiative_id) if row.initiative_id else ("office", row.office_id or 0)


def steps(path: str) -> list[int]:
    """The ids of a path of initiatives or of offices, from the top."""
    return [int(step.lstrip("o")) for step in path.split("/") if step]


def line_office_path(line: list[Initiative]) -> str:
    """The path of the office that serves the first of `line` which has one."""
    return next((step.office.path for step in line if step.office), "")


def resolve(initiative: Initiative, kind: str, name: str, on: date | None = None) -> Any:
    """The content that holds for `initiative` on a day, or None where nothing of this name is set."""
    return held_by(standards_for(initiative, kind, name, on))


def resolve_many(initiatives: Sequence[Initiative], kind: str, name: str, on: date | None = None) -> dict[int, Any]:
    """What `resolve` says of each initiative, by its key; two queries, however many they are."""
    lines = {one.pk: steps(one.path) for one in initiatives}
    every = {step for line in lines.values() for step in line}
    standards: dict[tuple[str, int], list[Standard]] = {}
    for row in in_force(kind, name, on).filter(Q(initiative__in=every) | Q(office__isnull=False)):
        standards.setdefault(place_of(row), []).append(row)
    if not standards:
        return dict.fromkeys(lines)
    offices = dict(Initiative.objects.filter(pk__in=every, office__isnull=False).order_by().values_list("pk", "office__path"))
    found: dict[int, Any] = {}
    for pk, line in lines.items():
        office_ids = steps(next((offices[step] for step in reversed(line) if step in offices), ""))
        reached = [("office", step) for step in office_ids] + [("initiative", step) for step in line]
        found[pk] = held_by(ranked([row for place in reached for row in standards.get(place, ())], office_ids, line))
    return found


def held_by(standards: Iterable[Standard]) -> Any:
    """What these standards say together, the farthest first; None where there are none.

    What a standard lets those below do holds for all of them: below an extend-only one nothing is replaced, whatever a lower one says.
    """
    value: Any = None
    may_replace = True
    for standard in standards:
        value = standard.value if may_replace else extended(value, standard.value)
        may_replace = may_replace and standard.inheritance == Inheritance.FREE
        if standard.inheritance == Inheritance.LOCKED:
            return value
    return value


def extended(value: Any, addition: Any) -> Any:
    """`value` with what `addition` adds; nothing that stands is taken away or altered."""
    if isinstance(value, dict) and isinstance(addition, dict):
        return {**addition, **{key: extended(held, addition[key]) if key in addition else held for key, held in value.items()}}
    if isinstance(value, list) and isinstance(addition, list):
        return value + [item for item in addition if item not in value]
    return value


def refuse_override(standard: Standard) -> None:
    """A standard may not be set below a locked one of its name."""
    place = standard.initiative
    if place is None or not place.path:
        return
    for higher in standards_for(place, standard.kind, standard.name, standard.valid_from):
        if higher.pk != standard.pk and higher.inheritance == Inheritance.LOCKED and higher.initiative_id != place.pk:
            raise ValidationError(
                {
                    "name": _("%(title)s is locked at %(place)s and holds here as it is.")
                    % {"title": higher.title, "place": higher.initiative or higher.office}
                }
            )
