"""Editing a cell of a list where it stands: its form, and the row as it is after the cell was saved."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mainstay.register import actions, telling
from mainstay.register.access import may
from mainstay.register.errors import Invalid, NotFound, Refused, Stale
from mainstay.register.filters import Selection
from mainstay.register.gate import EntryForm, form_class
from mainstay.register.history import Actor
from mainstay.register.models import Change
from mainstay.register.pages.addresses import Address
from mainstay.register.pages.fields import dress
from mainstay.register.pages.page import Page, record_of, version_of
from mainstay.register.pages.rows import Writer
from mainstay.register.pages.shown import Shown, row_of
from mainstay.register.requests import actor_of
from mainstay.register.spec import Register
from mainstay.register.tables import Cells, chosen, columns_of

RAISE_NO_VERSION = ("comment", "uncomment", "attach", "detach", "link", "unlink")
MOST_TOLD = 3


@require_http_methods(["GET", "HEAD", "POST"])
def cell(request: HttpRequest, register: type[Register], pk: int, name: str) -> HttpResponse:
    """GET: the form of the cell, as a fragment. POST: the row, or a sentence with 409 or 422 and nothing lost that was typed."""
    if name not in register.inline:
        raise NotFound
    record, actor = record_of(request, register, pk), actor_of(request)
    if not may(actor.account, "change", register, record):
        raise Refused(_("You may see %(ref)s but not change it.") % {"ref": record.ref})
    if request.method != "POST":
        if request.GET.get("row") == "now":
            return saved(request, register, record)
        return render(request, "register/parts/cell_form.html", form_context(register, record, name, actor))
    version, value = version_of(request), request.POST.getlist(name)[-1:]
    try:
        written = actions.change(register, pk, version, {name: read(register, name, value)}, actor)
    except Stale as fault:
        return conflict(request, register, name, fault, value[0] if value else "")
    except Invalid as fault:
        return refused(request, register, record, name, fault)
    return saved(request, register, written)


def one_field(register: type[Register], record: Any, name: str, actor: Actor, data: dict[str, Any] | None = None) -> EntryForm:
    """The record's form with this field alone."""
    form = form_class(register)(data, instance=record, account=actor.account)
    form.fields = {name: form.fields[name]}
    dress(register, form, actor.account)
    return form


def form_context(register: type[Register], record: Any, name: str, actor: Actor) -> dict[str, Any]:
    form = one_field(register, record, name, actor)
    if name not in form.fields:
        raise Refused(_("What stands here is withheld from you, so it stays as it is."))
    label = _("%(label)s of %(ref)s") % {"label": columns_of(register)[name].label, "ref": record.ref}
    widget = form.fields[name].widget
    if isinstance(widget, forms.RadioSelect):
        field = form.fields[name]
        field.widget = widget = forms.Select(choices=list(field.choices))  # type: ignore[attr-defined]  # radios have choices
    number = " ms-input--n" if columns_of(register)[name].kind == "number" else ""
    widget.attrs.update({"class": f"ms-input{number}", "aria-label": label, "id": f"cell-{record.pk}-{name}"})
    return {"field": form[name], "record": record, "name": name}


def read(register: type[Register], name: str, value: list[str]) -> str:
    """What was typed, cleaned of what people add to numbers: signs, spaces, commas between thousands."""
    text = value[0] if value else ""
    if columns_of(register)[name].kind == "number" and text:
        return text.replace("£", "").replace("%", "").replace(",", "").replace("−", "-").replace("\u00a0", "").replace(" ", "")
    return text


def saved(request: HttpRequest, register: type[Register], record: Any) -> HttpResponse:
    """The whole row, since what is worked out from the cell has changed with it."""
    account = actor_of(request).account
    record = record_of(request, register, record.pk)
    columns = chosen(register, request.GET.get("columns", "").split(","))
    found = Shown(register, Address(register, register.url("list"), request.GET), Selection(), columns, None, None)
    row = row_of(None, record, Cells(register, account, [record], columns).of(record), may_change=True)
    response = HttpResponse(Writer(found, register.inline, has_bulk=request.GET.get("bulk") != "no").row(row))
    response.headers["X-Version"] = str(record.version)
    return response


def refused(request: HttpRequest, register: type[Register], record: Any, name: str, fault: Invalid) -> HttpResponse:
    """One sentence: the record's reference, the field, what is wrong and what to do."""
    told = []
    for field, texts in fault.errors.items():
        label = columns_of(register)[field].label.lower() if field in columns_of(register) else columns_of(register)[name].label.lower()
        told += [_("%(ref)s, %(field)s: %(text)s") % {"ref": record.ref, "field": label, "text": text} for text in texts]
    return render(request, "register/parts/cell_fault.html", {"texts": told, "record": record}, status=422)


def conflict(request: HttpRequest, register: type[Register], name: str, fault: Stale, typed: str) -> HttpResponse:
    """Who has changed what since, with the way to save all the same: on the version that is there now."""
    record: Any = fault.record
    account = actor_of(request).account
    context = {"record": record, "name": name, "typed": typed, "label": columns_of(register)[name].label}
    context["changes"] = telling.told(register, account, changes_since(register, record, fault.read_version))
    context["now"] = Cells(register, account, [record], [columns_of(register)[name]]).of(record)[0].text
    return render(request, "register/parts/cell_conflict.html", context, status=409)


def changes_since(register: type[Register], record: Any, version: int | None) -> list[Change]:
    """The changes that have raised the version since, the latest first; remarks and links raise none."""
    raising = telling.changes_of(register, record.pk).exclude(verb__in=RAISE_NO_VERSION)
    return list(raising[: min(max(record.version - (version or record.version), 0), MOST_TOLD)])


PAGES = (Page("cell", "<int:pk>/cell/<slug:name>/", cell, for_entered=True),)
