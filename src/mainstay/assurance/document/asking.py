"""Asking for the whole checklist of a review in one step: each item once, of whoever holds the role, in time before the review."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.assurance.document.model import Document
from mainstay.assurance.document.register import DocumentRegister
from mainstay.assurance.lists import gates
from mainstay.assurance.lists.gates import Item
from mainstay.initiatives.models import Appointment
from mainstay.initiatives.standard.model import StandardKind
from mainstay.initiatives.standards import resolve
from mainstay.post import writing
from mainstay.register import actions, history, words
from mainstay.register.errors import Refused
from mainstay.register.history import Actor
from mainstay.register.record import Source


def checklist(review: Any) -> list[Item]:
    """What a review of this type asks for at this initiative: the office's own list where it has set one, else the shipped one."""
    name = gates.type_name(review.kind, review.own_type)
    lines = resolve(review.initiative, StandardKind.CATEGORIES, gates.STANDARD + name, timezone.localdate()) if name else None
    return gates.own(name, lines) if isinstance(lines, list) and lines else gates.shipped(name)


def missing(review: Any) -> list[Item]:
    """The items that have not been asked for yet."""
    held = set(Document.objects.filter(review=review.pk, is_withdrawn=False).exclude(item="").values_list("item", flat=True))
    return [item for item in checklist(review) if item.key not in held]


@transaction.atomic
def ask(review: Any, actor: Actor) -> list[Any]:
    """Ask for what has not been asked for yet; asked twice, at the same time as well, it is asked for once."""
    if review.state in ("closed", "cancelled"):
        raise Refused(_("%(review)s is over: it asks for nothing more.") % {"review": review})
    history.hold()
    items = missing(review)
    holders = nearest(review.initiative, {item.role for item in items})
    rows = [
        {
            "title": item.what[:200],
            "initiative": review.initiative_id,
            "review": review.pk,
            "item": item.key[:40],
            "owner": holders.get(item.role),
            "due_on": due(review.first_day, item.before),
            "marking": review.marking,
        }
        for item in items
    ]
    reason = _("The checklist of %(type)s.") % {"type": review.type_label}
    made = actions.create_many(DocumentRegister, rows, actor, source=Source.ENTERED, reason=reason) if rows else []
    tell(review, made)
    return made


def tell(review: Any, made: Sequence[Any]) -> None:
    """Each of whom something is asked gets one message, however many documents it is."""
    asked: dict[Any, list[Any]] = {}
    for row in made:
        if row.owner is not None:
            asked.setdefault(row.owner, []).append(row)
    for person, rows in asked.items():
        lines = "\n".join(f"- {row.title} ({words.day(row.due_on)})" if row.due_on else f"- {row.title}" for row in rows)
        text = _("%(review)s asks you for:\n\n%(lines)s\n\nSay where each one is, or attach it, and press Given.\n\n%(url)s\n") % {
            "review": review, "lines": lines, "url": f"{settings.PUBLIC_URL}{DocumentRegister.url('list')}?review={review.pk}",
        }  # fmt: skip
        subject = _("Documents for %(review)s") % {"review": review}
        writing.write(f"assurance-{review.pk}-documents-{person.pk}-{rows[0].pk}", person.email, person.title, subject, text)


def due(first: date | None, before: int) -> date | None:
    """So many days before the review, and not in the past."""
    return max(first - timedelta(days=before), timezone.localdate()) if first else None


def nearest(initiative: Any, roles: set[str]) -> dict[str, int]:
    """Who holds each role at the initiative, or at the nearest one above where somebody does; one query."""
    line = [int(step) for step in initiative.path.split("/") if step]
    held = Appointment.live().filter(initiative__in=line, role__in=roles).order_by("pk").values_list("role", "initiative", "person")
    found: dict[str, tuple[int, int]] = {}
    for role, place, person in held:
        rank = line.index(place or 0)
        if role not in found or rank > found[role][0]:
            found[role] = (rank, person)
    return {role: person for role, (_rank, person) in found.items()}
