"""Windows and approvals follow the milestones that they are tied to: a slip moves them, the history says why, the owner is told."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.assurance.approval.register import ApprovalRegister
from mainstay.assurance.models import Approval, Review
from mainstay.assurance.review.register import ReviewRegister
from mainstay.assurance.review.steps import FOLLOWING, window_of
from mainstay.post import writing
from mainstay.register import words
from mainstay.register.derived import derive
from mainstay.register.history import Actor


def milestone_written(sender: object, instance: Any, created: bool = False, **_more: object) -> None:  # noqa: ARG001  # Django's signature
    """Called after each write of a milestone, in its transaction."""
    if created:
        return
    held = Review.objects.filter(milestone=instance.pk, is_withdrawn=False, state__in=FOLLOWING)
    for review in held.select_related("initiative", "owner"):
        review.milestone = instance
        window = window_of(review)
        if window and window != (review.window_from, review.window_to):
            values = {"window_from": window[0], "window_to": window[1]}
            reason = sentence(review, window[1])
            before = review.window_to
            derive(ReviewRegister, review, values, Actor(None, "derived"), reason=reason)
            tell(review, before, window, reason)
    for approval in Approval.objects.filter(milestone=instance.pk, is_withdrawn=False, state__in=("planned", "submitted")):
        if instance.expected and instance.expected != approval.planned_on:
            reason = _("Its milestone is now expected on %(day)s.") % {"day": words.day(instance.expected)}
            derive(ApprovalRegister, approval, {"planned_on": instance.expected}, Actor(None, "derived"), reason=reason)


def sentence(review: Any, last: Any) -> str:
    """Why the window moves, and whether that still leaves a day on which the review can be held."""
    text = _("%(milestone)s is now expected on %(day)s.") % {"milestone": name_of(review), "day": words.day(review.milestone.expected)}
    if last < timezone.localdate():
        text += " " + _("The whole window lies in the past: the review cannot be held before it.")
    elif review.decision_on and last - timedelta(days=review.window_days - 1) + timedelta(days=review.days - 1) > review.decision_on:
        text += " " + _("No day of the window is before the decision on %(day)s any more.") % {"day": words.day(review.decision_on)}
    elif review.starts_on and review.starts_on > last:
        text += " " + _("The days from %(day)s on lie after the window now.") % {"day": words.day(review.starts_on)}
    return text


def name_of(review: Any) -> str:
    """The milestone by name where everybody who may see the review may see it too."""
    milestone = review.milestone
    is_below = milestone.initiative.path.startswith(review.initiative.path)
    return f"{milestone.initiative.code} {milestone}" if is_below else _("The milestone that it is tied to")


def tell(review: Any, before: Any, window: Any, reason: str) -> None:
    """Once for each window that the review moves to."""
    person = review.owner
    if before is None or person is None or person.has_left:
        return
    text = _(
        "The window of %(review)s moves to %(first)s – %(last)s. %(reason)s\n\n"
        "Look whether team, rooms and the decision still fit.\n\n%(url)s\n"
    ) % {
        "review": review, "first": words.day(window[0]), "last": words.day(window[1]), "reason": reason,
        "url": f"{settings.PUBLIC_URL}{ReviewRegister.url('detail', review)}",
    }  # fmt: skip
    subject = _("Review window moves: %(ref)s %(title)s") % {"ref": review.ref, "title": review.title}
    writing.write(f"assurance-{review.pk}-window-{before}-{window[1]}-{person.pk}", person.email, person.title, subject, text)
