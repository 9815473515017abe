"""What the kept forecasts at and below a place say of the milestones that its reviews are tied to."""

from collections.abc import Iterable
from typing import Any

from mainstay.accounts.models import Account
from mainstay.assurance.proposal.model import Basis
from mainstay.assurance.proposal.windows import Foreseen
from mainstay.forecasts import viewing
from mainstay.forecasts.run.model import Run
from mainstay.initiatives.models import Initiative
from mainstay.register.access import below
from mainstay.register.document import DocumentError
from mainstay.register.store import StoreError

PERCENT = {Basis.P50.value: 50, Basis.P80.value: 80}
MOST_RUNS = 12
"""Newest runs that are opened: each is a file of its own."""


def foreseen(place: Initiative, basis: str, reviews: Iterable[Any], account: Account | None) -> dict[int, Foreseen]:
    """Review → what the newest forecast that knows its milestone says; nothing for whoever may not read forecasts of the place."""
    percent = PERCENT.get(basis)
    if percent is None or not viewing.may_see(account, place):
        return {}
    codes = {one.pk: f"{one.milestone.initiative.code} {one.milestone.ref}" for one in reviews if one.milestone_id}
    found: dict[str, Foreseen] = {}
    rows = Run.objects.filter(below("initiative__path", [place.path]), is_withdrawn=False).order_by("-made_at", "-pk")
    for run in newest(rows.select_related("initiative")):
        if set(codes.values()) <= set(found):
            break
        try:
            parts = run.outlook.milestones
        except (StoreError, DocumentError):
            continue  # a run whose figures are kept no more says nothing
        for part in parts:
            if part.finish is not None and part.code not in found:
                found[part.code] = Foreseen(percent, part.finish.at(percent).day, run.ref)
    return {pk: found[code] for pk, code in codes.items() if code in found}


def newest(rows: Iterable[Run]) -> list[Run]:
    """The newest run of each initiative."""
    found: dict[int, Run] = {}
    for run in rows:
        found.setdefault(run.initiative_id, run)
        if len(found) == MOST_RUNS:
            break
    return list(found.values())
