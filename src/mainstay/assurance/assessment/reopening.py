"""A cost that crosses the threshold opens the assessment again: what was agreed was agreed for another size of undertaking."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.assurance.assessment.register import AssessmentRegister
from mainstay.assurance.models import Assessment
from mainstay.assurance.triage.needing import crossing
from mainstay.assurance.triage.thresholds import rule_for
from mainstay.post import writing
from mainstay.register.derived import derive
from mainstay.register.history import Actor


def initiative_written(sender: object, instance: Any, created: bool = False, **_more: object) -> None:  # noqa: ARG001  # Django's signature
    """Called after each write of an initiative, in its transaction."""
    if created or instance.budget is None:
        return
    newest = Assessment.objects.filter(initiative=instance.pk, is_withdrawn=False).select_related("bank", "owner").order_by("-pk").first()
    if newest is None or newest.state == "draft" or newest.whole_life_cost is None:
        return
    why = crossing(newest.whole_life_cost, instance.budget, rule_for(instance, timezone.localdate()))
    if why:
        # The cost that was assessed goes with the agreement to it: the approved budget counts until another one is entered.
        values = {"state": "draft", "completed_by": "", "approved_by": "", "validated_by": "", "whole_life_cost": None}
        derive(AssessmentRegister, newest, values, Actor(None, "derived"), verb="return", reason=why)
        tell(newest, why, instance)


def tell(assessment: Any, why: str, initiative: Any) -> None:
    if assessment.owner is None:
        return
    url = f"{settings.PUBLIC_URL}{AssessmentRegister.url('detail', assessment)}"
    text = _("%(why)s\n\nThe assessment is open again: answer it as it stands now, then complete it.\n\n%(url)s\n") % {
        "why": why,
        "url": url,
    }
    subject = _("Risk potential to be assessed again: %(place)s") % {"place": initiative}
    key = f"assurance-assessment-{assessment.pk}-again-{initiative.version}-{assessment.owner_id}"
    writing.write(key, assessment.owner.email, assessment.owner.title, subject, text)
