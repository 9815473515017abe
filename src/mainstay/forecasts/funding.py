"""What the projects cost before risk: the approved budgets, and where the cost of each initiative is counted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mainstay.engine.simulation import CostItem
from mainstay.engine.simulation.distributions import Fixed
from mainstay.initiatives.models import Initiative


@dataclass(frozen=True, slots=True)
class Funding:
    """Budgets by the project of the plan that carries them; ``whole`` is None where no budget is known, and cost is not told then."""

    items: tuple[CostItem, ...]
    budgets: Mapping[str, float]
    whole: float | None
    contingency: float
    basis: str
    told: tuple[str, ...]


def accounts(whole: Initiative, initiatives: Sequence[Initiative], planned: Collection[str]) -> dict[int, str]:
    """Key of each initiative → the nearest one upwards that has a plan, else the whole itself."""
    by_key = {row.pk: row for row in initiatives}
    found = {}
    for row in initiatives:
        at: Initiative | None = row
        while at is not None and at.code not in planned and at.pk != whole.pk:
            at = by_key.get(at.parent_id or 0)
        found[row.pk] = (at or whole).code
    return found


def funding(whole: Initiative, initiatives: Sequence[Initiative], planned: Collection[str]) -> Funding:
    """The budgets of all that has a plan, and what the whole holds beyond them."""
    bases = sorted({row.price_base for row in initiatives if row.budget is not None and row.price_base})
    contingency = float(whole.contingency or 0)
    if len(bases) > 1:
        text = _("Cost is not told: budgets stand in different prices (%(bases)s).") % {"bases": "; ".join(bases[:4])}
        return Funding((), {}, None, contingency, "", (text,))
    budgets: dict[str, float] = {}
    counted: list[str] = []
    for row in sorted(initiatives, key=lambda row: row.path.count("/")):
        has_own = row.pk != whole.pk and row.code in planned and row.budget is not None
        if has_own and not any(row.path.startswith(path) for path in counted):
            budgets[row.code] = float(row.budget or 0)
            counted.append(row.path)
    parts = sum(budgets.values())
    total = float(whole.budget) if whole.budget is not None else parts if budgets else None
    if total is None:
        return Funding((), {}, None, contingency, "", (_("Cost is not told: no budget has been approved."),))
    rest = max(total - parts, 0.0)
    told = [_("Before risk, cost is the approved budget and certain; risks add to it.")]
    if parts > total:
        told.append(_("The projects' budgets add up to more than that of %(code)s; their sum is taken.") % {"code": whole.code})
    amounts = {**budgets, whole.code: budgets.get(whole.code, 0.0) + rest} if rest else budgets
    items = tuple(CostItem(f"budget of {code}", code, Fixed(amount)) for code, amount in amounts.items())
    return Funding(items, budgets, max(total, parts), contingency, f"GBP, {bases[0]} prices" if bases else "GBP", tuple(told))
