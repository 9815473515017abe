"""Answers as JSON, and the parts of an address that several operations share."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.api import records
from mainstay.api.refusals import Unreadable
from mainstay.register.access import visible_to
from mainstay.register.errors import NotFound
from mainstay.register.requests import actor_of
from mainstay.register.spec import Register
from mainstay.register.typed import whole_number


def answer(value: Any, status: int = 200, **headers: str) -> JsonResponse:
    return JsonResponse(value, status=status, safe=False, headers={name.replace("_", "-"): text for name, text in headers.items()})


def account_of(request: HttpRequest) -> Account | None:
    return actor_of(request).account


def record_answer(request: HttpRequest, register: type[Register], record: Any, status: int = 200) -> JsonResponse:
    """The record with its version as ETag; a new one with its address."""
    shown = records.one(register, account_of(request), record)
    more = {"Location": shown["url"]} if status == 201 else {}
    return answer(shown, status, ETag=f'"{record.version}"', **more)


def record_of(request: HttpRequest, register: type[Register], pk: int, verb: str = "view") -> Any:
    """The record, if the caller may do `verb` to it; else the same answer as for one that does not exist."""
    record = records.rows(register, visible_to(account_of(request), register, verb)).filter(pk=pk).first()
    if record is None:
        raise NotFound
    return record


def whole(request: HttpRequest, name: str, default: int, most: int) -> int:
    """A whole number of the address, from 1 to `most`."""
    text = request.GET.get(name)
    if text is None:
        return default
    number = whole_number(text)
    if number is None or not 1 <= number <= most:
        raise Unreadable(_("%(name)s is a whole number from 1 to %(most)s.") % {"name": name, "most": most})
    return number


def refuse_unknown_parameters(request: HttpRequest, known: set[str]) -> None:
    """A filter with a typing error would quietly give all rows."""
    if others := sorted(set(request.GET) - known):
        raise Unreadable(_("There is no parameter %(name)s here. The documentation lists those that there are.") % {"name": others[0][:60]})
