"""The cut-over follows the milestone that it hangs on: a slip moves the window, the history says why, its owner is told."""

from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from mainstay.post import writing
from mainstay.register import words
from mainstay.register.derived import derive
from mainstay.register.history import Actor
from mainstay.transition.dates import from_milestone
from mainstay.transition.models import Transition
from mainstay.transition.plan.register import TransitionPlanRegister
from mainstay.transition.plan.steps import FOLLOWING


def milestone_written(sender: object, instance: Any, created: bool = False, **_more: object) -> None:  # noqa: ARG001  # Django's signature
    """Called after each write of a milestone, in its transaction."""
    if created:
        return
    hanging = Transition.objects.filter(milestone=instance.pk, is_withdrawn=False, state__in=FOLLOWING)
    for plan in hanging.select_related("initiative", "owner"):
        plan.milestone = instance
        before, day = plan.cut_over_on, from_milestone(plan)
        if day is not None and day != before:
            reason = f"{name_of(plan)} is now expected on {words.day(instance.expected)}."
            derive(TransitionPlanRegister, plan, {"cut_over_on": day}, Actor(None, "derived"), reason=reason)
            tell(plan, before, day)


def name_of(plan: Any) -> str:
    """The milestone by name where everybody who may see the plan may see it too; the history and the message are read by all of them."""
    milestone = plan.milestone
    is_below = milestone.initiative.path.startswith(plan.initiative.path)
    return f"{milestone.initiative.code} {milestone}" if is_below else "The milestone that it hangs on"


def tell(plan: Any, before: date | None, day: date) -> None:
    """Once for each day that the cut-over moves to."""
    person = plan.owner
    if before is None or person is None or person.has_left:
        return
    text = _(
        "The cut-over of %(area)s moves from %(before)s to %(day)s, because %(milestone)s is now expected on %(expected)s. "
        "The transition window moves along.\n\nLook whether people, backfill, training and the dip in service still fit.\n\n%(url)s\n"
    ) % {
        "area": plan.business_area,
        "before": words.day(before),
        "day": words.day(day),
        "milestone": name_of(plan),
        "expected": words.day(plan.milestone.expected),
        "url": f"{settings.PUBLIC_URL}{TransitionPlanRegister.url('detail', plan)}",
    }
    subject = _("Cut-over moves: %(ref)s %(title)s") % {"ref": plan.ref, "title": plan.title}
    writing.write(f"transition-{plan.pk}-cut-over-{before}-{day}-{person.pk}", person.email, person.title, subject, text)
