"""The meetings that every review has, as rows of its timetable: the planning meeting and a daily briefing of the owner."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.assurance.document.asking import nearest
from mainstay.assurance.interview.model import Interview
from mainstay.assurance.interview.register import InterviewRegister
from mainstay.assurance.lists import told
from mainstay.assurance.member.availability import working_days
from mainstay.register import actions, history, words
from mainstay.register.errors import Refused
from mainstay.register.history import Actor
from mainstay.register.record import Source

MOST_DAYS = 20


@transaction.atomic
def add(review: Any, actor: Actor) -> list[Any]:
    """Enter those that are not there yet; the last briefing is the one at which the draft report is handed over."""
    if not (review.starts_on and review.ends_on):
        raise Refused(_("%(review)s has no days yet. Enter when it is held first.") % {"review": review})
    history.hold()
    data, owner = told("timetable"), nearest(review.initiative, {"sro"}).get("sro")
    held = Interview.objects.filter(review=review.pk, is_withdrawn=False, kind__in=("briefing", "planning")).exclude(state="cancelled")
    there = set(held.values_list("kind", "held_on"))
    rows = []
    if review.planning_on and ("planning", review.planning_on) not in there:
        rows.append(row(review, "planning", _("Planning meeting"), review.planning_on, data["planning"], owner))
    for day in list(working_days(review.starts_on, review.ends_on))[:MOST_DAYS]:
        if ("briefing", day) not in there:
            title = _("Draft report to the owner") if day == review.ends_on else _("Daily briefing, %(day)s") % {"day": words.day(day)}
            rows.append(row(review, "briefing", title, day, data["briefing"], owner))
    if not rows:
        return []
    made = actions.create_many(InterviewRegister, rows, actor, source=Source.ENTERED, reason=_("The meetings of a review."))
    return [actions.move(InterviewRegister, one.pk, one.version, "propose", actor) for one in made]


def row(review: Any, kind: str, title: str, day: Any, when: dict[str, Any], owner: int | None) -> dict[str, Any]:
    return {
        "title": title, "kind": kind, "initiative": review.initiative_id, "review": review.pk, "interviewee": owner, "held_on": day,
        "begins": when["begins"], "minutes": when["minutes"], "importance": 10, "marking": review.marking,
    }  # fmt: skip
