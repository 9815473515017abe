"""The one door for access. Default is no: an account reaches only what a role held on the path of the record gives it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import Model, Q, QuerySet

from mainstay.accounts.grants import Grant
from mainstay.accounts.models import Account

if TYPE_CHECKING:
    from mainstay.register.spec import Register

VERBS = ("view", "create", "change", "decide", "withdraw", "comment", "export", "import")
MOVING = frozenset({"change", "decide", "withdraw"})
"""Verbs that nobody has where a row never changes."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A role held at a place; it reaches everything whose path begins with `path`."""

    path: str
    role: str


class Authority(Protocol):
    """Who holds what, and what a role may do. Supplied by the package that knows roles."""

    def holdings(self, account: Account, register_key: str) -> tuple[Holding, ...]:
        """All that the account holds which may count in that register."""
        ...

    def allows(self, role: str, register_key: str, verb: str) -> bool: ...


class NoAuthority:
    """Nobody holds anything: what is in force until an authority is named."""

    def holdings(self, account: Account, register_key: str) -> tuple[Holding, ...]:  # the protocol's signature
        return ()

    def allows(self, role: str, register_key: str, verb: str) -> bool:  # the protocol's signature
        return False


_authority: Authority = NoAuthority()


def use_authority(authority: Authority) -> None:
    """Name the authority; done once, while the apps load."""
    global _authority  # noqa: PLW0603  # set once at start, read everywhere
    _authority = authority


def paths_for(account: Account | None, register: "type[Register]", verb: str) -> tuple[str, ...]:
    """The paths below which `account` may do `verb` in `register`; `("/",)` means everywhere."""
    if verb not in VERBS:
        raise ValueError(f"{verb!r} is not a verb of the access table.")
    if account is None or not account.is_active or account.grants is not None or (register.is_fixed and verb in MOVING):
        return ()
    if account.is_administrator:
        return ("/",)
    noted: dict[tuple[str, str], tuple[str, ...]] = vars(account).setdefault("_paths", {})  # as long as the request's own object
    if (register.key, verb) not in noted:
        held = _authority.holdings(account, register.key)
        noted[register.key, verb] = shortest(holding.path for holding in held if _authority.allows(holding.role, register.key, verb))
    return noted[register.key, verb]


def granted(account: Account | None, register: "type[Register]", verb: str) -> list[Grant]:
    """What is granted to `account` row by row, for `verb`; most accounts hold roles instead."""
    if account is None or account.grants is None or (register.is_fixed and verb in MOVING):
        return []
    return [grant for grant in account.grants if grant.register == register.key and verb in grant.verbs]


def may_set(account: Account | None, register: "type[Register]", name: str) -> bool:
    """May `account`, which may change a record, change this field of it? Only grants are as narrow as that."""
    return account is None or account.grants is None or any(name in grant.fields for grant in granted(account, register, "change"))


def may_take(account: Account | None, register: "type[Register]", move: str) -> bool:
    """The same for a step."""
    return account is None or account.grants is None or any(move in grant.moves for grant in granted(account, register, "change"))


def shortest(paths: Iterable[str]) -> tuple[str, ...]:
    """The paths without those that lie below another one of them."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return tuple(kept)


def below(lookup: str, paths: Iterable[str], model: type[Model] | None = None) -> Q:
    """Rows whose path (at `lookup`) begins with one of `paths`; written as a range so that an index serves it.

    Where the rows' `model` is given, a path one step away is looked up first: a join would be followed from every row of the table.
    """
    step, _sep, rest = lookup.partition("__")
    if model is not None and rest == "path":
        there = below(rest, paths)
        target: Any = model._meta.get_field(step).related_model
        return Q(**{f"{step}__in": target._default_manager.filter(there).values("pk")}) if there else there
    condition = Q(pk__in=[])
    for path in paths:
        if path == "/":
            return Q()
        # A path ends with "/", and "0" is the character after "/".
        condition |= Q(**{f"{lookup}__gte": path, f"{lookup}__lt": path[:-1] + "0"})
    return condition


def visible_to(account: Account | None, register: "type[Register]", verb: str = "view") -> QuerySet[Any]:
    """The rows of `register` on which `account` may do `verb`. The only way from a request to rows."""
    rows = register.model._default_manager.all()
    if account is not None and account.grants is not None:
        return rows.filter(any_of(grant.rows for grant in granted(account, register, verb)))
    paths = paths_for(account, register, verb)
    if not paths:
        return rows.none()
    if "/" in paths or (verb == "view" and register.is_open) or not register.scope:
        return rows
    condition = Q()
    for lookup in register.scope:
        condition |= below(lookup, paths, register.model)
    return rows.filter(condition)


def any_of(conditions: Iterable[Q]) -> Q:
    """Rows that one of the conditions names; none where there is no condition."""
    found = Q(pk__in=[])
    for condition in conditions:
        found |= condition
    return found


def may(account: Account | None, verb: str, register: "type[Register]", record: Model | None = None) -> bool:
    """May `account` do `verb` on `record`, or anywhere in `register` when no record is named?"""
    if record is None:
        return bool(paths_for(account, register, verb) or granted(account, register, verb))
    return visible_to(account, register, verb).filter(pk=record.pk).exists()


def may_at_hand(account: Account | None, verb: str, register: "type[Register]", record: Any) -> bool:
    """`may` for a record that is at hand as it was read, without asking the database; a page of many rows asks it of each."""
    if account is not None and account.grants is not None:
        return may(account, verb, register, record)
    return reaches(register, verb, paths_for(account, register, verb), [place_of(record, lookup) for lookup in register.scope])


def verbs_on(account: Account | None, register: "type[Register]", record: Any) -> frozenset[str]:
    """All that `account` may do on one record that is at hand: `may` for every verb, without asking the database."""
    if account is not None and account.grants is not None:
        return frozenset(verb for verb in VERBS if may(account, verb, register, record))
    places = [place_of(record, lookup) for lookup in register.scope]
    return frozenset(verb for verb in VERBS if reaches(register, verb, paths_for(account, register, verb), places))


def reaches(register: "type[Register]", verb: str, paths: tuple[str, ...], places: Iterable[str]) -> bool:
    if not paths or "/" in paths or not register.scope:
        return bool(paths)
    return (verb == "view" and register.is_open) or any(place.startswith(path) for place in places for path in paths)


def place_of(record: Any, lookup: str) -> str:
    """The path at the end of `lookup`, or "" where a step leads nowhere."""
    value = record
    for step in lookup.split("__"):
        value = getattr(value, step, None)
    return value or ""
