"""Charts of what explains a forecast: time and cost together, the worth of responses, contingency as it is drawn down."""

from collections.abc import Sequence
from datetime import date
from math import ceil, floor, log10
from typing import Any

from django.utils.translation import gettext as _

from mainstay.forecasts.drawing import Chart, money_reach
from mainstay.forecasts.findings import JointConfidence, Reserve
from mainstay.forecasts.outlook import Outlook, Part
from mainstay.render.typography import day, money, number, percent

MILLION = 1_000_000
MOST_ROWS = 14


def together(outlook: Outlook) -> Chart | None:
    """Each iteration a point, and the pairs of finish and cost that the wished share of them meets."""
    found, programme = outlook.joint_confidence, outlook.programme
    if found is None or not found.scatter or programme.finish is None or programme.cost is None:
        return None
    days = [pair.day for pair in (*found.scatter, *found.frontier)]
    amounts = [pair.amount for pair in (*found.scatter, *found.frontier)]
    finish, cost, share = programme.finish, programme.cost, percent(found.share)
    both = outlook.joint.funded_and_plan
    by = finish.baseline or finish.plan
    text = _("By %(day)s and within %(sum)s at once: %(both)s of the runs. Dashed: the pairs that %(share)s of the runs meet.")
    return {
        "id": "time-and-cost",
        "kind": "scatter",
        "finding": text % {"day": day(by), "sum": money(cost.funded), "both": percent(both or 0.0), "share": share},
        "data": {
            "x": {"type": "time", "name": _("Finish of the whole"), "min": min(days).isoformat(), "max": max(days).isoformat()},
            "y": {"name": _("Cost of the whole, £m"), "unit": "£m", "places": 1, **money_reach(amounts)},
            "series": [
                {
                    "name": _("%(n)s of %(all)s runs") % {"n": number(len(found.scatter)), "all": number(outlook.provenance.iterations)},
                    "points": [[pair.day.isoformat(), round(pair.amount / MILLION, 3)] for pair in found.scatter],
                }
            ],
            "frontier": {
                "name": _("%(share)s of the runs") % {"share": share},
                "points": [[pair.day.isoformat(), round(pair.amount / MILLION, 3)] for pair in found.frontier],
            },
            "lines": [{"y": round(cost.funded / MILLION, 3), "label": _("Funded %(sum)s") % {"sum": money(cost.funded)}}],
        },
        "table": {
            "heads": [_("Finish by the end of"), _("Cost within, held with it in %(share)s of the runs") % {"share": share}],
            "rows": [[day(pair.day), money(pair.amount)] for pair in thinned(found)],
        },
    }


def thinned(found: JointConfidence) -> list[Any]:
    pairs = found.frontier
    step = max(1, -(-len(pairs) // MOST_ROWS))
    return [*pairs[::step], *([pairs[-1]] if pairs and (len(pairs) - 1) % step else [])]


def drawdown(
    months: Sequence[Reserve], actual: Sequence[tuple[date, float]], held: Sequence[tuple[date, float]] | float, *, by_days: bool
) -> Chart | None:
    """The contingency needed from each month on, what earlier runs said on their days, and what is held: in steps, or one amount."""
    if len(months) < 2 or (not by_days and months[0].money is None):
        return None

    def value(row: Reserve) -> float:
        return row.days if by_days else (row.money or 0.0) / MILLION

    levels = [] if isinstance(held, float) else [(at, amount / MILLION) for at, amount in held]
    points = [[row.day.isoformat(), round(value(row), 3)] for row in months]
    series: list[dict[str, Any]] = [{"name": _("Needed, if all that is over goes as planned"), "points": points, "step": True}]
    if len(actual) > 1:
        series.append({"name": _("Needed, as each run said"), "points": [[at.isoformat(), round(amount, 3)] for at, amount in actual]})
    if levels:
        last = max(months[-1].day, levels[-1][0])
        steps = [*levels, (last, levels[-1][1])]
        series.append(
            {
                "name": _("Held in risk budgets, less what has been drawn"),
                "points": [[at.isoformat(), round(v, 3)] for at, v in steps],
                "step": True,
            }
        )
    unit = _("days") if by_days else "£m"
    level = held / MILLION if isinstance(held, float) else 0.0
    most = max([value(row) for row in months] + [amount for _at, amount in (*actual, *levels)] + [level])
    first = days_said(months[0].days) if by_days else money(months[0].money or 0.0)
    half = next((row for row in months if value(row) <= value(months[0]) / 2), months[-1])
    text = _("%(first)s are needed now at P80; half of it from %(half)s on.")
    return {
        "id": "drawdown-days" if by_days else "drawdown-money",
        "kind": "lines",
        "finding": text % {"first": first, "half": day(half.day)},
        "data": {
            "x": {"type": "time", "name": _("From"), "min": min([months[0].day, *(at for at, _a in (*actual, *levels))]).isoformat()},
            "y": {
                "name": _("Contingency at P80, %(unit)s") % {"unit": unit},
                "min": round(min(0.0, *(value(row) for row in months)), 1),
                "max": round_top(most),
            },
            "series": series,
            "lines": [{"y": round(level, 3), "label": _("Held %(sum)s") % {"sum": money(level * MILLION)}}] if level else [],
        },
        "table": needs_table(months, levels, by_days=by_days),
    }


def round_top(most: float) -> float:
    """The next value above that stands on a round tick, a fifth of its power of ten at the finest."""
    step = 10.0 ** floor(log10(max(most, 0.1)))
    fine = step / 5 if most < 2 * step else step / 2 if most < 5 * step else step
    return round(ceil(most * 1.02 / fine) * fine, 6)


def needs_table(months: Sequence[Reserve], levels: Sequence[tuple[date, float]], *, by_days: bool) -> dict[str, Any]:
    """What the drawing says, month by month; what is held stands in it where the registers tell."""
    unit = _("days") if by_days else "£m"
    heads = [_("From"), _("Needed at P80, %(unit)s") % {"unit": unit}, _("Standard error"), _("Risks that can still occur")]
    rows = []
    for row in months:
        value, error = (row.days, row.days_error) if by_days else ((row.money or 0.0) / MILLION, (row.money_error or 0.0) / MILLION)
        cells = [day(row.day), number(value, 0 if by_days else 2), number(error, 1 if by_days else 2), number(row.risks)]
        held = next((amount for at, amount in reversed(levels) if at <= row.day), 0.0)
        rows.append([*cells, number(held, 2)] if levels else cells)
    return {"heads": [*heads, _("Held, £m")] if levels else heads, "rows": rows}


def days_said(value: float) -> str:
    return _("%(n)s days") % {"n": number(value)}


def contingency(parts: Sequence[Part], whole: Part) -> Chart | None:
    """P80 less budget of each project, beside that of the whole."""
    told = [part for part in parts if part.cost]
    if len(told) < 2 or whole.cost is None:
        return None
    values = [(part.cost.at(80).amount - part.cost.budget) / MILLION for part in told if part.cost]
    own = (whole.cost.at(80).amount - whole.cost.budget) / MILLION
    total = sum(values)
    names = [*(part.code for part in told), _("Their sum"), _("The whole")]
    shown = [round(value, 2) for value in (*values, total, own)]
    text = _("Project by project it takes %(sum)s to hold each P80; held for the whole it takes %(own)s: %(apart)s %(words)s.")
    words = _("less, since not everything goes wrong at once") if total >= own else _("more, since the whole carries what no project does")
    return {
        "id": "contingency-parts",
        "kind": "tornado",
        "finding": text
        % {"sum": money(total * MILLION), "own": money(own * MILLION), "apart": money(abs(total - own) * MILLION), "words": words},
        "data": {
            "x": {"name": _("P80 cost less budget, £m")},
            "bars": [{"name": name, "value": value, "shared": name == names[-1]} for name, value in zip(names, shown, strict=True)],
        },
        "table": {
            "heads": [_("Project"), _("P80 cost less budget, £m")],
            "rows": [[n, number(v, 2)] for n, v in zip(names, shown, strict=True)],
        },
    }
