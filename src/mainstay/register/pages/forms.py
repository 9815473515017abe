"""Making a record, changing it, copying it. A save that comes too late goes to the merge page with nothing typed lost."""

import secrets
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from mainstay.register import actions
from mainstay.register.access import may, verbs_on
from mainstay.register.asat import refuse_past
from mainstay.register.errors import Invalid, NotFound, Refused, Stale
from mainstay.register.gate import EntryForm, RecordChoice, form_for
from mainstay.register.pages import merging
from mainstay.register.pages.detail import frame, template_of
from mainstay.register.pages.fields import MOST_SUGGESTIONS, boxes_of, page_form, sections_of, values_of
from mainstay.register.pages.page import Fault, Page, record_of, text_of, version_of
from mainstay.register.requests import actor_of, seen_at
from mainstay.register.spec import Register
from mainstay.register.telling import changes_of
from mainstay.register.trail import crumbs

NOT_COPIED = frozenset({"code", "email"})
"""Fields that name one record only."""


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest, register: type[Register]) -> HttpResponse:
    refuse_past(seen_at(request))
    actor = actor_of(request)
    if not may(actor.account, "create", register):
        raise Refused(_("You may not add to %(register)s.") % {"register": register.title()})
    if request.method != "POST":
        offered = {name: request.GET[name] for name in register.fields() if name in request.GET}
        return blank(request, register, offered)
    try:
        made = actions.create(register, values_of(register, request.POST), actor, once=text_of(request, "once")[:80])
    except Invalid as fault:
        form = page_form(register, actor.account, data=request.POST)
        return page(request, register, form, once=text_of(request, "once")[:80], fault=fault, **new(register))
    return HttpResponseRedirect(register.url("detail", made))


@require_safe
def duplicate(request: HttpRequest, register: type[Register], pk: int) -> HttpResponse:
    """The form of a new record, filled from one at hand; nothing is written until it is sent."""
    refuse_past(seen_at(request))
    record = record_of(request, register, pk)
    if not may(actor_of(request).account, "create", register):
        raise Refused(_("You may not add to %(register)s.") % {"register": register.title()})
    # The values themselves: the form makes each one ready for its field, and content kept as JSON would be quoted twice.
    values = {name: getattr(record, register.field(name).attname) for name in register.fields() if name not in NOT_COPIED}
    return blank(request, register, values)


def blank(request: HttpRequest, register: type[Register], values: dict[str, Any]) -> HttpResponse:
    form = page_form(register, actor_of(request).account, initial=offered_values(register, request, values))
    return page(request, register, form, once=secrets.token_urlsafe(24), **new(register))


def offered_values(register: type[Register], request: HttpRequest, values: dict[str, Any]) -> dict[str, Any]:
    """What a new form starts with; a reference that the account may not choose is dropped."""
    form = form_for(register, {}, account=actor_of(request).account)
    kept = {}
    for name, value in values.items():
        field = form.fields[name]
        if isinstance(field, RecordChoice) and value not in (None, ""):
            found = field.look_up(str(value))
            if len(found) == 1:
                kept[name] = found[0].pk
        elif value is not None:
            kept[name] = value
    return kept


def new(register: type[Register]) -> dict[str, Any]:
    title = _("New %(name)s") % {"name": register.singular()}
    return {
        "title": title,
        "action": register.url("create"),
        "back": register.url("list"),
        "button": _("Save %(name)s") % {"name": register.singular()},
    }


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, register: type[Register], pk: int) -> HttpResponse:
    refuse_past(seen_at(request))
    actor, record = actor_of(request), record_of(request, register, pk)
    if "change" not in verbs_on(actor.account, register, record):
        raise Refused(_("You may see %(ref)s but not change it.") % {"ref": record.ref})
    if request.method != "POST":
        return page(request, register, page_form(register, actor.account, instance=record), record=record)
    values = values_of(register, request.POST)
    try:
        actions.change(register, pk, version_of(request), values, actor, reason=text_of(request, "reason"))
    except Stale:
        return merging.page(request, register, record_of(request, register, pk), values)
    except Invalid as fault:
        held = record_of(request, register, pk)
        form = page_form(register, actor.account, instance=held, data=request.POST)
        return page(request, register, form, record=record, fault=fault)
    return HttpResponseRedirect(register.url("detail", pk))


def page(
    request: HttpRequest, register: type[Register], form: EntryForm, *, record: Any = None, fault: Invalid | None = None, **extra: Any
) -> HttpResponse:
    """The form with its error summary; what was typed stays."""
    errors = told_errors(form, fault)
    context: dict[str, Any] = {
        "register": register,
        "form": form,
        "sections": sections_of(register, form),
        "boxes": boxes_of(form),
        "errors": errors,
        "errors_title": ngettext("%(count)d answer needs you", "%(count)d answers need you", len(errors)) % {"count": len(errors)},
        "guide_url": register.url("guide"),
    }
    if record is None:
        context["breadcrumbs"] = crumbs(register, actor_of(request).account)
    else:
        last = changes_of(register, record.pk).values_list("sequence", flat=True).first()
        context |= frame(request, register, record) | {
            "title": _("Edit %(name)s") % {"name": record},
            "action": register.url("edit", record),
            "back": register.url("detail", record),
            "button": _("Save %(ref)s") % {"ref": record.ref},
            "version": text_of(request, "version") if request.method == "POST" else record.version,
            "base": text_of(request, "base") if request.method == "POST" else last or 0,
            "reason": text_of(request, "reason"),
        }
        context["breadcrumbs"] = [*context["breadcrumbs"], {"label": str(record.ref), "url": register.url("detail", record)}]
    return HttpResponse(template_of(register, "form").render(context | extra, request), status=200 if fault is None else 422)


def told_errors(form: EntryForm, fault: Invalid | None) -> list[Fault]:
    """All that is wrong, each with the field it leads to; what only the action found is put to its field as well."""
    if fault is None:
        return []
    known = form.errors
    for name, texts in fault.errors.items():
        for text in texts:
            if text not in [str(held) for held in known.get(name, [])]:
                form.add_error(name if name in form.fields else None, text)
    found = []
    for name, held in form.errors.items():
        target = "" if name == NON_FIELD_ERRORS else target_of(form, name)
        found += [Fault(str(text), target) for text in held]
    return found


def target_of(form: EntryForm, name: str) -> str:
    """The id that a link of the summary leads to: for radios their first one."""
    if name not in form.fields:
        return ""
    bound = form[name]
    return f"{bound.auto_id}_0" if bound.field.widget.__class__.__name__ == "RadioSelect" else str(bound.auto_id)


@require_safe
def choices(request: HttpRequest, register: type[Register], name: str) -> HttpResponse:
    """What completes a reference as it is typed: names of records that the account may choose, and no others."""
    account, words = actor_of(request).account, request.GET.get("q", "").replace("\x00", "")[:80].strip()
    field = form_for(register, {}, account=account).fields.get(name) if name in register.references() else None
    if not isinstance(field, RecordChoice) or field.queryset is None:
        raise NotFound
    return JsonResponse({"choices": [str(row) for row in matching(field.queryset, words)[:MOST_SUGGESTIONS]]})


def matching(rows: Any, words: str) -> Any:
    names = {field.name for field in rows.model._meta.get_fields()}
    for word in words.split()[:6]:
        found = Q(title__icontains=word)
        for name in ("code", "ref", "email"):
            if name in names:
                found |= Q(**{f"{name}__istartswith": word})
        rows = rows.filter(found)
    return rows.order_by(*rows.model._meta.ordering or ("pk",))


PAGES = (
    Page("create", "new/", create, for_entered=True),
    Page("choices", "choices/<slug:name>/", choices),
    Page("edit", "<int:pk>/edit/", edit),
    Page("copy", "<int:pk>/copy/", duplicate, for_entered=True),
)
