"""The questions of a risk potential assessment as a form: a rating and a justification each, and what they come to."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mainstay.assurance.assessment.register import AssessmentRegister
from mainstay.assurance.triage import scoring
from mainstay.assurance.triage.form import Form, FormError
from mainstay.initiatives.finding import way_to
from mainstay.register import actions
from mainstay.register.access import may, visible_to
from mainstay.register.errors import Invalid, NotFound
from mainstay.register.requests import actor_of, asks
from mainstay.register.typed import whole_number


@require_http_methods(["GET", "HEAD", "POST"])
@asks("assurance.assessment:view")
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    record = AssessmentRegister.rows(visible_to(actor.account, AssessmentRegister)).filter(pk=pk, is_withdrawn=False).first()
    if record is None:
        raise NotFound
    form, errors, status = record.bank.form, list[str](), 200
    typed = request.POST if request.method == "POST" else None
    if typed is not None:
        text = "\n".join(lines_of(form, typed))
        try:
            version = whole_number(typed.get("version", ""))
            actions.change(AssessmentRegister, record.pk, version, {"content": text}, actor, reason=typed.get("reason", ""))
            return redirect(AssessmentRegister.url("detail", record))
        except Invalid as fault:
            errors, status = [text for texts in fault.errors.values() for text in texts], 422
    context = {
        "title": _("Answers of %(record)s") % {"record": record},
        "breadcrumbs": way_to(actor.account, record.initiative),
        "marking": record.marking,
        "record": record,
        "form": form,
        "parts": shown(form, record, typed),
        "errors": errors,
        "superseded": record.bank.superseded(record.as_at.date()),
        "may_change": record.state == "draft" and may(actor.account, "change", AssessmentRegister, record),
    }
    return render(request, "assurance/answers.html", context, status=status)


def lines_of(form: Form, typed: Any) -> list[str]:
    """What was typed, as the lines that are kept; a justification stays on one line."""
    found = []
    for question in form.questions:
        rating, why = typed.get(f"rating-{question.code}", ""), " ".join(typed.get(f"why-{question.code}", "").split())
        if rating or why:
            found.append(f"{question.code} | {rating} | {why}")
    return found


def shown(form: Form, record: Any, typed: Any) -> list[tuple[Any, list[dict[str, Any]]]]:
    """The parts with their questions, each with what was typed or is kept."""
    try:
        held = scoring.parse(form, record.content)
    except FormError:
        held = {}
    found = []
    for part in form.parts:
        rows = []
        for question in part.questions:
            answer = held.get(question.code)
            rating = form.ratings[answer.rating - 1] if answer else ""
            why = answer.why if answer else ""
            if typed is not None:
                rating, why = typed.get(f"rating-{question.code}", ""), typed.get(f"why-{question.code}", "")
            choices = [(name, question.answers[place] if place < len(question.answers) else "") for place, name in enumerate(form.ratings)]
            rows.append({"question": question, "rating": rating, "why": why, "choices": choices})
        found.append((part, rows))
    return found
