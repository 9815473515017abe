"""The interview timetable of a review: proposed, accepted, printed."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mainstay.assurance.interview import accepting, calendars, meetings, proposing
from mainstay.assurance.interview.proposing import Unplaced
from mainstay.assurance.interview.register import InterviewRegister
from mainstay.assurance.pages.review import review_for
from mainstay.assurance.review.register import ReviewRegister
from mainstay.initiatives.finding import way_to
from mainstay.register.access import paths_for, reaches, visible_to
from mainstay.register.asat import refuse_past
from mainstay.register.errors import Invalid, NotFound, Refused
from mainstay.register.history import Actor
from mainstay.register.panels import with_states
from mainstay.register.requests import actor_of, asks, seen_at
from mainstay.register.trail import Crumb
from mainstay.register.typed import whole_number

MOST = 200


@require_safe
@asks("assurance.review:view")
def timetable(request: HttpRequest, pk: int) -> HttpResponse:
    return show(request, review_for(request, pk))


@require_POST
@asks("assurance.interview:change")
def propose(request: HttpRequest, review_id: int) -> HttpResponse:
    refuse_past(seen_at(request))
    review = writer_for(request, review_id)
    try:
        unplaced = proposing.propose(review, actor_of(request), whole_number(request.POST.get("rooms", "")) or 1)
    except Refused as fault:
        return show(request, review, str(fault), status=422)
    if unplaced:
        return show(request, review, unplaced=unplaced)
    return redirect("assurance.timetable", review.pk)


@require_POST
@asks("assurance.interview:change")
def accept(request: HttpRequest, review_id: int) -> HttpResponse:
    """All that is proposed, in one step: all of it or nothing."""
    return written(request, review_id, accepting.accept)


@require_POST
@asks("assurance.interview:create")
def meet(request: HttpRequest, review_id: int) -> HttpResponse:
    """The planning meeting and the daily briefings entered."""
    return written(request, review_id, meetings.add)


def written(request: HttpRequest, review_id: int, act: Callable[[Any, Actor], object]) -> HttpResponse:
    """The timetable after `act`, or why it was not done."""
    refuse_past(seen_at(request))
    review = writer_for(request, review_id)
    try:
        act(review, actor_of(request))
    except (Refused, Invalid) as fault:
        return show(request, review, sentence(fault), status=422)
    return redirect("assurance.timetable", review.pk)


@require_safe
@asks("assurance.review:view")
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """What has an hour, as a calendar file."""
    review = review_for(request, pk)
    content = calendars.calendar(rows_of(request, review), request.build_absolute_uri(ReviewRegister.url("detail", review)))
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{review.ref}-timetable.ics"'
    return answer


def sentence(fault: Refused | Invalid) -> str:
    return " ".join(text for texts in fault.errors.values() for text in texts) if isinstance(fault, Invalid) else str(fault)


def may_write(request: HttpRequest, review: Any) -> bool:
    account = actor_of(request).account
    places = [review.initiative.path, f"/c{review.pk}/"]
    return reaches(InterviewRegister, "create", paths_for(account, InterviewRegister, "create"), places)


def writer_for(request: HttpRequest, pk: int) -> Any:
    review = review_for(request, pk)
    if not may_write(request, review):
        raise NotFound
    return review


def rows_of(request: HttpRequest, review: Any) -> list[Any]:
    seen = visible_to(actor_of(request).account, InterviewRegister).filter(review=review.pk, is_withdrawn=False).exclude(state="cancelled")
    return list(InterviewRegister.rows(seen).order_by("held_on", "begins", "pk")[:MOST])


def show(request: HttpRequest, review: Any, fault: str = "", unplaced: Sequence[Unplaced] = (), status: int = 200) -> HttpResponse:
    told = with_states(InterviewRegister, rows_of(request, review))
    days: dict[Any, list[Any]] = {}
    for row, state in told:
        if row.span:
            days.setdefault(row.held_on, []).append((row, state))
    context = {
        "title": _("Interview timetable of %(review)s") % {"review": review},
        "breadcrumbs": [*way_to(actor_of(request).account, review.initiative), Crumb(str(review), ReviewRegister.url("detail", review))],
        "marking": review.marking,
        "review": review,
        "days": sorted(days.items(), key=lambda entry: entry[0]),
        "waiting": [(row, state) for row, state in told if not row.span],
        "proposed": sum(row.state == "proposed" for row, _state in told),
        "team": [name.title() for name in proposing.team_of(review)],
        "unplaced": unplaced,
        "fault": fault,
        "may_write": may_write(request, review),
    }
    return render(request, "assurance/timetable.html", context, status=status)
