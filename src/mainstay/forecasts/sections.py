"""The parts of a forecast's page: which there are, and what each shows of one run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from mainstay.accounts.models import Account
from mainstay.forecasts import answers, asking, charting, contingency, drawing, holding, showing, viewing
from mainstay.forecasts.outlook import Outlook
from mainstay.forecasts.run.model import Run
from mainstay.register.asat import Moment

Context = dict[str, Any]
RUNS_BEFORE = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """One run and what the address asks of it."""

    run: Run
    outlook: Outlook
    told: Mapping[str, str]
    moment: Moment | None
    account: Account | None


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    label: str | StrPromise
    context: Callable[[Asked], Context]
    tells_stale: bool = False
    """Whether it says that plans, risks or budgets have changed since; finding that out takes as long as the rest of a page."""

    @property
    def template(self) -> str:
        return f"forecasts/sections/{self.key}.html"


def some(**charts: drawing.Chart | None) -> Context:
    return {"charts": {name: chart for name, chart in charts.items() if chart is not None}}


def overview(asked: Asked) -> Context:
    outlook = asked.outlook
    charts = drawing.charts(outlook)
    kept = {name: charts.get(name) for name in ("finish", "cost")}
    return {
        **some(**kept),
        "answers": answers.answers(outlook),
        "figures": showing.figures(asked.run, outlook),
        "together": showing.together(outlook),
    }


def confidence(asked: Asked) -> Context:
    outlook = asked.outlook
    charts = drawing.charts(outlook)
    return {
        **some(together=charting.together(outlook), spread=charts.get("spread")),
        "question": asking.question(asked.run, outlook, asked.told),
        "percentiles": drawing.percentile_rows(outlook.programme),
    }


def parts(asked: Asked) -> Context:
    outlook, place = asked.outlook, asked.run.initiative
    return {
        "parts": [showing.part_row(place, part) for part in (*outlook.projects, *outlook.groups, outlook.programme)],
        "milestones": [showing.part_row(place, part) for part in outlook.milestones],
    }


def drivers(asked: Asked) -> Context:
    outlook = asked.outlook
    items, projects = outlook.drivers, outlook.project_drivers
    return {
        **some(
            days=drawing.tornado(items, by_days=True),
            money=drawing.tornado(items, by_days=False),
            project_days=drawing.tornado(projects, by_days=True, what="projects"),
            project_money=drawing.tornado(projects, by_days=False, what="projects"),
        ),
        "items": [(one, drawing.kind_of(one)) for one in items],
        "projects": projects,
        "base": outlook.programme,
    }


def responses(asked: Asked) -> Context:
    outlook = asked.outlook
    costs = [one.cost for one in outlook.responses if one.cost is not None]
    return {**some(), "paid": sum(costs), "before": outlook.before_responses, "has_cost": outlook.programme.cost is not None}


def network(asked: Asked) -> Context:
    return {**some(), "pert": asked.outlook.pert}


def reserves(asked: Asked) -> Context:
    outlook, run = asked.outlook, asked.run
    told = contingency.summary(outlook)
    before = viewing.runs(run.initiative, asked.moment).filter(made_at__lte=run.made_at, after_responses=run.after_responses)
    history = contingency.needed_by_run(list(before[:RUNS_BEFORE]))
    days = [(at, value) for at, value, _amount in history]
    held = holding.held_over_time(run.initiative, asked.account) if asked.moment is None else []
    amounts = [(at, amount / charting.MILLION) for at, _days, amount in history if amount is not None]
    return {
        **some(
            parts=charting.contingency(outlook.projects, outlook.programme),
            money=charting.drawdown(outlook.drawdown, amounts, held or told.held or 0.0, by_days=False),
            days=charting.drawdown(outlook.drawdown, days, (), by_days=True),
        ),
        "summary": told,
        "held": held[-1][1] if held else None,
    }


def basis(asked: Asked) -> Context:
    return {
        **some(),
        "provenance": showing.provenance(asked.run, asked.outlook),
        "plans": showing.plans(asked.run),
        "made_again": showing.made_again(asked.run),
    }


def runs(_asked: Asked) -> Context:
    return some()


SECTIONS = (
    Section("overview", _("Overview"), overview, tells_stale=True),
    Section("confidence", _("Time and cost"), confidence),
    Section("parts", _("Projects and milestones"), parts),
    Section("drivers", _("Drivers"), drivers),
    Section("responses", _("Responses"), responses),
    Section("network", _("Critical work"), network),
    Section("contingency", _("Contingency"), reserves),
    Section("basis", _("Basis"), basis),
    Section("runs", _("Runs"), runs, tells_stale=True),
)
BY_KEY = {section.key: section for section in SECTIONS}
