"""Rights on rows named one by one, held by nobody's roles: what a signed link opens, and nothing beside it."""

from dataclasses import dataclass

from django.db.models import Q


@dataclass(frozen=True, slots=True)
class Grant:
    """What is granted in one register."""

    register: str
    """The key of the register."""
    rows: Q
    verbs: frozenset[str]
    fields: frozenset[str]
    """The fields that may be changed."""
    moves: frozenset[str] = frozenset()
    """The steps that may be taken."""
