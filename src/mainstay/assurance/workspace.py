"""What the page of a review shows of the work on it: documents asked for, the timetable, what was carried into it; and gates."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.assurance.document import asking, giving
from mainstay.assurance.document.register import DocumentRegister
from mainstay.assurance.gate.opening import hindrances
from mainstay.assurance.gate.register import GateRegister
from mainstay.assurance.interview.register import InterviewRegister
from mainstay.assurance.recommendation import carrying
from mainstay.assurance.recommendation.register import RecommendationRegister
from mainstay.assurance.report.register import ReportRegister
from mainstay.assurance.review.register import ReviewRegister
from mainstay.register.access import may, may_at_hand, paths_for, reaches, visible_to
from mainstay.register.asat import Moment
from mainstay.register.models import Attachment
from mainstay.register.panels import WIDE, Panel, with_states

MOST = 60


def documents(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """What the review asks to see, and one step to ask for the checklist of its type."""
    if moment is not None or not may(account, "view", DocumentRegister):
        return None
    seen = visible_to(account, DocumentRegister).filter(review=record.pk, is_withdrawn=False)
    rows = list(DocumentRegister.rows(seen).order_by("due_on", "pk")[:MOST])
    files = Attachment.objects.filter(register=DocumentRegister.key, record_id__in=[row.pk for row in rows], is_withdrawn=False)
    with_file = set(files.values_list("record_id", flat=True))
    why = giving.reasons(DocumentRegister, rows)
    is_over = record.state in ("closed", "cancelled")
    may_ask = not is_over and asks_here(record, account)
    told = [(row, state, row.pk in with_file, why.get(row.pk, "")) for row, state in with_states(DocumentRegister, rows)]
    context = {
        "review": record,
        "rows": told,
        "settled": sum(row.state in ("accepted", "unavailable") for row in rows),
        "today": timezone.localdate(),
        "missing": len(asking.missing(record)) if may_ask else 0,
        "may_ask": may_ask,
        "type": record.type_label,
    }
    return Panel("documents", _("Documents asked for"), "assurance/parts/documents.html", context, _("of the checklist and beside it"))


def asks_here(review: Any, account: Account | None) -> bool:
    """Whether the account may ask for documents of this review: from the office, or as its team."""
    places = [review.initiative.path, f"/c{review.pk}/"]
    return reaches(DocumentRegister, "create", paths_for(account, DocumentRegister, "create"), places)


def interviews(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """How far the timetable is."""
    if moment is not None or not may(account, "view", InterviewRegister):
        return None
    states = visible_to(account, InterviewRegister).filter(review=record.pk, is_withdrawn=False).values_list("state", flat=True)
    held = list(states.order_by())
    told = {"wanted": _("without an hour"), "proposed": _("proposed"), "accepted": _("accepted"), "held": _("held")}
    counts = [(text, held.count(name)) for name, text in told.items() if name in held]
    context = {"review": record, "counts": counts, "url": reverse("assurance.timetable", args=[record.pk])}
    return Panel("interviews", _("Interviews"), "assurance/parts/interviews.html", context)


def carried(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """Recommendations of earlier reviews that this one looks at again, and those that could be carried into it."""
    if moment is not None or not may(account, "view", RecommendationRegister):
        return None
    seen = visible_to(account, RecommendationRegister).filter(carried_into=record.pk, is_withdrawn=False)
    rows = RecommendationRegister.rows(seen).order_by("review_id", "number", "pk")
    waiting = carrying.waiting(record, account) if record.state not in carrying.OVER else []
    if not waiting and not seen.exists():
        return None
    context = {"review": record, "rows": with_states(RecommendationRegister, rows[:MOST]), "waiting": waiting}
    return Panel("carried", _("Carried into it"), "assurance/parts/carried.html", context, _("open recommendations of earlier reviews"))


def after_red(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """Who was told of a Red that may be known, what pauses, and when its action plan is assured again."""
    if moment is not None or record.rating != "red":
        return None
    report = visible_to(account, ReportRegister).filter(review=record.pk, is_released=True, state="issued", is_withdrawn=False).first()
    again = visible_to(account, ReviewRegister).filter(follows=record.pk, kind="aap", is_withdrawn=False).exclude(state="cancelled")
    context = {"report": report, "again": with_states(ReviewRegister, again.order_by("window_to", "pk")[:MOST]), "review": record}
    return Panel("after_red", _("After the Red"), "assurance/parts/after_red.html", context, place=WIDE)


def gates_of(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """On the page of an initiative: its gates, and what holds each closed."""
    if moment is not None or not may(account, "view", GateRegister):
        return None
    rows = visible_to(account, GateRegister).filter(initiative=record.pk, is_withdrawn=False).select_related("review").order_by("pk")
    held = list(rows[:MOST])
    if not held:
        return None
    told = [(gate, state, hindrances(gate) if gate.state != "waived" else []) for gate, state in with_states(GateRegister, held)]
    return Panel("gates", _("Gates"), "assurance/parts/gates.html", {"rows": told}, _("only released ratings count"), place=WIDE)


def gate(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """On its own page: what stands in the way of opening it."""
    if moment is not None:
        return None
    why = hindrances(record) if record.state != "waived" else []
    context = {"gate": record, "why": why, "may_decide": may_at_hand(account, "decide", GateRegister, record)}
    return Panel("standing", _("What holds it"), "assurance/parts/gate.html", context, place=WIDE)
