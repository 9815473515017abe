"""Commissioning: a definition asked of a set of initiatives for a period, each getting its return, all or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.initiatives.appointment.model import Appointment
from mainstay.initiatives.initiative.model import Initiative
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.organisation.models import Person
from mainstay.register import derived, document, numbering, store
from mainstay.register.access import below, may, paths_for, visible_to
from mainstay.register.errors import Invalid, NotFound, Refused
from mainstay.register.history import Actor
from mainstay.register.once import claim, settle
from mainstay.register.once import made as made_before
from mainstay.register.record import Source
from mainstay.reporting.commission.model import Commission
from mainstay.reporting.commission.register import CommissionRegister
from mainstay.reporting.cycle import calendar, content, filling
from mainstay.reporting.definition.model import Definition
from mainstay.reporting.definition.register import DefinitionRegister
from mainstay.reporting.project_return.model import Return
from mainstay.reporting.project_return.register import ReturnRegister

ASKED_STATES = ("proposed", "definition", "delivery", "closing")
"""A paused or closed initiative is not asked."""
SUPPLIERS = ("project_manager", "programme_manager")
SPONSORS = ("project_executive", "sro")
LONGEST_PERIOD = 40
TAKEN = ("code", "title", "path", "kind", "state", "parent", "marking")


@dataclass(frozen=True, slots=True)
class Asked:
    """An initiative that may be asked, and of whom."""

    initiative: Initiative
    supplier: Person | None
    confirmer: Person | None
    is_paused: bool = False


def may_commission(definition: Definition, actor: Actor) -> bool:
    return definition.state == "in_use" and any(
        definition.initiative.path.startswith(path) for path in paths_for(actor.account, CommissionRegister, "create")
    )


def candidates(definition: Definition, account: Account | None) -> list[Asked]:
    """The initiatives at and below the definition's place that are of the level asked, with the people; a constant number of queries.

    Of each only what a form or a return takes from it is read.
    """
    rows = list(
        visible_to(account, InitiativeRegister)
        .filter(below("path", [definition.initiative.path]), kind=definition.asks, is_withdrawn=False)
        .filter(state__in=(*ASKED_STATES, "paused"))
        .order_by("code")
        .only(*TAKEN)
    )
    above = [int(step) for step in definition.initiative.path.split("/") if step]
    held: dict[tuple[int, str], Person] = {}
    here = below("initiative__path", [definition.initiative.path]) | Q(initiative__in=above)
    # Read apart and not joined: few people hold many appointments, and each of them is then made once.
    appointed = Appointment.live().filter(here, role__in=(*SUPPLIERS, *SPONSORS)).order_by("-pk")
    told = list(appointed.values_list("initiative", "role", "person"))
    people = Person.objects.in_bulk({person for _place, _role, person in told})
    there = {pk for pk, person in people.items() if not person.has_left}
    for place, role, person in told:
        if person in there:
            held[place or 0, role] = people[person]
    return [Asked(row, nearest(row, SUPPLIERS, held), nearest(row, SPONSORS, held), row.state == "paused") for row in rows]


def nearest(row: Initiative, roles: Sequence[str], held: Mapping[tuple[int, str], Person]) -> Person | None:
    """Who holds one of `roles` at the initiative, else at the nearest one above it."""
    for step in reversed(row.path.strip("/").split("/")):
        for role in roles:
            if (found := held.get((int(step), role))) is not None:
                return found
    return None


@transaction.atomic
def commission(
    definition: Definition,
    initiatives: Sequence[int],
    period: tuple[date, date],
    actor: Actor,
    *,
    name: str = "",
    days: Mapping[str, date] | None = None,
    once: str = "",
) -> Commission:
    """Ask `definition` of these initiatives for the days of `period`. `once` names a request that may come twice.

    Raises NotFound, Refused, or Invalid with a sentence for each value that cannot be used; nothing is left of it then.
    """
    held = (
        visible_to(actor.account, DefinitionRegister).select_for_update(of=("self",)).filter(pk=definition.pk, is_withdrawn=False).first()
    )
    if held is None:
        raise NotFound
    if not may(actor.account, "create", CommissionRegister) or not may_commission(held, actor):
        raise Refused(_("You may not commission this return, or it is not in use."))
    if once and (before := claim(CommissionRegister, actor, once)) is not None:
        return cast("Commission", made_before(CommissionRegister, actor, before))
    first, last = period
    name = name.strip() or calendar.called(first, last)
    told = dict(days or calendar.days(held, held.initiative, last))
    wanted = set(initiatives)
    chosen = [asked for asked in candidates(held, actor.account) if asked.initiative.pk in wanted]
    check(held, chosen, initiatives, first, last, name, told)
    digest = store.put(document.to_bytes(content.read(held.content).pinned()))
    made = Commission(
        initiative=held.initiative,
        title=f"{held.title}, {name}"[:200],
        state="open",
        source=Source.DERIVED,
        marking=held.marking,
        owner=Person.objects.filter(account=actor.account).first() or held.owner,
        definition=held,
        definition_version=held.version,
        content_digest=digest,
        period=name,
        period_from=first,
        period_to=last,
        **told,
    )
    made.ref = numbering.free_reference(CommissionRegister, made)
    made.save(force_insert=True)
    derived.introduce(CommissionRegister, [made], actor, verb="create")
    ask(made, chosen, actor)
    if once:
        settle(CommissionRegister, actor, once, made.pk)
    return made


def ask(commission: Commission, chosen: Sequence[Asked], actor: Actor) -> list[Return]:
    """A return for each initiative, with the answers that are kept from its last one."""
    earlier = last_answers(commission)
    asks = filling.content_under(commission.content_digest)
    kept = {question.name for question in asks.questions() if question.is_kept}
    made = [
        Return(
            initiative=asked.initiative,
            title=commission.title,
            state="asked",
            source=Source.DERIVED,
            marking=asked.initiative.marking,
            owner=asked.supplier,
            confirmer=asked.confirmer,
            commission=commission,
            due_on=commission.due_on,
            scale=asks.rating_scale.key,
            answers={name: value for name, value in earlier.get(asked.initiative.pk, {}).items() if name in kept},
        )
        for asked in chosen
    ]
    numbering.number_all(ReturnRegister, made)
    Return.objects.bulk_create(made, batch_size=500)
    derived.introduce(ReturnRegister, made, actor, verb="create")
    return made


def last_answers(commission: Commission) -> dict[int, dict[str, Any]]:
    """The answers of each initiative's last return to the same definition."""
    rows = (
        Return.objects.filter(
            commission__definition=commission.definition,
            commission__period_to__lt=commission.period_to,
            sent_at__isnull=False,
            is_withdrawn=False,
        )
        .order_by("commission__period_to", "pk")
        .values_list("initiative", "answers")
    )
    return dict(rows)


def check(
    definition: Definition,
    chosen: Sequence[Asked],
    wanted: Sequence[int],
    first: date,
    last: date,
    name: str,
    days: Mapping[str, date],
) -> None:
    errors: dict[str, list[str]] = {}
    if last < first:
        errors["period_to"] = [_("The last day of the period is before its first.")]
    if len(name) > LONGEST_PERIOD:
        errors["name"] = [_("This is longer than %(count)d characters.") % {"count": LONGEST_PERIOD}]
    if not wanted:
        errors["initiatives"] = [_("Choose at least one initiative.")]
    elif len(chosen) != len(set(wanted)):
        errors["initiatives"] = [_("One of the initiatives is not there, or it is not yours to see.")]
    if list(days.values()) != sorted(days.values()):
        errors["due_on"] = [_("A return is asked, sent, checked, confirmed and frozen in this order. Let the days rise.")]
    if (
        Commission.objects.filter(definition=definition, period_from=first, period_to=last, is_withdrawn=False)
        .exclude(state="cancelled")
        .exists()
    ):
        errors["name"] = [_("This period has been commissioned already.")]
    if errors:
        raise Invalid(errors)
