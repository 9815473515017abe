"""Where a version of a plan comes from: its file, its place among the versions, who brought it in and when."""

from typing import Any

from django.utils.translation import gettext as _

from mainstay.planning.models import Plan
from mainstay.planning.plan.register import PlanRegister
from mainstay.register import words
from mainstay.register.models import Change


def arrival(plan: Plan) -> Change | None:
    """The event of the history with which the version came."""
    return Change.objects.filter(register=PlanRegister.key, record_id=plan.pk).order_by("sequence").first()


def facts_of(plan: Plan) -> list[dict[str, Any]]:
    """What the component `facts` takes."""
    came = arrival(plan)
    live = _("live: the integrated plan uses it") if plan.is_live else _("superseded by a later version")
    told = {
        _("File"): plan.file_name,
        _("Made by"): plan.application,
        _("Project in the file"): plan.project_name,
        _("Version"): _("%(number)s, %(live)s") % {"number": plan.number, "live": live},
        _("Imported"): words.moment(came.at) if came else words.moment(plan.created_at),
        _("Imported by"): came.actor_name if came else "",
        _("Status date"): words.moment(plan.status_date) if plan.status_date else "",
        _("Start and finish"): _("%(start)s to %(finish)s") % {"start": words.day(plan.starts_on), "finish": words.day(plan.finishes_on)}
        if plan.starts_on and plan.finishes_on
        else "",
        _("Holds"): _("%(activities)s activities, %(links)s links, %(external)s links to other files, %(resources)s resources")
        % {
            "activities": words.number(plan.activity_count),
            "links": words.number(plan.link_count),
            "external": words.number(plan.external_count),
            "resources": words.number(plan.resource_count),
        },
        _("SHA-256 of the file"): plan.file_digest,
    }
    return [{"label": label, "value": value} for label, value in told.items()]
