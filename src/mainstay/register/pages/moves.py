"""Steps of a record from state to state, withdrawing it and bringing it back: each asked on a page that names what follows."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mainstay.accounts.models import Account
from mainstay.register import actions
from mainstay.register.access import verbs_on
from mainstay.register.asat import refuse_past
from mainstay.register.errors import ActionError, Invalid, NotFound, Refused, Stale
from mainstay.register.pages import fields, page
from mainstay.register.pages.page import Page, record_of
from mainstay.register.requests import actor_of, seen_at
from mainstay.register.spec import Register
from mainstay.register.states import Move


@dataclass(frozen=True, slots=True)
class Step:
    """A step that is open from the record's state, or the reason why this account may not take it."""

    name: str
    label: str
    url: str
    refusal: str = ""


def steps(register: type[Register], record: Any, account: Account | None) -> list[Step]:
    """The steps that lead on from where the record stands, in the register's order."""
    if not register.states or record.is_withdrawn or "change" not in verbs_on(account, register, record):
        return []
    return [
        Step(name, str(move.verb), f"{register.url('detail', record)}move/{name}/", str(register.refusal(record, name, account)))
        for name, move in register.states.moves_from(record.state).items()
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, register: type[Register], pk: int, name: str) -> HttpResponse:
    """Take a step, with its reason and the fields that it needs filled."""
    refuse_past(seen_at(request))
    record = record_of(request, register, pk)
    account = actor_of(request).account
    if not register.states or name not in register.states.moves:
        raise NotFound
    if "change" not in verbs_on(account, register, record):
        raise Refused(_("You may see %(ref)s but not change it.") % {"ref": record.ref})
    step = register.states.moves[name]
    if request.method == "POST":
        try:
            take(request, register, record, name)
            return HttpResponseRedirect(register.url("detail", pk))
        except (Invalid, Stale) as fault:
            return ask(request, register, record, name, step, fault)
    if name not in register.states.moves_from(record.state):
        raise Invalid({"state": [_("This step cannot be taken from “%(state)s”.") % {"state": register.states.label(record.state)}]})
    if why_not := register.refusal(record, name, account):
        raise Refused(str(why_not))
    return ask(request, register, record, name, step)


@transaction.atomic
def take(request: HttpRequest, register: type[Register], record: Any, name: str) -> None:
    """Fill what the step needs and take it: both or neither."""
    actor, version = actor_of(request), page.version_of(request)
    reason = page.text_of(request, "reason")
    form = step_form(request, register, record, name)
    values = {field: request.POST.get(field, "") for field in form.fields} if form is not None else {}
    if values:
        version = actions.change(register, record.pk, version, values, actor, reason=reason).version
    actions.move(register, record.pk, version, name, actor, reason=reason)


def step_form(request: HttpRequest, register: type[Register], record: Any, name: str) -> forms.ModelForm[Any] | None:
    """The fields that the step needs filled, as a form; a day is offered as today."""
    assert register.states is not None  # noqa: S101  # the caller has looked
    needed = [field for field in register.states.moves[name].requires if field in register.fields()]
    if not needed:
        return None
    form = fields.page_form(register, actor_of(request).account, instance=record, data=request.POST if request.method == "POST" else None)
    for field in list(form.fields):
        if field not in needed:
            del form.fields[field]
            continue
        form.fields[field].required = True
        if isinstance(form.fields[field], forms.DateField) and getattr(record, field) is None:
            form.initial[field] = timezone.localdate()
    return form


def ask(
    request: HttpRequest, register: type[Register], record: Any, name: str, step: Move, fault: ActionError | None = None
) -> HttpResponse:
    from mainstay.register.pages.detail import frame  # detail shows the steps, so it reads this module first

    form = step_form(request, register, record, name)
    context = frame(request, register, record) | {
        "form": form,
        "step": step,
        "target": register.states.label(step.target) if register.states else "",
        "source": register.states.label(record.state) if register.states else "",
        "reason": page.text_of(request, "reason"),
        "errors": page.error_list(register, fault),
        "reason_error": page.first_error(fault, "reason"),
        "is_stale": isinstance(fault, Stale),
    }
    return render(request, "register/move.html", context, status=page.status_of(fault))


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, register: type[Register], pk: int) -> HttpResponse:
    return in_or_out(request, register, pk, is_withdrawal=True)


@require_http_methods(["GET", "HEAD", "POST"])
def reinstate(request: HttpRequest, register: type[Register], pk: int) -> HttpResponse:
    return in_or_out(request, register, pk, is_withdrawal=False)


def in_or_out(request: HttpRequest, register: type[Register], pk: int, *, is_withdrawal: bool) -> HttpResponse:
    """Take the record out of the lists, or bring it back; the reason is asked for the first."""
    from mainstay.register.pages.detail import frame  # detail shows the steps, so it reads this module first

    refuse_past(seen_at(request))
    record = record_of(request, register, pk)
    if "withdraw" not in verbs_on(actor_of(request).account, register, record):
        raise Refused(_("You may see %(ref)s but not withdraw it or bring it back.") % {"ref": record.ref})
    fault: ActionError | None = None
    if request.method == "POST":
        act = actions.withdraw if is_withdrawal else actions.reinstate
        try:
            act(register, pk, page.version_of(request), actor_of(request), reason=page.text_of(request, "reason"))
            return HttpResponseRedirect(register.url("detail", pk))
        except (Invalid, Stale) as error:
            fault = error
    context = frame(request, register, record) | {
        "is_withdrawal": is_withdrawal,
        "reason": page.text_of(request, "reason"),
        "errors": page.error_list(register, fault),
        "reason_error": page.first_error(fault, "reason"),
        "is_stale": isinstance(fault, Stale),
    }
    return render(request, "register/withdraw.html", context, status=page.status_of(fault))


PAGES = (
    Page("move", "<int:pk>/move/<slug:name>/", move),
    Page("withdraw", "<int:pk>/withdraw/", withdraw),
    Page("reinstate", "<int:pk>/reinstate/", reinstate),
)
