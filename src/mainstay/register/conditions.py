"""Conditions on the rows of a list. Each says the same thing twice: to the database, and to a record taken back to an earlier date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Model, Q

from mainstay.register import search
from mainstay.register.access import below
from mainstay.register.spec import Register

EMPTY = (None, "")


class Condition(Protocol):
    """What a row must fulfil."""

    def q(self) -> Q: ...

    def holds(self, record: Any) -> bool: ...


@dataclass(frozen=True, slots=True)
class OneOf:
    """The field has one of these values; `or_empty` lets empty ones in as well."""

    attribute: str
    values: frozenset[Any]
    or_empty: bool = False
    has_text: bool = True
    """Whether an empty value may be an empty text rather than null."""

    def q(self) -> Q:
        condition = Q(**{f"{self.attribute}__in": list(self.values)})
        return condition | empty(self.attribute, has_text=self.has_text) if self.or_empty else condition

    def holds(self, record: Any) -> bool:
        value = getattr(record, self.attribute)
        return value in self.values or (self.or_empty and value in EMPTY)


@dataclass(frozen=True, slots=True)
class Standing:
    """The row is not withdrawn; said so that no database looks nearly all rows up one by one in an index of what is withdrawn."""

    def q(self) -> Q:
        return Q(is_withdrawn=False)

    def holds(self, record: Any) -> bool:
        return not record.is_withdrawn


@dataclass(frozen=True, slots=True)
class Between:
    """The field lies between the two, each of which may be open; the ends belong to it."""

    attribute: str
    low: Any = None
    high: Any = None

    def q(self) -> Q:
        condition = Q()
        if self.low is not None:
            condition &= Q(**{f"{self.attribute}__gte": self.low})
        if self.high is not None:
            condition &= Q(**{f"{self.attribute}__lte": self.high})
        return condition

    def holds(self, record: Any) -> bool:
        value = getattr(record, self.attribute)
        return value is not None and (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@dataclass(frozen=True, slots=True)
class Words:
    """Each of the words stands in at least one of the fields."""

    attributes: Sequence[str]
    words: tuple[str, ...]

    def q(self) -> Q:
        condition = Q()
        for word in self.words:
            anywhere = Q()
            for attribute in self.attributes:
                anywhere |= Q(**{f"{attribute}__icontains": word})
            condition &= anywhere
        return condition

    def holds(self, record: Any) -> bool:
        texts = [str(getattr(record, attribute) or "").lower() for attribute in self.attributes]
        return all(any(word.lower() in text for text in texts) for word in self.words)


@dataclass(frozen=True, slots=True)
class Found:
    """The search finds the row by these words; what is withdrawn it does not find."""

    register: type[Register]
    words: str

    def q(self) -> Q:
        return search.having(self.register, self.words)

    def holds(self, record: Any) -> bool:
        return search.has(self.register, record, self.words)


@dataclass(frozen=True, slots=True)
class Within:
    """The row lies below `path` by one of its ways into the tree."""

    lookups: Sequence[str]
    path: str
    model: type[Model] | None = None
    """That of the rows, where they are many."""

    def q(self) -> Q:
        condition = Q()
        for lookup in self.lookups:
            condition |= below(lookup, [self.path], self.model)
        return condition

    def holds(self, record: Any) -> bool:
        return any((place := reached(record, lookup)) and place.startswith(self.path) for lookup in self.lookups)


@dataclass(frozen=True, slots=True)
class Nothing:
    """No row: what a condition on something unknown, or not to be known of, comes to."""

    def q(self) -> Q:
        return Q(pk__in=[])

    def holds(self, record: Any) -> bool:  # the protocol's signature
        return False


def empty(attribute: str, *, has_text: bool) -> Q:
    condition = Q(**{f"{attribute}__isnull": True})
    return condition | Q(**{attribute: ""}) if has_text else condition


def reached(record: Any, lookup: str) -> Any:
    value = record
    for step in lookup.split("__"):
        value = getattr(value, step, None)
    return value


def all_of(conditions: Iterable[Condition]) -> Q:
    together = Q()
    for condition in conditions:
        together &= condition.q()
    return together


def hold(conditions: Iterable[Condition], record: Any) -> bool:
    return all(condition.holds(record) for condition in conditions)
