"""What the page of a transition plan shows above its fields: readiness, go or no-go, run sheet, stability."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.planning.milestone.register import MilestoneRegister
from mainstay.register.access import may, visible_to
from mainstay.register.asat import Moment
from mainstay.register.panels import WIDE, Panel, with_states
from mainstay.register.spec import Register
from mainstay.transition import run_sheet, stability, verdict
from mainstay.transition.charts import chart_of
from mainstay.transition.criterion.register import ReadinessCriterionRegister
from mainstay.transition.measure.register import StabilityMeasureRegister
from mainstay.transition.readiness import readiness
from mainstay.transition.step.register import CutOverStepRegister

MOST = 60


def shows(account: Account | None, register: type[Register], moment: Moment | None) -> bool:
    """What is worked out from many records is told of now only."""
    return moment is None and may(account, "view", register)


def verdict_of(record: Any, account: Account | None) -> dict[str, Any]:
    found = readiness(record)
    sees = visible_to(account, MilestoneRegister).filter(pk=record.milestone_id or 0).exists()
    return {
        "plan": record,
        "verdict": verdict.verdict(record, found),
        "figures": verdict.figures(record, found, timezone.localdate(), sees_milestone=sees),
    }


def go(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    if not shows(account, ReadinessCriterionRegister, moment):
        return None
    context = verdict_of(record, account) | {"url": reverse("transition.transitions", args=[record.initiative_id])}
    return Panel("verdict", _("Go or no-go"), "transition/parts/verdict.html", context, place=WIDE)


def criteria(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    if not shows(account, ReadinessCriterionRegister, moment):
        return None
    found = readiness(record)
    gaps = found.gaps
    rest = [row for row in found.criteria if row not in gaps]
    rows = with_states(ReadinessCriterionRegister, [*gaps, *rest][:MOST])
    context = {"plan": record, "rows": rows, "today": timezone.localdate(), "may_add": may(account, "create", ReadinessCriterionRegister)}
    return Panel("readiness", _("Readiness"), "transition/parts/criteria.html", context, _("gaps first"))


def cut_over(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    if not shows(account, CutOverStepRegister, moment):
        return None
    lines = run_sheet.lines(record, run_sheet.steps_of(record), timezone.now())
    states = CutOverStepRegister.states
    context = {
        "plan": record,
        "lines": [(line, states.label(line.step.state) if states else "") for line in lines[:MOST]],
        "may_add": may(account, "create", CutOverStepRegister),
        "url": reverse("transition.run_sheet", args=[record.pk]),
    }
    return Panel("cut-over", _("Cut-over"), "transition/parts/cut_over.html", context, _("times move along with the cut-over"))


def stability_of(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    if not shows(account, StabilityMeasureRegister, moment):
        return None
    found = stability.standings(record)
    context = {
        "plan": record,
        "rows": found,
        "charts": [chart_of(one) for one in found if one.readings],
        "may_add": may(account, "create", StabilityMeasureRegister),
    }
    return Panel("stability", _("Stability"), "transition/parts/stability.html", context, _("readings since the cut-over"))
