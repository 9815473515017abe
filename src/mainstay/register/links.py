"""Typed relations between any two records, read from both sides. A link is told only to those who may see both ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.accounts.models import Account
from mainstay.register.about import note, subject
from mainstay.register.access import visible_to
from mainstay.register.errors import Invalid, NotFound
from mainstay.register.history import Actor
from mainstay.register.models import Link, Relation
from mainstay.register.spec import REGISTERS, Register

BACKWARDS = {
    Relation.THREATENS: gettext_lazy("threatened by"),
    Relation.REALISES: gettext_lazy("realised by"),
    Relation.DELIVERS: gettext_lazy("delivered by"),
    Relation.DEPENDS_ON: gettext_lazy("needed by"),
    Relation.MITIGATES: gettext_lazy("mitigated by"),
    Relation.EVIDENCES: gettext_lazy("evidenced by"),
    Relation.SUPERSEDES: gettext_lazy("superseded by"),
    Relation.CAUSES: gettext_lazy("caused by"),
    Relation.RELATES_TO: gettext_lazy("relates to"),
}
MOST_MENTIONS = 5


@dataclass(frozen=True, slots=True)
class Linked:
    """The other end of a link, as the page of this end names it; `link_id` is None where a field of the other record makes it."""

    relation: str
    label: str
    url: str
    fact: str
    link_id: int | None = None


def linked(register: type[Register], record: Any, account: Account | None) -> list[Linked]:
    """All links of a record in both directions, as far as their other ends may be seen; one query for each register they lead to."""
    here = Q(register=register.key, record_id=record.pk) | Q(to_register=register.key, to_id=record.pk)
    ends: list[tuple[Link, str, str, int]] = []
    for link in Link.objects.filter(here, is_withdrawn=False).order_by("relation", "pk"):
        if (link.register, link.record_id) == (register.key, record.pk):
            ends.append((link, str(Relation(link.relation).label), link.to_register, link.to_id))
        else:
            ends.append((link, str(BACKWARDS[Relation(link.relation)]), link.register, link.record_id))
    rows = seen(account, ((key, pk) for _link, _words, key, pk in ends))
    return [
        Linked(words, str(rows[key, pk]), REGISTERS[key].url("detail", pk), standing(REGISTERS[key], rows[key, pk]), link.pk)
        for link, words, key, pk in ends
        if (key, pk) in rows
    ]


def seen(account: Account | None, wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Any]:
    """The records named by register and id that `account` may see."""
    ids: dict[str, set[int]] = {}
    for key, pk in wanted:
        if key in REGISTERS:
            ids.setdefault(key, set()).add(pk)
    return {(key, row.pk): row for key, pks in ids.items() for row in visible_to(account, REGISTERS[key]).filter(pk__in=pks)}


def standing(register: type[Register], record: Any) -> str:
    """The one fact that matters about a linked record: where it stands."""
    if record.is_withdrawn:
        return _("withdrawn")
    return str(register.states.label(record.state)) if register.states else ""


def mentions(register: type[Register], record: Any, account: Account | None) -> list[Linked]:
    """Records whose own fields name this one, the newest of each field; not those that merely lie below it in the tree."""
    found = []
    for other in REGISTERS.values():
        for name, target in other.references().items():
            if target is not register or name in ("parent", other.model.PARENT) or (other.scope and other.scope[0].startswith(f"{name}__")):
                continue
            rows = visible_to(account, other).filter(**{name: record.pk, "is_withdrawn": False}).order_by("-pk")[:MOST_MENTIONS]
            words = _("%(field)s of") % {"field": other.label(name).lower()}
            found += [Linked(words, str(row), other.url("detail", row), standing(other, row)) for row in rows]
    return found


@transaction.atomic
def link(register: type[Register], pk: int, relation: str, to_register: str, to_id: int, actor: Actor) -> Link:
    """Say what this record is to another one. Whoever may change this end and see the other may."""
    record = subject(register, pk, actor, "change")
    if relation not in Relation.values:
        raise Invalid({"relation": [_("Choose what the one is to the other.")]})
    target = REGISTERS.get(to_register)
    other = None if target is None else visible_to(actor.account, target).filter(pk=to_id).first()
    if target is None or other is None:
        raise Invalid({"to": [_("There is no such record, or it is not yours to see.")]})
    if (to_register, to_id) == (register.key, pk):
        raise Invalid({"to": [_("A record is not linked to itself. Choose another one.")]})
    made, is_new = Link.objects.get_or_create(
        register=register.key, record_id=pk, relation=relation, to_register=to_register, to_id=to_id, is_withdrawn=False,
        defaults={"by": actor.account},
    )  # fmt: skip
    if is_new:
        # The history of one end is read by people who may not know of the other: it names the relation, not the record.
        note(register, record, actor, "link", str(Relation(relation).label))
        note(target, other, actor, "link", str(BACKWARDS[Relation(relation)]))
    return made


@transaction.atomic
def unlink(register: type[Register], pk: int, link_id: int, actor: Actor) -> None:
    """Take a link away; from either end."""
    record = subject(register, pk, actor, "change")
    here = Q(register=register.key, record_id=pk) | Q(to_register=register.key, to_id=pk)
    held = Link.objects.select_for_update().filter(here, pk=link_id, is_withdrawn=False).first()
    if held is None:
        raise NotFound
    key, other_id = (
        (held.to_register, held.to_id) if (held.register, held.record_id) == (register.key, pk) else (held.register, held.record_id)
    )
    other = seen(actor.account, [(key, other_id)]).get((key, other_id))
    if other is None:
        raise NotFound
    held.is_withdrawn = True
    held.save(update_fields=["is_withdrawn"])
    note(register, record, actor, "unlink", str(Relation(held.relation).label))
    note(REGISTERS[key], other, actor, "unlink", str(Relation(held.relation).label))
