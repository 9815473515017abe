"""What the page of a forecast says beside its charts: figures, each project, the whole against its parts, provenance."""

import hashlib
import json
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.forecasts import frozen
from mainstay.forecasts.facts import facts
from mainstay.forecasts.outlook import FinishOutlook, Outlook, Part
from mainstay.forecasts.run.model import Run
from mainstay.forecasts.run.register import RunRegister
from mainstay.initiatives.models import Initiative
from mainstay.initiatives.working_days import days_between
from mainstay.planning import joining
from mainstay.register import store
from mainstay.register.models import Change
from mainstay.register.words import moment
from mainstay.render.typography import day, money, number, percent

AGAIN = "run again"
"""The word under which the history holds that a run was made again."""


def needs(place: Initiative) -> list[str]:
    """What is missing before a forecast can be run; nothing where all is there."""
    if joining.plans_of(place):
        return []
    return [_("There is no live plan of %(place)s or anything below it. Import one first.") % {"place": place}]


def has_changed(run: Run) -> bool:
    """Whether a run made now would take in something else."""
    return hashlib.sha256(frozen.frozen(facts(run.initiative), after=run.after_responses)).hexdigest() != run.input_digest


def in_days(count: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", abs(count)) % {"n": number(abs(count))}


def gap(place: Initiative, start: date, finish: date) -> str:
    """`65 working days, 90 days`: how far a percentile lies after the plan."""
    working = days_between(place, start, finish)
    words = ngettext("%(n)s working day", "%(n)s working days", abs(working)) % {"n": number(working)}
    return _("%(working)s, %(calendar)s days by the calendar") % {"working": words, "calendar": number((finish - start).days)}


def figures(run: Run, outlook: Outlook) -> list[dict[str, Any]]:
    finish, cost = outlook.programme.finish, outlook.programme.cost
    found: list[dict[str, Any]] = []
    if finish:
        found += finish_figures(run.initiative, finish)
    if cost:
        over = cost.at(80).amount - cost.funded
        words = _("%(sum)s above the funding") if over > 0 else _("%(sum)s within the funding")
        found.append(
            {
                "label": _("Cost, P80"),
                "value": money(cost.at(80).amount),
                "delta": {
                    "text": words % {"sum": money(abs(over))},
                    "sense": "worse" if over > 0 else "better",
                    "direction": "up" if over > 0 else "down",
                },
                "source": _("± %(sum)s standard error") % {"sum": money(cost.at(80).standard_error, 2)},
            }
        )
        found.append(
            {
                "label": _("Chance within funding"),
                "value": percent(cost.funded_chance),
                "source": _("%(sum)s, budget and contingency") % {"sum": money(cost.funded)},
            }
        )
    return found


def finish_figures(place: Initiative, finish: FinishOutlook) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {
            "label": _("Finish in the plan"),
            "value": day(finish.plan),
            "source": _("holds in %(chance)s of the runs") % {"chance": percent(finish.plan_chance)},
        }
    ]
    for p in (50, 80):
        at = finish.at(p)
        later = (at.day - finish.plan).days
        found.append(
            {
                "label": _("Finish, P%(p)d") % {"p": p},
                "value": day(at.day),
                "delta": {
                    "text": gap(place, finish.plan, at.day),
                    "sense": "worse" if later > 0 else "better" if later < 0 else "same",
                    "direction": "up" if later >= 0 else "down",
                },
                "source": _("± %(days)s days standard error") % {"days": number(at.standard_error_days, 1)},
            }
        )
    if finish.baseline and finish.baseline_chance is not None:
        found.append(
            {
                "label": _("Chance by the approved date"),
                "value": percent(finish.baseline_chance),
                "source": _("approved finish %(day)s") % {"day": day(finish.baseline)},
            }
        )
    return found


def part_row(place: Initiative, part: Part) -> dict[str, Any]:
    finish, cost = part.finish, part.cost
    return {
        "part": part,
        "is_whole": part.kind == "programme",
        "plan": finish.plan if finish else None,
        "chance": finish.plan_chance if finish else None,
        "p50": finish.at(50).day if finish else None,
        "p80": finish.at(80).day if finish else None,
        "baseline": finish.baseline if finish else None,
        "baseline_chance": finish.baseline_chance if finish else None,
        "error": finish.at(80).standard_error_days if finish else None,
        "gap_days": finish.gap_days if finish else None,
        "gap_working": days_between(place, finish.plan, finish.at(80).day) if finish else None,
        "last": part.finish_share_of_programme,
        "budget": cost.budget if cost else None,
        "cost50": cost.at(50).amount if cost else None,
        "cost80": cost.at(80).amount if cost else None,
    }


def together(outlook: Outlook) -> list[str]:
    """The whole against its projects one by one: why percentiles neither add up nor follow from the latest."""
    joint, finish, cost = outlook.joint, outlook.programme.finish, outlook.programme.cost
    told = []
    if finish and joint.latest_project_p80 and joint.all_by_then is not None and len(outlook.projects) > 1:
        p80 = finish.at(80).day
        later = (p80 - joint.latest_project_p80).days
        words = (
            _("%(days)s later than") % {"days": in_days(later)}
            if later > 0
            else _("%(days)s earlier than") % {"days": in_days(later)}
            if later < 0
            else _("the same day as")
        )
        text = _(
            "The P80 finish of the whole, %(p80)s, is %(words)s the latest P80 among its projects, %(latest)s. "
            "All projects meet their own P80 in only %(share)s of the runs, not in 80 %%."
        )
        told.append(text % {"p80": day(p80), "words": words, "latest": day(joint.latest_project_p80), "share": percent(joint.all_by_then)})
    if cost and joint.sum_of_p80 is not None and len(outlook.projects) > 1:
        apart = joint.sum_of_p80 - cost.at(80).amount
        text = _("The P80 cost of the whole is %(p80)s; its projects' P80 costs add up to %(sum)s, %(apart)s %(words)s.")
        words = (
            _("too much, because not everything goes wrong at once")
            if apart >= 0
            else _("too little, because shared causes strike together")
        )
        told.append(text % {"p80": money(cost.at(80).amount), "sum": money(joint.sum_of_p80), "apart": money(abs(apart)), "words": words})
    if finish and joint.independent_p80_day and outlook.provenance.causes:
        text = _("If nothing were shared, neither causes nor the spread of durations, P80 would be %(day)s") % {
            "day": day(joint.independent_p80_day)
        }
        if joint.independent_p80 is not None:
            text += _(" and %(sum)s") % {"sum": money(joint.independent_p80)}
        told.append(text + ".")
    if joint.funded_and_plan is not None:
        told.append(_("In time and within the funding, both at once: %(share)s of the runs.") % {"share": percent(joint.funded_and_plan)})
    return told


def provenance(run: Run, outlook: Outlook) -> list[dict[str, Any]]:
    made = outlook.provenance
    taken = _("%(activities)s activities, %(links)s links, %(risks)s risks, %(causes)s shared causes")
    counts = {name: number(getattr(made, name)) for name in ("activities", "links", "risks", "causes")}
    return [
        {"label": _("Run"), "value": f"{run.ref}, {moment(run.made_at)}", "url": RunRegister.url("detail", run)},
        {"label": _("Made by"), "value": run.made_by},
        {"label": _("Network"), "value": taken % counts},
        {"label": _("Risks as"), "value": _("after their responses") if run.after_responses else _("before their responses")},
        {"label": _("Iterations"), "value": number(run.iterations)},
        {"label": _("Sampling"), "value": sampled(run, outlook)},
        {"label": _("Seed"), "value": str(run.seed)},
        {"label": _("Worked out in"), "value": _("%(n)s s") % {"n": number(run.seconds, 1)}},
        {"label": _("Engine"), "value": run.engine_version},
        {"label": _("Money"), "value": outlook.money_basis, "missing": _("not told")},
        {"label": _("Input, SHA-256"), "value": run.input_digest},
        {"label": _("Result, SHA-256"), "value": run.result_digest},
        {"label": _("Samples, SHA-256"), "value": run.samples_digest, "missing": _("not kept")},
    ]


def plans(run: Run) -> list[dict[str, Any]]:
    """The versions of the plans that went in, as the frozen input names them; an earlier release kept them as bare lists."""
    told = []
    for row in json.loads(store.get(run.input_digest))["plans"]:
        code, version, digest = row if isinstance(row, list) else (row["initiative"], row["number"], row["document_digest"])
        told.append({"code": code, "number": version, "digest": digest})
    return told


def made_again(run: Run) -> dict[str, Any] | None:
    """When a run was last made again, and what came of it; as its history says."""
    found = Change.objects.filter(register=RunRegister.key, record_id=run.pk, verb=AGAIN).order_by("-sequence").first()
    return {"text": found.reason, "at": found.at} if found else None


def sampled(run: Run, outlook: Outlook) -> str:
    """`Latin hypercube; stopped at a standard error of 1 day, as asked`."""
    names = {"random": _("random"), "latin_hypercube": _("Latin hypercube"), "sobol": _("Sobol sequence")}
    told = names.get(run.sampling, run.sampling)
    if run.stop_days is None:
        return told
    text = _("%(how)s; stopped at a standard error of %(days)s days or less")
    if outlook.provenance.converged is False:
        text = _("%(how)s; a standard error of %(days)s days was not reached within the iterations asked for")
    return text % {"how": told, "days": f"{run.stop_days:g}"}
