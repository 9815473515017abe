"""What one version of a plan has earned: the indices, what they rest on, and the activities that earn less than was planned."""

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainstay.planning import earned_words
from mainstay.planning.earning import Earning, Piece, Weight, earning
from mainstay.planning.pages.version import frame, plan_of
from mainstay.planning.receiving import document
from mainstay.register import words
from mainstay.register.panels import Figure
from mainstay.register.requests import asks

SHOWN = 100
MINUTES_A_DAY = 480


@require_safe
@asks("planning.plan:view")
def earned(request: HttpRequest, pk: int) -> HttpResponse:
    plan = plan_of(request, pk)
    found, currency, symbol = worked_out(plan.document_digest)
    behind = sorted((one for one in found.pieces if one.behind > 1e-9 * one.budget), key=lambda one: (-one.behind, one.code))
    idle = {one.uid for one in found.idle}
    context = frame(request, plan, "earned") | {
        "figures": figures(found, currency or symbol),
        "unsaid": earned_words.all_unsaid({name: str(reason) for name, reason in found.unsaid.items()}),
        "weight": earned_words.WEIGHTS.get(str(found.weight or ""), ""),
        "baselined": found.baselined,
        "counted": found.counted,
        "rows": [(one, one.uid in idle, *amounts(one, found.weight)) for one in behind[:SHOWN]],
        "idle": len(idle),
        "more": max(len(behind) - SHOWN, 0),
        "unit": unit(found.weight, currency or symbol),
    }
    return render(request, "planning/earned.html", context)


@lru_cache(maxsize=32)
def worked_out(document_digest: str) -> tuple[Earning, str, str]:
    """What lies under a digest never changes, so that what it has earned does not either."""
    schedule = document(document_digest)
    return earning(schedule), schedule.currency, schedule.currency_symbol


def figures(found: Earning, currency: str) -> list[Figure]:
    made = []
    sources = {
        "cpi": _("earned value over actual"),
        "spi": _("earned value over planned value"),
        "spi_t": _("earned schedule over actual time"),
    }
    for name, source in sources.items():
        value = found.index(name)
        made.append(Figure(earned_words.NAMES[name], earned_words.index(value) if value is not None else "–", source))
    told = found.performance
    if told is not None:
        rows = (
            (_("Planned value"), told.planned if "spi" not in found.unsaid else None, _("of the baseline, by the status date")),
            (_("Earned value"), told.earned, _("of the baseline, by what is done")),
            (_("Actual"), told.actual, _("spent")),
            (_("Budget at completion"), told.budget, _("of the baseline")),
        )
        made += [Figure(label, amount(value, found.weight), source, unit(found.weight, currency)) for label, value, source in rows if value]
    return made


def unit(weight: Weight | None, currency: str) -> str:
    return currency if weight == Weight.COST else _("days")


def amount(value: float, weight: Weight | None) -> str:
    """Money in whole units; work and duration in days of eight hours."""
    return words.number(round(value)) if weight == Weight.COST else words.number(round(value / MINUTES_A_DAY, 1))


def amounts(one: Piece, weight: Weight | None) -> tuple[str, str, str]:
    return amount(one.budget, weight), amount(one.planned, weight), amount(one.earned, weight)
