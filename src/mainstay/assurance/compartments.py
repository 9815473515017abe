"""Who may read a report before it is released: a compartment for each review, held by the few whose business it is.

A compartment is a path like those of the tree, `/c12/` for review 12. Whoever holds a role there reaches what lies in it through the
same one door as everything else, so that lists, addresses, exports, search, history and attachments follow by themselves.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Value

from mainstay.accounts.models import Account
from mainstay.assurance.member.model import Member
from mainstay.assurance.recipient.model import Recipient
from mainstay.assurance.review.model import Review
from mainstay.initiatives.models import Appointment
from mainstay.initiatives.roles import ALL, KEEP, READ
from mainstay.register.access import Authority, Holding, below

OWNER, TEAM, LISTED = "report_owner", "report_team", "report_listed"
INSIDE = ("assurance.report", "assurance.recipient", "assurance.recommendation")
BESIDE = ("assurance.document", "assurance.interview")
"""What the team writes as well, seen by whoever sees the initiative."""
VERBS = {OWNER: ALL, TEAM: KEEP - {"withdraw"}, LISTED: READ - {"export"}}
"""The owner decides and releases, the team writes, the list reads."""


class Compartments:
    """An authority that adds the compartments to what another one knows."""

    def __init__(self, inner: Authority) -> None:
        self.inner = inner

    def holdings(self, account: Account, register_key: str) -> tuple[Holding, ...]:
        """Read once for each request, where it counts: the account object lives no longer than that."""
        if register_key not in (*INSIDE, *BESIDE):
            return self.inner.holdings(account, register_key)
        cached: tuple[Holding, ...] | None = getattr(account, "_held_with_compartments", None)
        if cached is None:
            held = self.inner.holdings(account, register_key)
            cached = (*held, *self.inside(account, held))
            account._held_with_compartments = cached  # type: ignore[attr-defined]  # a note on the request's own object
        return cached

    def allows(self, role: str, register_key: str, verb: str) -> bool:
        if role in VERBS:
            is_there = register_key in INSIDE or (register_key in BESIDE and role == TEAM)
            return is_there and verb in VERBS[role]
        return self.inner.allows(role, register_key, verb)

    def inside(self, account: Account, held: Iterable[Holding]) -> Iterable[Holding]:
        for pk, role in given_to(account):
            yield Holding(path_of(pk), role)
        if owned := [holding.path for holding in held if holding.role == "sro"]:
            for pk in reviews_of(owned):
                yield Holding(path_of(pk), OWNER)


def path_of(review: int) -> str:
    return f"/c{review}/"


def given_to(account: Account) -> list[tuple[int, str]]:
    """Reviews in whose team the account's person is, or on whose list."""
    known = (connection.vendor, account.pk)
    if known not in WRITTEN:
        if len(WRITTEN) >= MOST_WRITTEN:
            WRITTEN.clear()
        WRITTEN[known] = giving(account)
    with connection.cursor() as cursor:
        cursor.execute(*WRITTEN[known])
        return list(cursor.fetchall())


WRITTEN: dict[tuple[str, int], tuple[str, tuple[Any, ...]]] = {}
"""Queries of `given_to` by account: each page asks, and writing one takes longer than answering it."""
MOST_WRITTEN = 500


def giving(account: Account) -> tuple[str, tuple[Any, ...]]:
    """The query of `given_to` with its parameters, which depend on no other thing of the account."""
    team = Member.objects.filter(reviewer__person__account=account, state="booked", is_withdrawn=False).order_by()
    listed = Recipient.objects.filter(person__account=account, is_withdrawn=False, report__is_withdrawn=False).order_by()
    there = team.values_list("review_id", Value(TEAM))
    sql, parameters = there.union(listed.values_list("report__review_id", Value(LISTED)), all=True).query.sql_with_params()
    return sql, tuple(parameters)


def reviews_of(owned: list[str]) -> list[int]:
    """The reviews whose nearest senior responsible owner holds one of these paths: a project with its own owner is that one's."""
    found = Review.objects.filter(below("initiative__path", owned)).values_list("pk", "initiative__path")
    others = Appointment.live().filter(role="sro", initiative__isnull=False).order_by().values_list("initiative__path", flat=True)
    own, every = set(owned), {*others, *owned}
    return [pk for pk, path in found if max((each for each in every if path.startswith(each)), key=len, default="") in own]
