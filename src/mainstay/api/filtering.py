"""The filters of a list as parameters of the API: those of the list page, told as schemas, and nothing else let in."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.utils.translation import gettext as _

from mainstay.api.answers import refuse_unknown_parameters
from mainstay.api.operations import query
from mainstay.api.refusals import Unreadable
from mainstay.api.schemas import Schema
from mainstay.register import filters
from mainstay.register.spec import Register


def parameters(register: type[Register]) -> Iterator[Schema]:
    """The same filters as the list page's, from the same table."""
    yield query("q", "Rows that have these words.")
    yield query("in", "Rows at this initiative or below it: its id.", {"type": "integer"})
    yield query("withdrawn", "`yes` for the withdrawn rows instead of the others.", {"type": "string", "enum": ["yes"]})
    many: Schema = {"type": "array", "items": {"type": "string"}}
    for column in filters.filterable(register):
        if column.is_number:
            if register.field(column.name).null:
                yield query(column.name, f"{column.label}: `none` for rows that have none.", {"type": "string", "enum": ["none"]})
            yield query(f"{column.name}.from", f"{column.label}, from this on.")
            yield query(f"{column.name}.to", f"{column.label}, up to this.")
        else:
            yield query(column.name, f"{column.label}: one of these values; `none` for empty.", many)
            if column.kind in ("text", "long"):
                yield query(f"{column.name}.has", f"{column.label} contains this.")


def check(request: HttpRequest, register: type[Register], *others: str) -> None:
    """Refuse what would be passed over: a parameter that there is not, a value that it does not take."""
    told = {parameter["name"]: parameter["schema"] for parameter in parameters(register)}
    refuse_unknown_parameters(request, {*others, *told})
    for name in set(request.GET) & set(told):
        values = told[name].get("enum")
        if values and any(value not in values for value in request.GET.getlist(name)):
            raise Unreadable(_("%(name)s takes nothing but %(value)s.") % {"name": name, "value": values[0]})
        if told[name].get("type") == "integer" and not (request.GET[name].isascii() and request.GET[name].isdecimal()):
            raise Unreadable(_("%(name)s takes the id of a record.") % {"name": name})
