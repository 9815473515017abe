"""The same change to many rows of a list: chosen, looked at row by row, then done for all of them or for none."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mainstay.register import actions, many
from mainstay.register.access import may
from mainstay.register.actions import InvalidRows
from mainstay.register.errors import Invalid, Refused
from mainstay.register.filters import read
from mainstay.register.gate import form_class
from mainstay.register.history import Actor
from mainstay.register.many import Wanted
from mainstay.register.pages.addresses import Address
from mainstay.register.pages.fields import dress
from mainstay.register.pages.page import Page, text_of
from mainstay.register.pages.told import tell
from mainstay.register.requests import actor_of
from mainstay.register.selecting import chosen_rows, ordered
from mainstay.register.spec import Register
from mainstay.register.tables import columns_of
from mainstay.register.transfer.lines import shown
from mainstay.register.transfer.verdicts import with_label
from mainstay.register.typed import whole_number

MOST_ROWS = 2_000
"""Rows changed in one request; an import takes more."""
SHOWN = 200
VERBS = {"change": "change", "move": "change", "withdraw": "withdraw"}


@dataclass(slots=True)
class Outcome:
    """What would become of one row."""

    record: Any
    was: str = ""
    now: str = ""
    faults: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Order:
    """What is asked: the rows as they were read, what to do with them, and why."""

    register: type[Register]
    actor: Actor
    do: str
    wanted: list[Wanted]
    name: str = ""
    move: str = ""
    value: Any = ""
    reason: str = ""
    problems: list[str] = field(default_factory=list)


@require_POST
def bulk(request: HttpRequest, register: type[Register]) -> HttpResponse:
    """Step by step on one address: what to set, what it would do, and done."""
    order = order_of(request, register)
    if not may(order.actor.account, VERBS[order.do], register):
        raise Refused(_("You may not do this to %(what)s.") % {"what": register.title().lower()})
    step = request.POST.get("step", "")
    if not order.wanted:
        tell(request, _("Tick the rows first."))
        return redirect(back_of(request, register))
    outcomes: list[Outcome] = []
    if step in ("preview", "apply") and not complete(request, order):
        step = ""
    if step in ("preview", "apply"):
        outcomes = judged(order)
    if step == "apply" and not any(outcome.faults for outcome in outcomes):
        try:
            done = DOING[order.do](order)
        except InvalidRows as fault:
            outcomes = [
                Outcome(outcome.record, faults=texts_of(register, fault.rows.get(place, {}))) for place, outcome in enumerate(outcomes)
            ]
        else:
            tell(request, ngettext("%(n)s row is saved.", "%(n)s rows are saved.", len(done)) % {"n": len(done)})
            return redirect(back_of(request, register))
    status = 422 if order.problems or any(outcome.faults for outcome in outcomes) else 200
    return render(request, "register/bulk.html", context_of(request, order, outcomes), status=status)


def order_of(request: HttpRequest, register: type[Register]) -> Order:
    do = request.POST.get("do", "")
    found = Order(register, actor_of(request), do if do in VERBS else "change", wanted_of(request, register))
    found.reason = text_of(request, "reason")[:2000]
    name, move = request.POST.get("field", ""), request.POST.get("move", "")
    found.name = name if name in settable(register) else ""
    found.move = move if register.states and move in register.states.moves else ""
    return found


def settable(register: type[Register]) -> list[str]:
    """The fields that many rows can share a value of."""
    kinds = {name: columns_of(register)[name].kind for name in register.fields()}
    return [name for name in register.fields() if name not in ("title", "code") and kinds[name] not in ("json", "long")]


def wanted_of(request: HttpRequest, register: type[Register]) -> list[Wanted]:
    """The rows: ticked ones, those of an earlier step, or all that the list's address chooses, each at the version it has now."""
    if request.POST.get("all") == "yes" and "rows" not in request.POST:
        account = actor_of(request).account
        address = Address(register, register.url("list"), QueryDict(request.POST.get("query", "")[:4000]))
        rows = ordered(register, chosen_rows(register, account, read(register, address.query, account)), None)
        found = list(rows.values_list("pk", "version")[: MOST_ROWS + 1])
        return limited([Wanted(pk, version) for pk, version in found])
    texts = request.POST.get("rows", "").split(",") if "rows" in request.POST else request.POST.getlist("row")
    pairs = [text.partition(":") for text in texts[: MOST_ROWS + 1]]
    read_pairs = [(whole_number(pk), whole_number(version)) for pk, _colon, version in pairs]
    return limited([Wanted(pk, version) for pk, version in read_pairs if pk is not None and version is not None])


def limited(wanted: list[Wanted]) -> list[Wanted]:
    if len(wanted) > MOST_ROWS:
        raise Invalid(
            {
                "rows": [
                    _("More than %(most)s rows at once: narrow the list, or export it, change the file and import it.")
                    % {"most": f"{MOST_ROWS:,}"}
                ]
            }
        )
    return list({item.pk: item for item in wanted}.values())


def complete(request: HttpRequest, order: Order) -> bool:
    """Whether the step is filled; sets the value."""
    if order.do == "withdraw" and not order.reason:
        order.problems.append(_("Say why these rows are withdrawn: it is judged later by its reason."))
    if order.do == "move" and not order.move:
        order.problems.append(_("Choose the step."))
    if (
        order.do == "move"
        and order.register.states
        and order.move
        and order.register.states.moves[order.move].needs_reason
        and not order.reason
    ):
        order.problems.append(_("Say why: this step is judged later by its reason."))
    if order.do == "change":
        if not order.name:
            order.problems.append(_("Choose the field that is to be set."))
        else:
            order.value = request.POST.get(f"value-{order.name}", request.POST.get(order.name, "")).strip()
            order.wanted = [Wanted(item.pk, item.version, {order.name: order.value}) for item in order.wanted]
    return not order.problems


def judged(order: Order) -> list[Outcome]:
    """What each row would become, from the gate; steps and withdrawals from the rules that can be asked beforehand."""
    register = order.register
    records, _allowed = many.read(register, [item.pk for item in order.wanted], order.actor, "view", lock=False)
    if order.do == "change":
        column = columns_of(register)[order.name]
        was = {pk: shown(register, column, record, set()) for pk, record in records.items()}
        verdict = many.judge(register, order.wanted, order.actor)
        return [
            Outcome(
                records.get(item.pk),
                was.get(item.pk, ""),
                shown(register, column, verdict.records[place], set()) if place in verdict.records else "",
                texts_of(register, verdict.errors.get(place, {})),
            )
            for place, item in enumerate(order.wanted)
        ]
    verdict = many.judge(register, order.wanted, order.actor, verb=VERBS[order.do])
    found = []
    for place, item in enumerate(order.wanted):
        record = records.get(item.pk)
        outcome = Outcome(record, faults=texts_of(register, verdict.errors.get(place, {})))
        if order.do == "move" and record is not None:
            judge_move(order, outcome)
        elif order.do == "withdraw" and record is not None and record.is_withdrawn:
            outcome.faults.append(_("%(ref)s is withdrawn already.") % {"ref": record.ref})
        found.append(outcome)
    return found


def judge_move(order: Order, outcome: Outcome) -> None:
    register, record, states = order.register, outcome.record, order.register.states
    assert states is not None  # noqa: S101  # a move has been found among them
    step = states.moves[order.move]
    outcome.was, outcome.now = str(states.label(record.state)), str(states.label(step.target))
    if record.state not in step.sources:
        outcome.faults.append(_("From %(state)s there is no such step.") % {"state": outcome.was})
    elif empty := [register.label(name) for name in step.requires if getattr(record, name) in (None, "")]:
        outcome.faults.append(_("Fill %(fields)s first.") % {"fields": ", ".join(empty)})
    elif why := register.refusal(record, order.move, order.actor.account):
        outcome.faults.append(str(why))


def texts_of(register: type[Register], faults: many.Faults) -> list[str]:
    known = columns_of(register)
    return [
        with_label(known[name].label if name in known and name != "version" else "", text)
        for name, texts in faults.items()
        for text in texts
    ]


def set_value(order: Order) -> list[Any]:
    return many.change_many(order.register, order.wanted, order.actor, reason=order.reason)


def take_step(order: Order) -> list[Any]:
    return many.each(
        order.wanted, lambda item: actions.move(order.register, item.pk, item.version, order.move, order.actor, reason=order.reason)
    )


def withdraw(order: Order) -> list[Any]:
    return many.each(order.wanted, lambda item: actions.withdraw(order.register, item.pk, item.version, order.actor, reason=order.reason))


DOING: dict[str, Callable[[Order], list[Any]]] = {"change": set_value, "move": take_step, "withdraw": withdraw}


def context_of(request: HttpRequest, order: Order, outcomes: list[Outcome]) -> dict[str, Any]:
    register = order.register
    faulty = [outcome for outcome in outcomes if outcome.faults]
    changing = [outcome for outcome in outcomes if not outcome.faults and (order.do == "withdraw" or outcome.was != outcome.now)]
    return {
        "register": register,
        "title": TITLES[order.do](len(order.wanted), register),
        "breadcrumbs": [{"label": register.title(), "url": back_of(request, register)}],
        "order": order,
        "rows": ",".join(f"{item.pk}:{item.version}" for item in order.wanted),
        "list_query": request.POST.get("query", "")[:4000],
        "fields": fields_of(order),
        "moves": register.states.moves if register.states else {},
        "outcomes": [*faulty, *changing][:SHOWN],
        "more": max(0, len(faulty) + len(changing) - SHOWN),
        "faulty": len(faulty),
        "changing": len(changing),
        "same": len(outcomes) - len(faulty) - len(changing),
        "is_preview": bool(outcomes),
        "back": back_of(request, register),
    }


TITLES: dict[str, Callable[[int, type[Register]], str]] = {
    "change": lambda n, _register: ngettext("Set a value in %(n)s row", "Set a value in %(n)s rows", n) % {"n": f"{n:,}"},
    "move": lambda n, _register: ngettext("Move the state of %(n)s row", "Move the state of %(n)s rows", n) % {"n": f"{n:,}"},
    "withdraw": lambda n, _register: ngettext("Withdraw %(n)s row", "Withdraw %(n)s rows", n) % {"n": f"{n:,}"},
}


def fields_of(order: Order) -> list[Any]:
    """The fields that can be set, as bound fields; the one that is chosen holds its value."""
    if order.do != "change":
        return []
    form = form_class(order.register)({order.name: order.value} if order.name else None, account=order.actor.account, prefix=None)
    form.fields = {name: form.fields[name] for name in settable(order.register)}
    form.instance._state.adding = False
    dress(order.register, form, order.actor.account)
    for name, shown_field in form.fields.items():
        shown_field.required = shown_field.widget.is_required = False
        shown_field.widget.attrs["aria-labelledby"] = f"label-{name}"
        if not isinstance(shown_field.widget, forms.RadioSelect):
            shown_field.widget.attrs["class"] = "ms-input"
    return [form[name] for name in form.fields]


def back_of(request: HttpRequest, register: type[Register]) -> str:
    address = Address(register, register.url("list"), QueryDict(request.POST.get("query", "")[:4000]))
    return address.url(page=address.get("page"))


PAGES = (Page("bulk", "bulk/", bulk, for_entered=True),)
