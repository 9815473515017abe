"""Paths of a tree kept in one text column: `/12/87/` is row 87 below row 12. The parent key is the truth; the path follows it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from mainstay.register import search


def refuse_cycle(record: Any) -> None:
    """A row may not lie below itself."""
    if record.parent_id and record.path and record.parent.path.startswith(record.path):
        raise ValidationError({"parent": _("%(name)s lies below this one. Choose a parent outside of it.") % {"name": record.parent}})


def place(record: Any, prefix: str = "") -> None:
    """Write the path of `record` and of everything below it after its parent was set."""
    rows = type(record)._default_manager
    above = record.parent.path if record.parent_id else "/"
    old, new = record.path, f"{above}{prefix}{record.pk}/"
    if old == new:
        return
    record.path = new
    rows.filter(pk=record.pk).update(path=new)
    if old:
        below = rows.filter(path__startswith=old).exclude(pk=record.pk)
        below.update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))
        search.move_paths(old, new)
