"""A reader's own question to a run: how likely is it to be over by a day, and within a sum, at once?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from mainstay.forecasts import samples
from mainstay.forecasts.outlook import Outlook
from mainstay.forecasts.run.model import Run
from mainstay.register.store import StoreError
from mainstay.render.typography import day, money, percent

MILLION = 1_000_000
MOST_MILLIONS = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What was asked, and the answer or why there is none."""

    by: date
    within: float | None
    by_text: str
    within_text: str
    answer: str = ""
    fault: str = ""
    field: str = ""
    """The field that the fault is about."""
    share: float | None = None


def question(run: Run, outlook: Outlook, told: Mapping[str, str]) -> Question:
    """What the address asks; where it asks nothing, the approved finish and the funding."""
    finish, cost = outlook.programme.finish, outlook.programme.cost
    usual = (finish.baseline or finish.plan) if finish else run.made_at.date()
    by_text = told.get("by", "").strip()[:20]
    within_text = told.get("within", "").strip()[:20]
    if "by" not in told:
        funded = cost.funded if cost else None
        shown = "" if funded is None else f"{funded / MILLION:.2f}"
        return answered(run, Question(by=usual, within=funded, by_text=usual.isoformat(), within_text=shown))
    try:
        by = date.fromisoformat(by_text)
    except ValueError:
        return Question(
            by=usual, within=None, by_text=by_text, within_text=within_text, fault=_("Give a day, such as 2029-03-31."), field="by"
        )
    within = None
    if within_text:
        within = in_pounds(within_text)
        if within is None:
            text = _("Give a sum in millions of pounds, such as 319.8, or leave it empty.")
            return Question(by=by, within=None, by_text=by_text, within_text=within_text, fault=text, field="within")
        if cost is None:
            text = _("This run tells no cost; leave the sum empty.")
            return Question(by=by, within=None, by_text=by_text, within_text=within_text, fault=text, field="within")
    return answered(run, Question(by=by, within=within, by_text=by_text, within_text=within_text))


def in_pounds(text: str) -> float | None:
    plain = text.replace(",", "").removeprefix("£").removesuffix("m").strip()
    try:
        value = float(plain)
    except ValueError:
        return None
    return value * MILLION if plain.isascii() and 0 <= value <= MOST_MILLIONS else None


def answered(run: Run, asked: Question) -> Question:
    if not run.samples_digest:
        return replace(asked, fault=_("This run kept no samples. Run the forecast again to ask it."))
    try:
        share, error = samples.read(run.samples_digest).within(asked.by, asked.within)
    except StoreError as fault:
        return replace(asked, fault=str(fault))
    if asked.within is None:
        text = _("%(share)s of the runs (± %(error)s) are over by %(day)s.")
    else:
        text = _("%(share)s of the runs (± %(error)s) are over by %(day)s and cost no more than %(sum)s.")
    told = {"share": percent(share, 1), "error": percent(error, 1), "day": day(asked.by), "sum": money(asked.within or 0.0, 2)}
    return replace(asked, answer=text % told, share=share)
