"""The charts of a run, as the component `chart` takes them: each with its finding as a sentence and its table."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.forecasts.outlook import CostOutlook, Driver, FinishOutlook, Outlook, Part
from mainstay.render.typography import day, money, number, percent, signed

Chart = dict[str, Any]
SHOWN = (10, 25, 50, 75, 80, 90)
MOST_BARS, MOST_IN_TORNADO = 26, 12
MILLION = 1_000_000


def charts(outlook: Outlook) -> dict[str, Chart]:
    """The charts that this run can show, by name."""
    finish, cost = outlook.programme.finish, outlook.programme.cost
    before = outlook.before_responses
    made: dict[str, Chart | None] = {}
    if finish:
        made["finish"] = finish_curve(finish, before.finish if before else None, after=outlook.provenance.after_responses)
        made["spread"] = histogram(finish)
    if cost:
        made["cost"] = cost_curve(cost, before.cost if before else None, after=outlook.provenance.after_responses)
    made["days"] = tornado(outlook.drivers, by_days=True)
    made["money"] = tornado(outlook.drivers, by_days=False)
    return {name: chart for name, chart in made.items() if chart is not None}


def names(*, after: bool) -> tuple[str, str]:
    return (_("After responses") if after else _("Before responses"), _("Before responses"))


def finish_curve(finish: FinishOutlook, before: FinishOutlook | None, *, after: bool) -> Chart:
    p50, p80 = finish.at(50).day, finish.at(80).day
    own, other = names(after=after)
    series: list[dict[str, Any]] = [
        {
            "name": own,
            "points": [[point.day.isoformat(), round(point.share * 100, 2)] for point in finish.curve],
            "marks": [{"x": at.isoformat(), "y": y, "label": f"P{y} {day(at)}"} for at, y in ((p50, 50), (p80, 80))],
        }
    ]
    if before:
        series.append({"name": other, "points": [[point.day.isoformat(), round(point.share * 100, 2)] for point in before.curve]})
    lines = [{"x": finish.plan.isoformat(), "label": _("Plan %(day)s") % {"day": day(finish.plan)}}]
    if finish.baseline and finish.baseline != finish.plan and finish.baseline <= finish.curve[-1].day:
        lines.append({"x": finish.baseline.isoformat(), "label": _("Approved %(day)s") % {"day": day(finish.baseline)}})
    text = _("The plan's own date, %(plan)s, holds in %(chance)s of the runs. To hold in four of five, promise %(p80)s.")
    told = [own, *([other] if before else [])]
    return {
        "id": "finish-curve",
        "kind": "curves",
        "finding": text % {"plan": day(finish.plan), "chance": percent(finish.plan_chance), "p80": day(p80)},
        "data": {
            "x": {"type": "time", "name": _("Finish of the whole"), **reach(finish, before)},
            "y": {"name": _("Runs finished by then, %")},
            "series": series,
            "lines": lines,
        },
        "table": {
            "heads": [_("Percentile"), *told, _("Standard error, days")],
            "rows": [
                [f"P{p}", day(finish.at(p).day), *([day(before.at(p).day)] if before else []), number(finish.at(p).standard_error_days, 1)]
                for p in SHOWN
            ],
        },
    }


def reach(finish: FinishOutlook, before: FinishOutlook | None) -> dict[str, str]:
    """The axis holds every curve and the plan's own date, which may lie before all of them."""
    curves = [finish.curve, *([before.curve] if before else [])]
    first = min([finish.plan, *(curve[0].day for curve in curves)])
    return {"min": first.isoformat(), "max": max(curve[-1].day for curve in curves).isoformat()}


def bins(finish: FinishOutlook) -> Iterator[tuple[date, date, float]]:
    """First day after, last day within, and the share of the runs that finished between."""
    step = max(1, -(-(len(finish.curve) - 1) // MOST_BARS))
    kept = list(finish.curve[::step])
    if kept[-1] is not finish.curve[-1]:
        kept.append(finish.curve[-1])
    for before, after in pairwise(kept):
        yield before.day, after.day, after.share - before.share


def histogram(finish: FinishOutlook) -> Chart | None:
    found = list(bins(finish))
    if len(found) < 2:
        return None
    most = max(found, key=lambda one: one[2])
    first, last = finish.at(10).day, finish.at(90).day
    text = _("Eight runs in ten finish between %(first)s and %(last)s, %(days)s apart; most often by %(most)s.")
    days = (last - first).days
    spread = ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    return {
        "id": "finish-spread",
        "kind": "bars",
        "finding": text % {"first": day(first), "last": day(last), "days": spread, "most": day(most[1])},
        "data": {
            "x": {"name": _("Finish of the whole, by the end of")},
            "y": {"name": _("Share of the runs, %"), "unit": "%", "places": 1},
            "categories": [day(until) for _after, until, _share in found],
            "series": [{"name": _("Runs"), "values": [round(share * 100, 2) for _after, _until, share in found]}],
        },
        "table": {
            "heads": [_("After, until the end of"), _("Share of the runs")],
            "rows": [[f"{day(after)} – {day(until)}", percent(share, 1)] for after, until, share in found],
        },
    }


def cost_curve(cost: CostOutlook, before: CostOutlook | None, *, after: bool) -> Chart:
    own, other = names(after=after)
    series: list[dict[str, Any]] = [
        {
            "name": own,
            "points": [[round(point.amount / MILLION, 4), round(point.share * 100, 2)] for point in cost.curve],
            "marks": [{"x": round(cost.at(p).amount / MILLION, 4), "y": p, "label": f"P{p} {money(cost.at(p).amount)}"} for p in (50, 80)],
        }
    ]
    if before:
        series.append(
            {"name": other, "points": [[round(point.amount / MILLION, 4), round(point.share * 100, 2)] for point in before.curve]}
        )
    ends = [curve.curve[place].amount for curve in (cost, before) if curve for place in (0, -1)]
    text = _("%(sum)s, budget and contingency, holds in %(chance)s of the runs. To hold in four of five it takes %(p80)s.")
    return {
        "id": "cost-curve",
        "kind": "curves",
        "finding": text % {"sum": money(cost.funded), "chance": percent(cost.funded_chance), "p80": money(cost.at(80).amount)},
        "data": {
            "x": {"name": _("Cost of the whole, £m"), "unit": "£m", "places": 1, **money_reach([*ends, cost.funded])},
            "y": {"name": _("Runs that cost no more, %")},
            "series": series,
            "lines": [{"x": round(cost.funded / MILLION, 4), "label": _("Funded %(sum)s") % {"sum": money(cost.funded)}}],
        },
        "table": {
            "heads": [_("Percentile"), own, *([other] if before else []), _("Standard error")],
            "rows": [
                [
                    f"P{p}",
                    money(cost.at(p).amount),
                    *([money(before.at(p).amount)] if before else []),
                    money(cost.at(p).standard_error, 2),
                ]
                for p in SHOWN
            ],
        },
    }


def money_reach(amounts: Sequence[float]) -> dict[str, float]:
    """From the lowest to the highest amount with a twentieth of the way beside them."""
    low, high = min(amounts) / MILLION, max(amounts) / MILLION
    margin = max((high - low) / 20, 0.1)
    return {"min": round(low - margin, 1), "max": round(high + margin, 1)}


def tornado(found: Sequence[Driver], *, by_days: bool, what: str = "drivers") -> Chart | None:
    """What P80 loses without each item, the strongest first."""

    def value(driver: Driver) -> float:
        return driver.days if by_days else (driver.money or 0.0) / MILLION

    least = 0.5 if by_days else 0.05
    top = sorted((driver for driver in found if abs(value(driver)) >= least), key=lambda driver: -abs(value(driver)))[:MOST_IN_TORNADO]
    if not top:
        return None
    written = [f"{driver.ref} {driver.title}" for driver in top]
    first = number(value(top[0])) + _(" days") if by_days else money(value(top[0]) * MILLION)
    text = _("Without %(name)s the P80 finish would be %(amount)s earlier.") if by_days else _("%(name)s holds %(amount)s of the P80 cost.")
    if value(top[0]) < 0:
        text = _("%(name)s moves the P80 most: by %(amount)s.")
    looks = " " + _("Striped: shared cause; outlined: opportunity.")
    heads = [
        _("Left out"),
        _("Kind"),
        _("Change of P80, days") if by_days else _("Change of P80, £m"),
        _("Standard error"),
        _("Risks that it brings"),
    ]
    return {
        "id": f"{what}-days" if by_days else f"{what}-money",
        "kind": "tornado",
        "finding": text % {"name": written[0], "amount": first} + (looks if what == "drivers" else ""),
        "data": {
            "x": {"name": _("P80 with all in, less P80 without the item, days") if by_days else _("P80 with all in, less P80 without, £m")},
            "bars": [
                {"name": name, "value": round(value(driver), 1 if by_days else 2), "shared": driver.kind == "cause"}
                for name, driver in zip(written, top, strict=True)
            ],
        },
        "table": {
            "heads": heads,
            "rows": [
                [
                    name,
                    kind_of(driver),
                    signed(value(driver), 1 if by_days else 2),
                    number(driver.days_error if by_days else (driver.money_error or 0) / MILLION, 1 if by_days else 2),
                    ", ".join(driver.risks) or "–",
                ]
                for name, driver in zip(written, top, strict=True)
            ],
        },
    }


def kind_of(driver: Driver) -> str:
    kinds = {
        "threat": _("threat"),
        "opportunity": _("opportunity"),
        "cause": _("shared cause"),
        "uncertainty": _("uncertainty"),
        "project": _("project as planned"),
    }
    return kinds.get(driver.kind, driver.kind)


def percentile_rows(part: Part) -> list[dict[str, Any]]:
    """Finish and cost at each percentile with their standard errors, for the main table."""
    finish, cost = part.finish, part.cost
    return [
        {
            "percent": f"P{p}",
            "day": finish.at(p).day if finish else None,
            "day_error": finish.at(p).standard_error_days if finish else None,
            "gap": (finish.at(p).day - finish.plan).days if finish else None,
            "amount": cost.at(p).amount if cost else None,
            "amount_error": cost.at(p).standard_error if cost else None,
        }
        for p in (10, 20, 30, 40, 50, 60, 70, 80, 90)
    ]
