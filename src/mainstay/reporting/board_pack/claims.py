"""What the parts of a pack say of themselves: the returns of the latest period, and what was last known where there is none."""

from collections.abc import Iterator
from datetime import date

from mainstay.accounts.models import Account
from mainstay.register.access import may, visible_to
from mainstay.register.document import DocumentError
from mainstay.register.store import StoreError
from mainstay.register.words import local
from mainstay.reporting.board_pack.facts import ClaimFact, Question
from mainstay.reporting.board_pack.parts import Parts
from mainstay.reporting.challenge.model import Challenge
from mainstay.reporting.challenge.register import ChallengeRegister
from mainstay.reporting.commission.model import Commission
from mainstay.reporting.cycle import filling
from mainstay.reporting.project_return.model import Return
from mainstay.reporting.project_return.register import ReturnRegister

REPORTED = ("sent", "checked", "confirmed", "accepted")
SUMMARY = "summary"
"""The question whose answer stands beside a rating."""


def claims(account: Account | None, parts: Parts, today: date) -> Iterator[ClaimFact]:
    """One claim for each part that was asked in the latest period of a return with a rating; two queries."""
    if not may(account, "view", ReturnRegister):
        return
    places = [place.pk for place in parts.places]
    rows = (
        visible_to(account, ReturnRegister)
        .filter(initiative__in=places, is_withdrawn=False)
        .exclude(commission__state="cancelled")
        .exclude(state="waived", commission__state="open")
        .select_related("initiative", "commission", "owner")
        .order_by("-commission__period_to", "-commission__pk", "initiative__code")
    )
    held: dict[int, list[Return]] = {}
    for row in rows:
        held.setdefault(row.initiative_id, []).append(row)
    latest = latest_of([row for found in held.values() for row in found], today)
    if latest is None:
        return
    asked = questions(account, [row.pk for found in held.values() for row in found if row.commission_id == latest.pk])
    for place in parts.places:
        found = held.get(place.pk, [])
        row = next((one for one in found if one.commission_id == latest.pk), None)
        if row is not None:
            yield claim(row, found, asked.get(row.pk, ()))


def latest_of(rows: list[Return], today: date) -> Commission | None:
    """The last commission that asks for a rating and is due, or that somebody has answered already."""
    begun = {row.commission_id for row in rows if row.rating}
    for commission in {row.commission_id: row.commission for row in rows}.values():
        if (commission.pk in begun or commission.due_on < today) and asks_rating(commission):
            return commission
    return None


def asks_rating(commission: Commission) -> bool:
    try:
        content = filling.content_under(commission.content_digest)
    except (StoreError, DocumentError):
        return False
    return any(question.kind == "rating" for question in content.questions())


def questions(account: Account | None, returns: list[int]) -> dict[int, tuple[Question, ...]]:
    found: dict[int, tuple[Question, ...]] = {}
    row: Challenge
    for row in visible_to(account, ChallengeRegister).filter(about__in=returns, is_withdrawn=False).order_by("pk"):
        told = Question(pk=row.pk, ref=row.ref, title=row.title, question=row.question, answer=row.answer, state=row.state)
        found[row.about_id or 0] = (*found.get(row.about_id or 0, ()), told)
    return found


def claim(row: Return, of_place: list[Return], asked: tuple[Question, ...]) -> ClaimFact:
    is_reported = row.state in REPORTED and bool(row.rating)
    last = next((one for one in of_place if one.pk != row.pk and one.sent_at and one.rating), None)
    return ClaimFact(
        code=row.initiative.code,
        period=row.commission.period,
        pk=row.pk,
        ref=row.ref,
        is_reported=is_reported,
        rating=row.rating if is_reported else "",
        summary=str(row.answers.get(SUMMARY, "")) if is_reported else "",
        supplier=row.owner.title if row.owner else "",
        sent_on=local(row.sent_at).date() if row.sent_at and is_reported else None,
        due_on=row.due_on,
        is_confirmed=row.state == "confirmed" or (row.state == "accepted" and row.confirmer_id is not None),
        scale=row.scale,
        last_rating=last.rating if last else "",
        last_scale=last.scale if last else row.scale,
        last_period=last.commission.period if last else "",
        last_on=local(last.sent_at).date() if last and last.sent_at else None,
        questions=asked,
        marking=row.marking,
    )
