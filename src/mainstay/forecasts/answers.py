"""The five questions of whoever opens a forecast, answered in sentences: when, how much, how sure, why, what would help."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.forecasts.findings import Gain
from mainstay.forecasts.outlook import Driver, Outlook
from mainstay.render.typography import day, money, number, percent

NOTICEABLE_DAYS, NOTICEABLE_MONEY = 0.5, 50_000


@dataclass(frozen=True, slots=True)
class Answer:
    question: str
    sentences: tuple[str, ...]


def answers(outlook: Outlook) -> list[Answer]:
    asked = (
        (_("When?"), when),
        (_("How much?"), how_much),
        (_("How sure?"), how_sure),
        (_("Why?"), why),
        (_("What would help?"), what_would_help),
    )
    told = [Answer(question, tuple(tell(outlook))) for question, tell in asked]
    return [one for one in told if one.sentences]


def when(outlook: Outlook) -> Iterator[str]:
    finish = outlook.programme.finish
    if finish is None:
        return
    text = _("Half of the runs finish by %(p50)s, four in five by %(p80)s (± %(error)s).")
    p80 = finish.at(80)
    yield text % {"p50": day(finish.at(50).day), "p80": day(p80.day), "error": in_days(p80.standard_error_days, 1)}
    text = _("The plan says %(plan)s; that holds in %(chance)s of the runs.")
    yield text % {"plan": day(finish.plan), "chance": percent(finish.plan_chance)}


def how_much(outlook: Outlook) -> Iterator[str]:
    cost = outlook.programme.cost
    if cost is None:
        yield _("Cost is not told. What is missing stands under Basis.")
        return
    text = _("Half of the runs cost no more than %(p50)s, four in five no more than %(p80)s (± %(error)s).")
    p80 = cost.at(80)
    yield text % {"p50": money(cost.at(50).amount), "p80": money(p80.amount), "error": money(p80.standard_error, 2)}
    text = _("What is funded, %(sum)s, holds in %(chance)s of the runs.")
    yield text % {"sum": money(cost.funded), "chance": percent(cost.funded_chance)}


def how_sure(outlook: Outlook) -> Iterator[str]:
    joint, confidence = outlook.joint, outlook.joint_confidence
    if joint.funded_and_plan is not None:
        yield _("In time and within the funding, both at once: %(share)s of the runs.") % {"share": percent(joint.funded_and_plan)}
    if confidence and confidence.frontier:
        pair = confidence.frontier[len(confidence.frontier) // 2]
        text = _("To hold both in %(share)s of the runs takes, for one, %(day)s and %(sum)s.")
        yield text % {"share": percent(confidence.share), "day": day(pair.day), "sum": money(pair.amount)}
    made = outlook.provenance
    text = _("± is one standard error of %(count)s iterations; whether the plans and risks are right it cannot say.")
    yield text % {"count": number(made.iterations)}
    if outlook.left_out:
        text = ngettext("%(n)d risk could not be used whole.", "%(n)d risks could not be used whole.", len(outlook.left_out))
        yield text % {"n": len(outlook.left_out)}


def why(outlook: Outlook) -> Iterator[str]:
    items = outlook.drivers
    by_days = [one for one in items if one.days >= NOTICEABLE_DAYS][:2]
    if by_days:
        told = _(" and ").join(f"{called(one)} ({in_days(one.days)})" for one in by_days)
        yield _("The P80 finish is driven most by %(told)s.") % {"told": told}
    by_money = sorted((one for one in items if (one.money or 0.0) >= NOTICEABLE_MONEY), key=lambda one: -(one.money or 0.0))[:2]
    if by_money:
        told = _(" and ").join(f"{called(one)} ({money(one.money or 0.0)})" for one in by_money)
        yield _("The P80 cost is driven most by %(told)s.") % {"told": told}
    if outlook.pert and outlook.programme.finish:
        text = _(
            "PERT, which looks at one path alone, would promise %(pert)s at P80; in the simulation that holds in %(chance)s of the runs."
        )
        yield text % {"pert": day(outlook.pert.p80), "chance": percent(outlook.pert.p80_chance)}
    worst = outlook.sharing[0] if outlook.sharing else None
    if worst and matters(worst.gain):
        text = _("%(cause)s strikes several risks at once; that alone holds %(gain)s of the P80.")
        yield text % {"cause": f"{worst.ref} {worst.title}", "gain": in_words(worst.gain)}


def what_would_help(outlook: Outlook) -> Iterator[str]:
    if outlook.responses:
        days = sum(one.gain.days for one in outlook.responses)
        worth = [one for one in outlook.responses if one.net is not None and one.net > 0]
        text = ngettext("%(n)d planned response counts here.", "%(n)d planned responses count here.", len(outlook.responses))
        told = text % {"n": len(outlook.responses)}
        best = max(worth, key=lambda one: one.net or 0.0, default=None) if worth else None
        if best is not None:
            more = _(" The best, %(ref)s %(title)s, takes %(gain)s off the P80")
            told += more % {"ref": best.ref, "title": best.title, "gain": in_words(best.gain)}
            told += "." if best.cost is None else _(" for %(cost)s.") % {"cost": money(best.cost, 2)}
        elif days >= NOTICEABLE_DAYS:
            first = max(outlook.responses, key=lambda one: one.gain.days)
            told += _(" %(ref)s %(title)s takes most off: %(gain)s.") % {
                "ref": first.ref,
                "title": first.title,
                "gain": in_words(first.gain),
            }
        yield told
    if outlook.opportunities and matters(outlook.opportunities.gain):
        yield _("Opportunities buy %(gain)s of the P80.") % {"gain": in_words(outlook.opportunities.gain)}
    answered = {one.ref for one in outlook.responses}
    bare = [one for one in outlook.drivers if one.kind == "threat" and one.ref not in answered and one.days >= NOTICEABLE_DAYS][:1]
    for one in bare:
        text = _("%(name)s has no response that changes its figures; without it P80 would be %(days)s earlier.")
        yield text % {"name": called(one), "days": in_days(one.days)}


def called(one: Driver) -> str:
    return f"{one.ref} {one.title}".strip()


def matters(gain: Gain) -> bool:
    return bool(noticeable(gain))


def noticeable(gain: Gain) -> list[str]:
    """What is worth a word, and larger than what chance alone might show."""
    told = [in_days(gain.days)] if gain.days >= max(NOTICEABLE_DAYS, 2 * gain.days_error) else []
    if gain.money is not None and gain.money >= max(NOTICEABLE_MONEY, 2 * (gain.money_error or 0.0)):
        told.append(money(gain.money))
    return told


def in_words(gain: Gain) -> str:
    """`12 days and £1.3m`: whichever of both is noticeable."""
    return _(" and ").join(noticeable(gain)) or _("nothing noticeable")


def in_days(value: float, places: int = 0) -> str:
    shown = number(value, places)
    return _("%(n)s day") % {"n": shown} if shown in ("1", "−1") else _("%(n)s days") % {"n": shown}
