"""The parts of a pack: the initiative itself and what stands directly below it, each with the people who answer for it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.db.models import Model, Q

from mainstay.accounts.models import Account
from mainstay.initiatives.appointment.model import Appointment
from mainstay.initiatives.appointment.register import AppointmentRegister
from mainstay.initiatives.initiative.model import Initiative, InitiativeKind
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.register.access import below, visible_to
from mainstay.register.words import local
from mainstay.reporting.board_pack.facts import Place

INNER = (InitiativeKind.TRANCHE, InitiativeKind.STAGE)
"""Levels that only divide the one above; what lies in them counts for the part that they are in."""
SPONSORS, MANAGERS = ("sro", "project_executive"), ("programme_manager", "project_manager")
OPEN = frozenset(InitiativeRegister.states.open) if InitiativeRegister.states else frozenset()

People = dict[tuple[int, str], str]
"""Initiative and role → who holds it."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The initiatives below one, and the part that each counts in."""

    whole: Initiative
    places: tuple[Place, ...]
    """The whole first, then its parts by code."""
    initiatives: Mapping[int, Initiative]
    part_of: Mapping[int, str]
    ids: tuple[int, ...] = ()
    """The initiatives whose rows count, where only some parts are asked for; else all that lies below the whole."""

    def code(self, pk: int | None) -> str:
        """The code of the part that an initiative counts in; empty where it lies outside."""
        return self.part_of.get(pk or 0, "")

    def within(self, lookup: str, model: type[Model]) -> Q:
        """The rows that count, by the path to which `lookup` leads."""
        if self.ids:
            return Q(**{f"{lookup.removesuffix('__path')}__in": self.ids})
        return below(lookup, [self.whole.path], model)


def parts_of(initiative: Initiative, account: Account | None) -> Parts:
    """Two queries: the initiatives that `account` may see, and the appointments at the parts."""
    rows = list(
        visible_to(account, InitiativeRegister)
        .filter(below("path", [initiative.path]), is_withdrawn=False)
        .select_related("office")
        .order_by("path")
    )
    whole = next(row for row in rows if row.pk == initiative.pk)
    return divided(whole, rows, partial(appointed, account))


def parts_among(whole: Initiative, chosen: Sequence[Initiative], account: Account | None) -> Parts:
    """Some of the parts of an initiative, with what lies in them and without their people, as measures need them; two queries."""
    inside = below("path", [row.path for row in chosen])
    rows = visible_to(account, InitiativeRegister).filter(inside, is_withdrawn=False).select_related("office")
    ids = tuple(Initiative.objects.filter(inside).values_list("pk", flat=True))
    return replace(divided(whole, list(rows), lambda _parts: {}), ids=ids or (0,))


def divided(whole: Initiative, rows: Sequence[Initiative], named: Callable[[list[Initiative]], People]) -> Parts:
    """Which part of `whole` each of the rows counts in."""
    part_of: dict[int, Initiative] = {whole.pk: whole}
    for row in sorted(rows, key=lambda row: row.path.count("/")):
        if row.pk != whole.pk:
            above = part_of.get(row.parent_id or 0, whole)
            part_of[row.pk] = row if above is whole and row.kind not in INNER else above
    parts = sorted({row.pk: row for row in part_of.values() if row.pk != whole.pk}.values(), key=lambda row: row.code)
    people = named([whole, *parts])
    places = tuple(place(row, people) for row in (whole, *parts))
    return Parts(whole, places, {row.pk: row for row in rows}, {pk: row.code for pk, row in part_of.items()})


def appointed(account: Account | None, initiatives: Sequence[Initiative]) -> People:
    """Who holds the roles that a pack names: initiative and role → names."""
    live = Appointment.live().filter(pk__in=visible_to(account, AppointmentRegister).values("pk"))
    rows = live.filter(initiative__in=initiatives, role__in=(*SPONSORS, *MANAGERS)).select_related("person").order_by("pk")
    found: dict[tuple[int, str], str] = {}
    for row in rows:
        key = (row.initiative_id or 0, row.role)
        found[key] = f"{found[key]}, {row.person.title}" if key in found else row.person.title
    return found


def place(row: Initiative, people: People) -> Place:
    def holder(roles: Iterable[str]) -> str:
        return next((people[row.pk, role] for role in roles if (row.pk, role) in people), "")

    return Place(
        pk=row.pk,
        code=row.code,
        title=row.title,
        kind=row.kind,
        state=row.state,
        path=row.path,
        objectives=row.objectives,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        budget=row.budget,
        contingency=row.contingency,
        price_base=row.price_base,
        marking=row.marking,
        office=row.office.title if row.office else "",
        sponsor=holder(SPONSORS),
        manager=holder(MANAGERS),
        changed_on=local(row.updated_at).date(),
        is_closed=row.state not in OPEN,
    )
