"""What the risks and uncertain durations together imply: the finish and the cost of the whole, from the run that the pack holds."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from mainstay.forecasts.answers import what_would_help
from mainstay.forecasts.outlook import CostOutlook, Driver, FinishOutlook, Outlook, Part
from mainstay.render.tree import (
    Axis,
    BarChart,
    Bars,
    Beside,
    Block,
    Column,
    Delta,
    Figure,
    KeyFigures,
    Limit,
    Line,
    LineChart,
    Mark,
    Note,
    Paragraph,
    Row,
    Section,
    Table,
    row,
)
from mainstay.render.typography import day, number
from mainstay.reporting.board_pack import wording
from mainstay.reporting.board_pack.facts import PackFacts

MOST_DRIVERS, MOST_POINTS = 8, 60
MILLION = 1_000_000


def section(facts: PackFacts) -> Section:
    outlook = facts.outlook
    if outlook is None:
        text = facts.outlook_missing or _("No simulation has been run.")
        return Section(
            _("What the risks together imply has not been worked out"), (Note(text, lead=_("No run."), tone="amber"),), name=_("Aggregate")
        )
    blocks: list[Block] = [KeyFigures(figures(outlook)), *curves(outlook), parts(outlook)]
    if chart := drivers(outlook.drivers):
        blocks.append(chart)
    blocks.append(Paragraph(" ".join(reading(outlook))))
    return Section(title(outlook), tuple(blocks), name=_("Aggregate"), notes=outlook.provenance.ref)


def title(outlook: Outlook) -> str:
    cost, finish = outlook.programme.cost, outlook.programme.finish
    told = []
    if finish:
        told.append(_("P80 finish is %(day)s, %(days)s") % {"day": day(finish.at(80).day), "days": against(finish)})
    if cost:
        over = cost.at(80).amount - cost.funded
        text = _("P80 cost is %(sum)s, %(over)s above the funding") if over > 0 else _("P80 cost is %(sum)s, %(over)s within the funding")
        told.append(text % {"sum": wording.pounds(cost.at(80).amount), "over": wording.pounds(abs(over))})
    return "; ".join(told) or _("The run says nothing of finish or cost")


def against(finish: FinishOutlook) -> str:
    base = finish.baseline or finish.plan
    count = (finish.at(80).day - base).days
    if count > 0:
        text = _("%(days)s after the baseline") if finish.baseline else _("%(days)s after the plan")
        return text % {"days": wording.days(count)}
    return _("no later than the baseline") if finish.baseline else _("no later than the plan")


def figures(outlook: Outlook) -> tuple[Figure, ...]:
    found: list[Figure] = []
    finish, cost, joint = outlook.programme.finish, outlook.programme.cost, outlook.joint
    source = _("run %(ref)s, %(count)s iterations") % {"ref": outlook.provenance.ref, "count": number(outlook.provenance.iterations)}
    if finish:
        error = _("± %(days)s days, standard error") % {"days": number(finish.at(80).standard_error_days, 1)}
        found.append(Figure(_("Finish, P50"), day(finish.at(50).day), source=source))
        found.append(
            Figure(
                _("Finish, P80"),
                day(finish.at(80).day),
                Delta(wording.signed_days(finish.gap_days) + _(" on the plan"), "worse" if finish.gap_days > 0 else "same"),
                source=error,
            )
        )
        chance = finish.baseline_chance if finish.baseline_chance is not None else finish.plan_chance
        when = _("by the baseline, %(day)s") % {"day": day(finish.baseline)} if finish.baseline else _("by the plan's own finish")
        found.append(Figure(_("Chance in time"), wording.share(chance), source=when))
    if cost:
        found.append(Figure(_("Cost, P50"), wording.pounds(cost.at(50).amount), source=outlook.money_basis))
        found.append(
            Figure(_("Cost, P80"), wording.pounds(cost.at(80).amount), source=_("funded: %(sum)s") % {"sum": wording.pounds(cost.funded)})
        )
        found.append(Figure(_("Chance within funding"), wording.share(cost.funded_chance), source=_("budget and contingency")))
    if joint.funded_and_plan is not None:
        found.append(Figure(_("Both at once"), wording.share(joint.funded_and_plan), source=_("in time and within the funding")))
    return tuple(found)


def curves(outlook: Outlook) -> list[Block]:
    finish, cost = outlook.programme.finish, outlook.programme.cost
    charts = [chart for chart in (finish_curve(finish) if finish else None, cost_curve(cost) if cost else None) if chart]
    return [Beside(charts[0], charts[1])] if len(charts) == 2 else list(charts)


def finish_curve(finish: FinishOutlook) -> LineChart | None:
    """The chance of having finished, by day: days are counted from the plan's own finish, so that the axis is one of numbers."""
    if len(finish.curve) < 2:
        return None
    base = finish.plan
    points = thinned([(float((point.day - base).days), point.share) for point in finish.curve])
    marks = tuple(mark(base, finish.at(percent).day, percent) for percent in (50, 80))
    named = _("baseline %(day)s") % {"day": day(finish.baseline)} if finish.baseline else _("plan %(day)s") % {"day": day(base)}
    limits = [Limit(0.0, _("plan %(day)s") % {"day": day(base)})]
    if finish.baseline and finish.curve[0].day <= finish.baseline <= finish.curve[-1].day:
        limits.append(Limit(float((finish.baseline - base).days), named))
    p80 = finish.at(80).day
    alt = _("P50 %(p50)s, P80 %(p80)s; chance by the %(base)s: %(chance)s.") % {
        "p50": day(finish.at(50).day),
        "p80": day(p80),
        "base": named,
        "chance": wording.share(finish.baseline_chance if finish.baseline_chance is not None else finish.plan_chance),
    }
    return LineChart(
        _("Four chances in five to finish by %(day)s") % {"day": day(p80)},
        alt,
        (Line(_("Chance of having finished"), points),),
        x=Axis(_("Days after the plan's finish, %(day)s") % {"day": day(base)}),
        y=Axis(_("Chance"), "%", low=0, high=1),
        marks=marks,
        limits=tuple(limits),
    )


def mark(base: date, at: date, percent: int) -> Mark:
    return Mark(float((at - base).days), percent / 100, f"P{percent} {day(at)}")


def cost_curve(cost: CostOutlook) -> LineChart | None:
    if len(cost.curve) < 2:
        return None
    points = thinned([(point.amount / MILLION, point.share) for point in cost.curve])
    marks = tuple(Mark(cost.at(p).amount / MILLION, p / 100, f"P{p} {wording.pounds(cost.at(p).amount)}") for p in (50, 80))
    funded = wording.pounds(cost.funded)
    return LineChart(
        _("%(chance)s chance to stay within %(sum)s") % {"chance": wording.share(cost.funded_chance), "sum": funded},
        _("P50 %(p50)s, P80 %(p80)s, funding %(sum)s.")
        % {"p50": wording.pounds(cost.at(50).amount), "p80": wording.pounds(cost.at(80).amount), "sum": funded},
        (Line(_("Chance of costing no more"), points),),
        x=Axis(_("Cost"), "£m"),
        y=Axis(_("Chance"), "%", low=0, high=1),
        marks=marks,
        limits=(Limit(cost.funded / MILLION, _("funding %(sum)s") % {"sum": funded}),),
    )


def thinned(points: Sequence[tuple[float, float]]) -> tuple[tuple[float, float | None], ...]:
    """At most `MOST_POINTS` of the curve, its ends among them: more cannot be told apart on paper."""
    if len(points) <= MOST_POINTS:
        return tuple(points)
    last = len(points) - 1
    return tuple(points[round(place * last / (MOST_POINTS - 1))] for place in range(MOST_POINTS))


def parts(outlook: Outlook) -> Table:
    columns = (
        Column(_("Project"), weight=2.4, heads_row=True),
        Column(_("Plan"), "date", weight=1, missing="—"),
        Column(_("Finish, P50"), "date", weight=1, missing="—"),
        Column(_("Finish, P80"), "date", weight=1, missing="—"),
        Column(_("P80 after plan"), "delta", weight=0.9, unit=_("days"), less_is="better", missing="—"),
        Column(_("Sets the end"), "percent", weight=0.8, places=0, missing="—"),
        Column(_("Cost, P50"), "money", weight=0.9, places=1, missing="—"),
        Column(_("Cost, P80"), "money", weight=0.9, places=1, missing="—"),
        Column(_("Budget"), "money", weight=0.9, places=1, missing="—"),
    )
    note = [_("Sets the end: the share of iterations in which this project finished last.")]
    joint = outlook.joint
    if joint.sum_of_p80 is not None:
        text = _("The projects' P80 costs add up to %(sum)s. Percentiles do not add; the sum is shown only as a warning.")
        note.append(text % {"sum": wording.pounds(joint.sum_of_p80)})
    return Table(
        _("Each project and the whole"),
        columns,
        tuple(part_row(part) for part in outlook.projects),
        part_row(outlook.programme),
        note=" ".join(note),
    )


def part_row(part: Part) -> Row:
    finish, cost = part.finish, part.cost
    return row(
        f"{part.code} {part.title}",
        finish.plan if finish else None,
        finish.at(50).day if finish else None,
        finish.at(80).day if finish else None,
        finish.gap_days if finish else None,
        part.finish_share_of_programme,
        cost.at(50).amount if cost else None,
        cost.at(80).amount if cost else None,
        cost.budget if cost else None,
    )


def drivers(found: Sequence[Driver]) -> BarChart | None:
    """What P80 would gain without each: by days where any driver moves the finish, else by money."""
    by_days = any(round(driver.days) for driver in found)
    values = [(driver, driver.days if by_days else (driver.money or 0.0) / MILLION) for driver in found]
    top = sorted((pair for pair in values if abs(pair[1]) >= 0.05), key=lambda pair: -abs(pair[1]))[:MOST_DRIVERS]
    if not top:
        return None
    names = tuple(f"{driver.ref} {driver.title}".strip() for driver, _value in top)
    unit = _("days") if by_days else "£m"
    first = top[0]
    amount = wording.days(round(first[1])) if by_days else wording.pounds(first[0].money or 0.0)
    head = _("Without %(name)s the P80 would be %(amount)s lower") if first[1] > 0 else _("%(name)s takes %(amount)s off the P80")
    alt = "; ".join(f"{name}: {number(value, 0 if by_days else 1)} {unit}" for name, (_driver, value) in zip(names, top, strict=True))
    return BarChart(
        head % {"name": names[0], "amount": amount},
        alt,
        names,
        (Bars(_("What it costs the P80"), tuple(round(value, 2) for _driver, value in top)),),
        value=Axis(_("Days of the P80 finish") if by_days else _("Of the P80 cost"), unit, places=0 if by_days else 1),
        is_lying=True,
        source=_("Each left out in turn, on the same random numbers"),
    )


def reading(outlook: Outlook) -> list[str]:
    """How to read it, and what it could not use."""
    run, joint, found = outlook.provenance, outlook.joint, []
    text = _("Run %(ref)s of %(day)s, %(when)s: %(count)s iterations, seed %(seed)s.")
    size = _("It holds %(activities)s activities, %(risks)s risks and %(causes)s shared causes.")
    when = _("after responses") if run.after_responses else _("before responses")
    found.append(text % {"ref": run.ref, "day": day(run.made_at.date()), "when": when, "count": number(run.iterations), "seed": run.seed})
    found.append(size % {"activities": number(run.activities), "risks": number(run.risks), "causes": number(run.causes)})
    if joint.all_by_then is not None:
        found.append(
            _("All projects finish by their own P80 in %(share)s of the iterations only.") % {"share": wording.share(joint.all_by_then)}
        )
    if joint.independent_p80 is not None:
        found.append(_("If no cause were shared the P80 cost would be %(sum)s.") % {"sum": wording.pounds(joint.independent_p80)})
    if outlook.responses or outlook.opportunities:
        found += what_would_help(outlook)
    if outlook.left_out:
        refs = wording.listed(one.ref for one in outlook.left_out[:8])
        found.append(_("Not used by the run: %(refs)s.") % {"refs": refs})
    return [*found, *run.assumptions]
