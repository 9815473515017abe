"""Saved views of a list: one's own, and those that others share with all who may see that part of the tree."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mainstay.accounts.models import Account
from mainstay.register.access import paths_for
from mainstay.register.errors import NotFound
from mainstay.register.filters import read
from mainstay.register.models import SavedView
from mainstay.register.pages.addresses import ALL, SHOWING, VIEW, Address, joined
from mainstay.register.pages.page import Page, text_of
from mainstay.register.pages.told import notices, tell
from mainstay.register.requests import actor_of
from mainstay.register.spec import Register
from mainstay.register.typed import whole_number

DEFAULTS = "default_views"
"""In an account's preferences: register → id of the view that its list opens with."""
MOST_VIEWS = 40
LONGEST_NAME = 60


def visible_views(register: type[Register], account: Account) -> list[SavedView]:
    """The account's own views and those shared with it; one query."""
    rows = (
        SavedView.objects.filter(register=register.key)
        .filter(Q(by=account) | Q(is_shared=True))
        .select_related("by")
        .order_by("name", "pk")
    )
    paths = paths_for(account, register, "view")
    found = [view for view in rows if view.by_id == account.pk or any(view.path.startswith(path) for path in paths)]
    return found[:MOST_VIEWS]


def default_of(register: type[Register], account: Account) -> int | None:
    found = account.preferences.get(DEFAULTS, {}).get(register.key)
    return found if isinstance(found, int) else None


def default_address(register: type[Register], request: HttpRequest) -> str:
    """Where the bare list leads: to the reader's default view, where there is one."""
    account = actor_of(request).account
    wanted = default_of(register, account) if account else None
    view = next((view for view in visible_views(register, account) if view.pk == wanted), None) if account and wanted else None
    return address_of(request.path, view) if view else ""


def address_of(path: str, view: SavedView) -> str:
    query = QueryDict(view.query, mutable=True)
    query[VIEW] = str(view.pk)
    return joined(path, query)


def built_in(register: type[Register]) -> list[tuple[str, str]]:
    """Name and query of the views that every list has."""
    found = [(_("All"), "")]
    if register.states:
        found.append((_("Open"), "state=open"))
    if "owner" in register.fields():
        found.append((_("Mine"), "owner=me&state=open" if register.states else "owner=me"))
    return found


def tabs(register: type[Register], request: HttpRequest, address: Address) -> list[dict[str, Any]]:
    """The views as tabs; the one that the address shows is current, and says so where it has been changed since."""
    account = actor_of(request).account
    saved = address.saved
    rows = canonical("&".join(part for part in saved.split("&") if part.partition("=")[0] not in SHOWING))
    items = [
        {"label": label, "url": joined(address.path, query), "current": rows == canonical(query)} for label, query in built_in(register)
    ]
    chosen = address.get(VIEW)
    for view in visible_views(register, account) if account else []:
        is_same, is_chosen = canonical(view.query) == saved, str(view.pk) == chosen
        label = _("%(name)s (changed)") % {"name": view.name} if is_chosen and not is_same else view.name
        items.append({"label": label, "url": address_of(address.path, view), "current": is_same or is_chosen, "view": view})
    currents = [item for item in items if item["current"]]
    for item in currents[:-1]:
        item["current"] = False
    return items


def canonical(query: str) -> str:
    found = QueryDict(mutable=True)
    parsed = QueryDict(query)
    for name in sorted(parsed):
        found.setlist(name, parsed.getlist(name))
    return found.urlencode()


@require_http_methods(["GET", "HEAD", "POST"])
def views(request: HttpRequest, register: type[Register]) -> HttpResponse:
    """Save the list that one comes from, and look after the views that one has."""
    account = actor_of(request).account
    if account is None:
        raise NotFound
    if request.method == "POST":
        return DOING.get(request.POST.get("do", ""), save)(request, register, account)
    query = request.GET.get("query", "")
    return page(request, register, account, query=query)


def page(
    request: HttpRequest, register: type[Register], account: Account, *, query: str, problem: str = "", name: str = ""
) -> HttpResponse:
    given = QueryDict(query)
    selection = read(register, given, account)
    shared = selection.place or None
    context = {
        "register": register,
        "title": _("Views of %(what)s") % {"what": register.title().lower()},
        "breadcrumbs": [{"label": register.title(), "url": f"{register.url('list')}?{VIEW}={ALL}"}],
        "list_query": query,
        "name": name,
        "problem": problem,
        "chips": selection.chips,
        "shared_with": _("everyone who may see %(place)s") % {"place": shared}
        if shared
        else _("everyone who may see what you may see of this list"),
        "notices": notices(request),
        "views": [
            {
                "view": view,
                "url": address_of(register.url("list"), view),
                "is_own": view.by_id == account.pk,
                "is_default": view.pk == default_of(register, account),
            }
            for view in visible_views(register, account)
        ],
        "back": joined(register.url("list"), query),
    }
    return render(request, "register/list_views.html", context, status=422 if problem else 200)


def save(request: HttpRequest, register: type[Register], account: Account) -> HttpResponse:
    """Save a new view, or the list as it is now into one that is there."""
    query = Address(register, register.url("list"), QueryDict(request.POST.get("query", "")[:4000])).saved
    name = text_of(request, "name")[:LONGEST_NAME]
    if not name:
        return page(request, register, account, query=query, problem=_("A view needs a name. Enter one."))
    is_shared = request.POST.get("is_shared") == "yes"
    values = {"query": query, "is_shared": is_shared, "path": path_of(register, account, query) if is_shared else ""}
    view, is_new = SavedView.objects.get_or_create(register=register.key, by=account, name=name, defaults=values)
    if not is_new and request.POST.get("replace") != "yes":
        problem = _("You have a view of this name already. Choose another name, or tick that it is to be replaced.")
        return page(request, register, account, query=query, name=name, problem=problem)
    if not is_new:
        SavedView.objects.filter(pk=view.pk).update(**values)
        view.refresh_from_db()
    tell(request, _("The view %(name)s is saved.") % {"name": name})
    return redirect(address_of(register.url("list"), view))


def path_of(register: type[Register], account: Account, query: str) -> str:
    """Where a shared view is offered: at the initiative that it is limited to, else at the first place that its maker may see."""
    place = read(register, QueryDict(query), account).place
    return place.path if place is not None else next(iter(paths_for(account, register, "view")), "/")


def own(request: HttpRequest, register: type[Register], account: Account) -> SavedView:
    number = whole_number(request.POST.get("id", ""))
    found = SavedView.objects.filter(register=register.key, by=account, pk=number).first() if number is not None else None
    if found is None:
        raise NotFound
    return found


def rename(request: HttpRequest, register: type[Register], account: Account) -> HttpResponse:
    view, name = own(request, register, account), text_of(request, "name")[:LONGEST_NAME]
    if not name:
        return page(request, register, account, query="", problem=_("A view needs a name. Enter one."))
    try:
        with transaction.atomic():
            SavedView.objects.filter(pk=view.pk).update(name=name)
    except IntegrityError:
        return page(
            request,
            register,
            account,
            query="",
            problem=_("You have a view called %(name)s already. Choose another name.") % {"name": name},
        )
    return back(request, register, _("The view is now called %(name)s.") % {"name": name})


def share(request: HttpRequest, register: type[Register], account: Account) -> HttpResponse:
    view = own(request, register, account)
    is_shared = not view.is_shared
    SavedView.objects.filter(pk=view.pk).update(is_shared=is_shared, path=path_of(register, account, view.query) if is_shared else "")
    return back(
        request,
        register,
        _("%(name)s is shared.") % {"name": view.name} if is_shared else _("%(name)s is yours alone.") % {"name": view.name},
    )


def delete(request: HttpRequest, register: type[Register], account: Account) -> HttpResponse:
    view = own(request, register, account)
    name = view.name
    view.delete()
    return back(request, register, _("The view %(name)s is deleted.") % {"name": name})


def make_default(request: HttpRequest, register: type[Register], account: Account) -> HttpResponse:
    """The list opens with this view from now on; said of the view that is the default, it no longer does."""
    text = request.POST.get("id", "")
    view = next((view for view in visible_views(register, account) if str(view.pk) == text), None)
    if view is None:
        raise NotFound
    defaults = dict(account.preferences.get(DEFAULTS, {}))
    if defaults.get(register.key) == view.pk:
        defaults.pop(register.key)
        told = _("The list opens with all rows.")
    else:
        defaults[register.key] = view.pk
        told = _("The list opens with %(name)s.") % {"name": view.name}
    account.preferences = {**account.preferences, DEFAULTS: defaults}
    account.save(update_fields=["preferences"])
    return back(request, register, told)


def back(request: HttpRequest, register: type[Register], told: str) -> HttpResponse:
    tell(request, told)
    return redirect(register.url("views"))


DOING = {"save": save, "rename": rename, "share": share, "delete": delete, "default": make_default}
PAGES = (Page("views", "views/", views),)
