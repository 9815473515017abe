"""What the page of an initiative shows beside its own fields: figures, what is below it, roles, registers, what moved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.initiatives.appointment.model import Appointment
from mainstay.initiatives.initiative.model import Initiative, InitiativeKind
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.initiatives.roles import ROLES
from mainstay.initiatives.standards import above
from mainstay.register import asat, links, panels, telling, words
from mainstay.register.access import below, paths_for, visible_to
from mainstay.register.asat import Moment
from mainstay.register.models import Change
from mainstay.register.panels import MAIN, SIDE, Figure, Panel
from mainstay.register.spec import REGISTERS, Register

MOST_CHILDREN = 100
MOST_BELOW = 400
"""Initiatives below one for which its page still counts records; a whole portfolio is counted in its reports."""
MOST_CHANGES = 8
LOOK_BACK = 20_000
"""Changes that are looked through for the latest ones below an initiative."""
WANTED = {
    InitiativeKind.PORTFOLIO: (),
    InitiativeKind.PROGRAMME: ("sro", "programme_manager", "business_change_manager"),
    InitiativeKind.TRANCHE: (),
    InitiativeKind.PROJECT: ("project_executive", "project_manager"),
    InitiativeKind.STAGE: (),
}
"""Roles that each kind of initiative needs; an empty one is said."""


def add_to_pages() -> None:
    """Called while the apps load."""
    key = InitiativeRegister.key
    panels.add_figures(key, figures, order=10)
    panels.add(key, children, order=10)
    panels.add(key, registers, order=20)
    panels.add(key, roles, order=10)
    panels.add(key, moved, order=30)


def figures(initiative: Initiative, account: Account | None, moment: Moment | None) -> list[Figure]:  # noqa: ARG001  # the builders' signature
    """Money and time as approved."""
    source = _("approved · version %(version)d · %(at)s") % {
        "version": initiative.version,
        "at": words.day(words.local(initiative.as_at).date()),
    }
    found = []
    if initiative.budget is not None:
        label = _("Approved budget, %(base)s") % {"base": initiative.price_base} if initiative.price_base else _("Approved budget")
        found.append(Figure(label, millions(initiative.budget), source))
    if initiative.contingency is not None:
        share = f"{initiative.contingency / initiative.budget * 100:.0f} % {_('of the budget')}" if initiative.budget else ""
        found.append(Figure(_("Contingency held"), millions(initiative.contingency), source, unit=share))
    if initiative.ends_on:
        on = words.local(moment.at).date() if moment else timezone.localdate()
        found.append(
            Figure(
                _("Approved finish"),
                words.day(initiative.ends_on),
                source,
                delta=distance(initiative.ends_on, on, is_open=initiative.state != "closed"),
            )
        )
    return found


def millions(amount: Decimal) -> str:
    return f"£{amount / 1_000_000:,.1f}m" if abs(amount) >= 1_000_000 else f"£{words.number(amount)}"


def distance(end: date, on: date, *, is_open: bool) -> dict[str, str] | None:
    days = (end - on).days
    if days >= 0 or not is_open:
        return None
    return {"text": _("%(n)d days past, not closed") % {"n": -days}, "sense": "worse", "direction": "up"}


@dataclass(frozen=True, slots=True)
class Child:
    """An initiative below, as a line of the table."""

    initiative: Initiative
    url: str
    state: str
    manager: str


def children(initiative: Initiative, account: Account | None, moment: Moment | None) -> Panel | None:
    """What is directly below, with who manages it."""
    rows = list(
        visible_to(account, InitiativeRegister).filter(parent=initiative.pk, is_withdrawn=False).order_by("code")[: MOST_CHILDREN + 1]
    )
    if moment is not None:
        rows = asat.roll_back(InitiativeRegister, rows, asat.past_values(InitiativeRegister, moment.sequence, [row.pk for row in rows]))
    if not rows:
        return None
    shown = rows[:MOST_CHILDREN]
    managers = {
        held.initiative_id: held.person.title
        for held in Appointment.live()
        .filter(initiative__in=shown, role__in=("project_manager", "programme_manager"))
        .select_related("person")
    }
    states = InitiativeRegister.states
    lines = [
        Child(row, InitiativeRegister.url("detail", row), states.label(row.state) if states else "", managers.get(row.pk, ""))
        for row in shown
    ]
    budgets = [row.budget for row in shown if row.budget is not None]
    context = {
        "lines": lines,
        "is_more": len(rows) > MOST_CHILDREN,
        "list_url": f"{InitiativeRegister.url()}?parent={initiative.pk}",
        "total": sum(budgets) if budgets else None,
        "without": len(shown) - len(budgets),
    }
    return Panel("below", _("Below it"), "initiatives/overview_children.html", context, _("each as approved"), MAIN)


@dataclass(frozen=True, slots=True)
class Line:
    """One register with what it holds here and below."""

    title: str
    url: str
    open_count: int
    late_count: int | None
    latest: str
    latest_url: str
    latest_at: Any


def registers(initiative: Initiative, account: Account | None, moment: Moment | None) -> Panel | None:
    """What each register holds here and below: how many are open, how many of these are past their day, the last that changed."""
    if moment is not None or Initiative.objects.filter(below("path", [initiative.path])).count() > MOST_BELOW:
        return None
    held = {
        register: visible_to(account, register).filter(below("initiative__path", [initiative.path]), is_withdrawn=False)
        for register in REGISTERS.values()
        if register.states and register.model.PARENT == "initiative" and paths_for(account, register, "view")
    }
    counts = counted(held)
    shown = [line_of(register, initiative, rows, counts[register.key]) for register, rows in held.items() if register.key in counts]
    empty = [(register.title(), list_url(register, initiative)) for register in held if register.key not in counts]
    return Panel(
        "registers",
        _("Registers"),
        "initiatives/overview_registers.html",
        {"lines": shown, "empty": empty},
        _("here and below · live"),
        MAIN,
    )


def counted(held: Mapping[type[Register], QuerySet[Any]]) -> dict[str, tuple[int, int]]:
    """Key of a register that holds any rows → how many are open, and how many of these are past their day; one query for all."""
    parts = []
    for register, rows in held.items():
        assert register.states is not None  # noqa: S101  # the caller has looked
        is_open = Q(state__in=register.states.open)
        is_late = is_open & Q(**{f"{register.due}__lt": timezone.localdate()}) if register.due else Q(pk__isnull=True)
        grouped = rows.order_by().annotate(of_register=Value(register.key)).values("of_register")
        counts = {"open_count": Count("pk", filter=is_open), "late_count": Count("pk", filter=is_late), "all_count": Count("pk")}
        parts.append(grouped.annotate(**counts))
    found = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0] if parts else ()
    return {line["of_register"]: (line["open_count"], line["late_count"]) for line in found if line["all_count"]}


def list_url(register: type[Register], initiative: Initiative) -> str:
    return f"{register.url()}?in={initiative.pk}"


def line_of(register: type[Register], initiative: Initiative, rows: QuerySet[Any], counts: tuple[int, int]) -> Line:
    latest = rows.order_by("-updated_at", "-pk").first()
    return Line(
        register.title(),
        list_url(register, initiative),
        counts[0],
        counts[1] if register.due else None,
        str(latest) if latest else "",
        register.url("detail", latest) if latest else "",
        latest.updated_at if latest else None,
    )


@dataclass(frozen=True, slots=True)
class Held:
    """A role with who holds it; nobody where it is empty."""

    role: str
    person: str
    has_left: bool
    url: str
    place: str
    """The initiative above from which it reaches down, or ""."""


def roles(initiative: Initiative, account: Account | None, moment: Moment | None) -> Panel | None:
    """Who holds which role here, then who reaches down from above; roles that ought to be held and are not."""
    line = above(initiative)
    on = words.local(moment.at).date() if moment else timezone.localdate()
    register = REGISTERS["initiatives.appointment"]
    in_force = visible_to(account, register).filter(is_withdrawn=False, since__lte=on).filter(Q(until__isnull=True) | Q(until__gte=on))
    rows = list(in_force.filter(initiative__in=line).select_related("person", "initiative"))
    rank = {place.pk: number for number, place in enumerate(line)}
    order = list(ROLES)
    rows.sort(key=lambda row: (rank[row.initiative_id], order.index(row.role) if row.role in order else 99, row.person.title))
    held = [
        Held(
            str(ROLES[row.role].label) if row.role in ROLES else row.role,
            row.person.title,
            row.person.has_left,
            register.url("detail", row),
            "" if row.initiative_id == initiative.pk else row.initiative.code,
        )
        for row in rows
    ]
    named = {row.role for row in rows if row.initiative_id == initiative.pk}
    missing = (
        [str(ROLES[role].label) for role in WANTED[InitiativeKind(initiative.kind)] if role not in named]
        if paths_for(account, register, "view")
        else []
    )
    if not held and not missing:
        return None
    return Panel(
        "roles",
        _("Roles"),
        "initiatives/overview_roles.html",
        {"held": held, "missing": missing},
        _("in force on %(day)s") % {"day": words.day(on)},
        SIDE,
    )


def moved(initiative: Initiative, account: Account | None, moment: Moment | None) -> Panel | None:
    """The latest changes here and below, each with what changed."""
    last = moment.sequence if moment else Change.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    keys = [key for key, register in REGISTERS.items() if paths_for(account, register, "view")]
    # Joined with nothing, so that a database walks back from the newest change and does not gather those of whole registers.
    changes = (
        Change.objects.annotate(of_register=Concat("register", Value("")))
        .filter(below("path", [initiative.path]), of_register__in=keys, record_id__isnull=False)
        .filter(sequence__lte=last, sequence__gt=last - LOOK_BACK)
        .order_by("-sequence")[: MOST_CHANGES * 3]
    )
    latest: dict[tuple[str, int], Change] = {}
    for change in changes:
        latest.setdefault((change.register, change.record_id or 0), change)
    rows = links.seen(account, latest)
    items = [item_of(change, rows[key]) for key, change in latest.items() if key in rows and key != (InitiativeRegister.key, initiative.pk)]
    return (
        Panel("moved", _("What moved"), "initiatives/overview_moved.html", {"items": items[:MOST_CHANGES]}, _("newest first"), SIDE)
        if items
        else None
    )


def item_of(change: Change, record: Any) -> dict[str, Any]:
    register = REGISTERS[change.register]
    fields = [telling.label_of(register, name) for name in change.after if name not in telling.QUIET]
    is_new = change.verb in ("create", "import")
    what = _("new") if is_new else ", ".join(fields[:3]) or telling.what(register, change)
    return {
        "mark": "+" if is_new else "Δ",
        "label": str(record),
        "url": register.url("detail", record),
        "text": what,
        "source": change.actor_name,
        "when": words.day(words.local(change.at).date()),
    }
