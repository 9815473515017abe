"""What the pages of assurance's records show beside their fields."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.assurance.assessment.register import AssessmentRegister
from mainstay.assurance.compartments import path_of
from mainstay.assurance.member.register import MemberRegister
from mainstay.assurance.plan.faults import faults
from mainstay.assurance.plan.gathering import gathered
from mainstay.assurance.recommendation.likeness import alike
from mainstay.assurance.recommendation.register import RecommendationRegister
from mainstay.assurance.report.register import ReportRegister
from mainstay.assurance.review.register import ReviewRegister
from mainstay.initiatives import scale as scales
from mainstay.register.access import may, may_at_hand, paths_for, reaches, visible_to
from mainstay.register.asat import Moment
from mainstay.register.panels import WIDE, Panel, with_states
from mainstay.register.spec import Register

MOST, MOST_COMPARED = 60, 3_000


def rating(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:  # noqa: ARG001  # the signature of a panel
    """The rating on its scale, with what it is worth."""
    scale = scales.named(record.rating_scale) if record.rating else None
    step = scale.step(record.rating) if scale else None
    if scale is None or step is None:
        return None
    context = {"scale": scale, "step": step, "record": record}
    return Panel("rating", _("Rating"), "assurance/parts/rating.html", context, place=WIDE)


def wrong(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """What the plan says is wrong with this review."""
    if moment is not None or not may(account, "view", ReviewRegister):
        return None
    found = [fault for fault in faults(gathered(record.initiative, account).plan) if record.pk in fault.reviews]
    if not found:
        return None
    context = {"faults": found, "url": reverse("assurance.plan", args=[record.initiative_id])}
    return Panel("faults", _("What is wrong with it"), "assurance/parts/faults.html", context, place=WIDE)


def team(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    if moment is not None or not may(account, "view", MemberRegister):
        return None
    rows = MemberRegister.rows(visible_to(account, MemberRegister).filter(review=record.pk, is_withdrawn=False)).order_by("part", "pk")
    context = {"review": record, "rows": with_states(MemberRegister, rows[:MOST]), "may_add": may(account, "create", MemberRegister)}
    return Panel("team", _("Team"), "assurance/parts/team.html", context, _("booked: clash and independence were looked at"))


def found_there(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """The report and the recommendations of a review, as far as they are released or the reader is one of its readers."""
    if moment is not None or not (may(account, "view", ReportRegister) or may(account, "view", RecommendationRegister)):
        return None
    reports = with_states(ReportRegister, visible_to(account, ReportRegister).filter(review=record.pk, is_withdrawn=False))
    rows = RecommendationRegister.rows(visible_to(account, RecommendationRegister).filter(review=record.pk, is_withdrawn=False))
    context = {
        "review": record,
        "reports": reports,
        "rows": with_states(RecommendationRegister, rows.order_by("number", "pk")[:MOST]),
        "today": timezone.localdate(),
        "may_report": writes(ReportRegister, record, account),
        "may_recommend": writes(RecommendationRegister, record, account),
    }
    return Panel("found", _("Report and recommendations"), "assurance/parts/found.html", context, _("as far as you may read them"))


def writes(register: type[Register], review: Any, account: Account | None) -> bool:
    """Whether the account may add to what is not released yet, and so is inside the compartment."""
    return reaches(register, "create", paths_for(account, register, "create"), [path_of(review.pk)])


def repeated(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """Earlier recommendations that read like this one."""
    if moment is not None:
        return None
    others = visible_to(account, RecommendationRegister).filter(is_withdrawn=False, pk__lt=record.pk).order_by("-pk")[:MOST_COMPARED]
    held = [(pk, f"{title} {text}") for pk, title, text in others.values_list("pk", "title", "text")]
    near = alike(f"{record.title} {record.text}", held)
    if not near:
        return None
    rows = RecommendationRegister.rows(visible_to(account, RecommendationRegister)).in_bulk([pk for pk, _share in near])
    states = RecommendationRegister.states
    context = {"rows": [(rows[pk], states.label(rows[pk].state) if states else "", round(100 * share)) for pk, share in near if pk in rows]}
    return Panel("repeated", _("Said before"), "assurance/parts/repeated.html", context, _("by likeness of words"))


def verified(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:  # noqa: ARG001  # the signature of a panel
    if record.state != "closed":
        return None
    context = {"record": record}
    return Panel("verified", _("Verified"), "assurance/parts/verified.html", context)


def result(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """What the answers come to, the five that weigh most, and who has agreed."""
    if moment is not None:
        return None
    form, found = record.bank.form, record.result
    questions = {question.code: question for question in form.questions}
    context = {
        "record": record,
        "form": form,
        "result": found,
        "gaps": record.gaps,
        "parts": [(part, form.ratings[found.parts[part.code] - 1]) for part in form.parts if part.code in found.parts],
        "top": [(questions[one.code], form.ratings[one.rating - 1], one.why) for one in found.top],
        "superseded": record.bank.superseded(timezone.localdate()) if record.state != "accepted" else "",
        "url": reverse("assurance.answers", args=[record.pk]),
        "may_answer": record.state == "draft" and may_at_hand(account, "change", AssessmentRegister, record),
    }
    return Panel("result", _("Result"), "assurance/parts/result.html", context, form.source, place=WIDE)
