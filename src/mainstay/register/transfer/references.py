"""Finding the record that a cell names: by code, reference, e-mail, title or both together. Never by an id, which no file should hold."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from mainstay.register.access import may, visible_to
from mainstay.register.gate import form_for
from mainstay.register.history import Actor
from mainstay.register.spec import Register
from mainstay.register.transfer.plan import Addition

SOME = 3


class Names:
    """The records of one register that the actor may see, by all their names; read once for a whole table."""

    def __init__(self, target: type[Register], actor: Actor) -> None:
        self.target, self.actor = target, actor
        self.records: dict[str, list[Any]] = {}
        self.parent = target.model.PARENT
        for record in visible_to(actor.account, target).filter(is_withdrawn=False):
            self.add(record)

    def add(self, record: Any) -> None:
        for name in names_of(record):
            self.records.setdefault(name, []).append(record)

    def find(self, text: str, near: int | None = None) -> tuple[Any | None, str]:
        """The record, or None and a sentence. `near` is the id of the initiative of the row: of two of this name, its own is meant."""
        found = self.records.get(" ".join(text.split()).lower(), [])
        if len(found) > 1 and self.parent and near is not None:
            found = [record for record in found if getattr(record, f"{self.parent}_id") == near] or found
        if len(found) == 1:
            return found[0], ""
        if found:
            told = {"text": text, "count": len(found), "refs": ", ".join(str(record.ref) for record in found[:SOME])}
            return None, _("“%(text)s” names %(count)s records (%(refs)s). Give the reference instead.") % told
        return None, _("There is no %(what)s “%(text)s”, or it is not yours to see. Correct the name, or add it first.") % {
            "what": self.target.singular(),
            "text": text[:80],
        }

    def addition(self, text: str) -> Addition | None:
        """What would have to be made for `text` to be found, where the actor may and a title is all that it takes."""
        if len(text) > 200 or any(sign in text for sign in "\n\t") or not may(self.actor.account, "create", self.target):
            return None
        return Addition(self.target.key, text) if form_for(self.target, {"title": text}, account=self.actor.account).is_valid() else None


def names_of(record: Any) -> Iterable[str]:
    names = [record.ref, record.title, str(record), *(getattr(record, name, "") for name in ("email", "code"))]
    return {" ".join(str(name).split()).lower() for name in names if name}
