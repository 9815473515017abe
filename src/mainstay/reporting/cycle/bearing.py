"""Who comes by a signed link: the person it was made for, with the rights to this return's answers and to the fields that it asks for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.core import signing
from django.db.models import Q

from mainstay.accounts.grants import Grant
from mainstay.accounts.models import Account
from mainstay.register.access import below
from mainstay.register.history import Actor
from mainstay.register.spec import REGISTERS
from mainstay.reporting.cycle import asking, filling
from mainstay.reporting.cycle.return_link import ReturnLink
from mainstay.reporting.project_return.model import Return
from mainstay.reporting.project_return.register import ReturnRegister

VERBS = frozenset({"view", "change"})
SALT = "mainstay.reporting.rows-of-a-link"
Ids = Mapping[str, Iterable[int]]
"""Ids of rows by the key of their register."""


def actor_of(link: ReturnLink, shown: Ids, request_id: str = "") -> Actor:
    """The actor of a request by `link`: it reaches the rows that the return asks about now, and those that its page has `shown`."""
    row, name = link.of, link.person.title
    everything = Account.bearer(name, of_answers(row), *of_rows(row))
    ids: dict[str, set[int]] = defaultdict(set)
    for one in asking.asked_of(row, everything).rows:
        ids[one.register.key].add(one.record.pk)
    for key, pks in shown.items():
        ids[key].update(pks)
    return Actor(Account.bearer(name, of_answers(row), *of_rows(row, ids)), "link", request_id, name)


def of_answers(row: Return) -> Grant:
    return Grant(ReturnRegister.key, Q(pk=row.pk), VERBS, frozenset({"answers", "rating"}), frozenset({"start", "send"}))


def of_rows(row: Return, ids: Ids | None = None) -> list[Grant]:
    """The open rows of the initiative in the registers that the return asks about; of these only `ids` where they are given."""
    made = []
    for part in filling.content_under(row.commission.content_digest).parts:
        register = REGISTERS.get(part.register)
        if register is None:
            continue
        rows = below("initiative__path", [row.initiative.path]) & Q(is_withdrawn=False)
        if register.states:
            rows &= Q(state__in=register.states.open)
        if ids is not None:
            rows &= Q(pk__in=sorted(ids.get(register.key, ())))
        made.append(Grant(register.key, rows, VERBS, frozenset(part.asked)))
    return made


def sealed(link: ReturnLink, actor: Actor) -> str:
    """The rows that a page shows, signed, so that they may still be answered after an answer has made them cease to be due."""
    ids: dict[str, list[int]] = defaultdict(list)
    for one in asking.asked_of(link.of, actor.account).rows:
        ids[one.register.key].append(one.record.pk)
    return signing.dumps(ids, salt=f"{SALT}.{link.handle}", compress=True)


def unsealed(link: ReturnLink, text: str) -> dict[str, list[int]]:
    """The rows that a page of this very link has shown; none where the text is not ours."""
    try:
        held: dict[str, list[int]] = signing.loads(text, salt=f"{SALT}.{link.handle}")
    except signing.BadSignature:
        return {}
    return held
