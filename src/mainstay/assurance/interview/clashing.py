"""Who is held by a conversation, and that nobody is entered for two at once."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.assurance.interview.model import Interview
from mainstay.register import words


def panel_of(row: Interview, team: Sequence[str]) -> list[str]:
    """The reviewers who hold it, as keys; the whole team where none are named."""
    named = [part.strip().lower() for part in row.panel.split(";") if part.strip()]
    return named or list(team)


def overlaps(row: Interview, day: date, first: int, last: int) -> bool:
    return row.held_on == day and row.span is not None and row.span[0] < last and first < row.span[1]


def fixed(review: Any, besides: Iterable[Interview]) -> list[Interview]:
    """What keeps its hour while others find theirs: what is accepted or typed here, and all that other reviews have entered."""
    apart = [row.pk for row in besides]
    rows = Interview.objects.filter(is_withdrawn=False, held_on__range=(review.starts_on, review.ends_on)).exclude(state="cancelled")
    return [row for row in rows.exclude(pk__in=apart).select_related("interviewee") if row.span]


def busy(row: Interview, beside: Interview, team: Sequence[str]) -> frozenset[str]:
    """Whom it holds: those who are met, and of its own review the reviewers as well."""
    return row.people | frozenset(panel_of(row, team) if row.review_id == beside.review_id else ())


def stands(record: Any, account: Account | None) -> Iterator[tuple[str, str]]:  # noqa: ARG001  # the signature of a rule
    """Asked once it is written, while nobody else writes: of two that take one person at once, the second is refused."""
    if record.is_withdrawn or record.state == "cancelled" or record.span is None or record.held_on is None:
        return
    rows = Interview.objects.filter(held_on=record.held_on, is_withdrawn=False).exclude(pk=record.pk).exclude(state="cancelled")
    team = [
        place.reviewer.title.lower() for place in record.review.team.filter(state="booked", is_withdrawn=False).select_related("reviewer")
    ]
    needed = record.people | set(panel_of(record, team))
    for other in rows.select_related("interviewee", "review"):
        shared = needed & busy(other, record, team)
        if shared and overlaps(other, record.held_on, *record.span):
            yield "begins", _("%(who)s is in %(what)s from %(first)s to %(last)s on %(day)s.") % {
                "who": ", ".join(name.title() for name in sorted(shared)),
                "what": other if other.review_id == record.review_id else _("a conversation elsewhere"),
                "first": other.begins, "last": other.ends, "day": words.day(record.held_on),
            }  # fmt: skip
            return
