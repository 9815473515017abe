"""What planning adds to the page of a milestone: its feeders and which one drives it; to that of a programme or tranche: its dates."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.planning.feeding import feeding
from mainstay.planning.lookup import Found
from mainstay.planning.models import Activity, Plan
from mainstay.planning.plan.register import PlanRegister
from mainstay.register.access import below, may, visible_to
from mainstay.register.asat import Moment
from mainstay.register.panels import Panel

ABOVE_PROJECTS = {"portfolio", "programme", "tranche"}


@dataclass(frozen=True, slots=True)
class FeederRow:
    """One feeder as its live plan has it; without `activity`, `fault` says why."""

    name: str
    activity: Activity | None
    fault: str
    wanted: date | None
    is_driver: bool
    url: str = ""

    @property
    def finish(self) -> date | None:
        return self.activity.finish.date() if self.activity and self.activity.finish else None

    @property
    def baseline(self) -> date | None:
        return self.activity.baseline_finish.date() if self.activity and self.activity.baseline_finish else None

    @property
    def slack_days(self) -> int | None:
        """Days from its finish to the approved date of the milestone; negative: it comes after it."""
        return (self.wanted - self.finish).days if self.wanted and self.finish else None


def feeders(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """The activities that the milestone waits for, with finish, baseline and slack; nothing for a moment of the past."""
    if moment is not None or not record.feeders or not may(account, "view", PlanRegister):
        return None
    found = feeding(record)
    keys = {each.activity.plan_id for each in found.found if each.activity is not None}
    seen = {plan.pk: plan for plan in visible_to(account, PlanRegister).filter(pk__in=keys)}
    rows = [feeder_row(each, seen, record, found.driver) for each in found.found]
    hidden = _("stands in the plan of a project that you may not see")
    context = {
        "milestone": record,
        "rows": sorted(rows, key=lambda row: (row.finish is None, -(row.finish or date.min).toordinal())),
        "finish": found.finish if len(seen) == len(keys) else None,
        "missing": [row for row in rows if row.activity is None and row.fault != hidden],
        "driver": next((row for row in rows if row.is_driver), None),
    }
    return Panel("feeders", _("Fed by"), "planning/parts/feeders.html", context, source=_("finishes and baselines from the live plans"))


def feeder_row(each: Found, seen: dict[int, Plan], record: Any, driver: Activity | None) -> FeederRow:
    activity = each.activity
    is_driver = activity is not None and driver is not None and activity.pk == driver.pk
    if activity is not None and activity.plan_id not in seen:
        return FeederRow(each.text, None, _("stands in the plan of a project that you may not see"), record.baseline_current, is_driver)
    url = PlanRegister.url("detail", activity.plan) if activity is not None else ""
    return FeederRow(each.text, activity, each.fault, record.baseline_current, is_driver, url)


def dates(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """First start and last finish of the live plans below a portfolio, programme or tranche beside its approved dates; never typed."""
    if moment is not None or record.kind not in ABOVE_PROJECTS or not may(account, "view", PlanRegister):
        return None
    live = visible_to(account, PlanRegister).filter(below("initiative__path", [record.path]), is_live=True, is_withdrawn=False)
    plans = live.select_related("initiative")
    first = plans.order_by(F("starts_on").asc(nulls_last=True), "pk").first()
    last = plans.order_by(F("finishes_on").desc(nulls_last=True), "pk").first()
    if first is None or last is None:
        return None
    rows = [
        row_of(_("Start"), record.starts_on, first.starts_on, first),
        row_of(_("Finish"), record.ends_on, last.finishes_on, last),
    ]
    return Panel("plan-dates", _("Dates from its plans"), "planning/parts/plan_dates.html", {"rows": rows})


def row_of(name: str, approved: date | None, planned: date | None, plan: Plan) -> dict[str, Any]:
    """Days are those that the plans come after what was approved; negative is earlier."""
    days = (planned - approved).days if planned and approved else None
    return {"name": name, "approved": approved, "planned": planned, "days": days, "plan": plan, "url": PlanRegister.url("detail", plan)}
