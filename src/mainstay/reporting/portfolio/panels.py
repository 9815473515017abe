"""What publications say of a project, on its page: one line each, with the scale where it changes; of a portfolio, the way to its page."""

from typing import Any

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.register.access import may, visible_to
from mainstay.register.asat import Moment
from mainstay.register.panels import WIDE, Panel
from mainstay.reporting.portfolio.rows import kind_of
from mainstay.reporting.published.model import Published
from mainstay.reporting.published.register import PublishedRegister


def history(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """Nothing where no publication names the initiative or one below it; the past is in the lists."""
    if moment is not None or not may(account, "view", PublishedRegister):
        return None
    seen = visible_to(account, PublishedRegister).filter(is_withdrawn=False)
    own = list(seen.filter(initiative=record).order_by("figures_on", "pk").defer("narrative"))
    is_above = not own and seen.filter(initiative__path__startswith=record.path).exists()
    if not own and not is_above:
        return None
    lines = [line(row, own[place - 1] if place else None) for place, row in enumerate(own)]
    return Panel(
        "published", _("As published"), "reporting/portfolio/parts/history.html", {"initiative": record, "lines": lines}, place=WIDE
    )


def line(row: Published, before: Published | None) -> dict[str, Any]:
    return {
        "row": row,
        "why": {name: kind_of(getattr(row, f"{name}_why")) for name in ("rating", "ends", "cost")},
        "is_break": before is not None and before.scale != row.scale,
    }
