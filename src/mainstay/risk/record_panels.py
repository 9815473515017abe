"""What the page of a risk shows beside its fields: bow-tie, quantities, responses, early warnings, appetite, escalation, review."""

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.register import words
from mainstay.register.access import may, may_at_hand, visible_to
from mainstay.register.asat import Moment
from mainstay.register.panels import SIDE, WIDE, Panel, with_states
from mainstay.risk import appetite, bow_tie, quantities
from mainstay.risk.bow_tie import BowTie, Item
from mainstay.risk.cause.register import CauseRegister
from mainstay.risk.indicator.register import IndicatorRegister
from mainstay.risk.issue.register import IssueRegister
from mainstay.risk.response.register import RiskResponseRegister
from mainstay.risk.risk.register import RiskRegister
from mainstay.risk.turning import made_of
from mainstay.risk.warnings_of import indicators_of

MOST = 40


def responses_of(record: Any, account: Account | None) -> list[Any]:
    """The responses that the reader may see, of the risk and of the one that it was raised from; asked once for a page."""
    held: list[Any] | None = getattr(record, "_responses", None)
    if held is None:
        rows = visible_to(account, RiskResponseRegister).filter(is_withdrawn=False)
        rows = rows.filter(Q(risk=record.pk) | Q(risk=record.escalated_from_id or 0))
        held = record._responses = list(rows.select_related("owner").order_by("due_on", "pk")[:MOST])
    return held


def picture(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """The bow-tie, where there is anything on either side of the event."""
    if moment is not None or not (record.cause or record.event or record.effect):
        return None
    shown = visible_to(account, RiskRegister).filter(secondary_to=record.pk, is_withdrawn=False)
    controls = [
        (row, Item(row.title, row.state, row.get_kind_display())) for row in responses_of(record, account) if row.state != "dropped"
    ]
    causes = [Item(record.cause)] if record.cause else []
    if record.shared_cause_id and may_at_hand(account, "view", CauseRegister, record.shared_cause):
        causes.append(Item(f"{record.shared_cause.ref} {record.shared_cause.title}", detail=_("shared cause")))
    effects = [Item(record.effect)] if record.effect else []
    effects += [Item(f"{row.ref} {row.title}", detail=_("secondary risk")) for row in shown[:4]]
    tie = BowTie(
        record.event or record.title,
        causes,
        [item for row, item in controls if row.acts_on == "cause"],
        [item for row, item in controls if row.acts_on == "effect"],
        effects,
    )
    context = {"tie": tie, "drawing": bow_tie.drawing(tie)}
    return Panel("bow-tie", _("Bow-tie"), "risk/parts/bow_tie.html", context, _("filled: in place; dashed: still to come"), place=WIDE)


def figures(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    if moment is not None or not record.is_quantified:
        return None
    held = quantities.standing(record, responses_of(record, account))
    context = {"risk": record, "held": held, "has_responses": bool(responses_of(record, account))}
    return Panel(
        "quantities", _("Quantities"), "risk/parts/quantities.html", context, _("if it occurs; after: as its owner has entered it")
    )


def responses(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    if moment is not None or not may(account, "view", RiskResponseRegister):
        return None
    may_add = record.state == "open" and may_at_hand(account, "create", RiskResponseRegister, record)
    rows = [
        (row, state, "" if row.probability_change is None else words.number(row.probability_change))
        for row, state in with_states(RiskResponseRegister, responses_of(record, account))
    ]
    context = {"risk": record, "rows": rows, "today": timezone.localdate(), "may_add": may_add}
    return Panel("responses", _("Responses"), "risk/parts/responses.html", context, record.get_response_list_display())


def warnings(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    rows = [] if moment is not None else indicators_of(record, account)
    may_add = moment is None and may_at_hand(account, "create", IndicatorRegister, record)
    if not rows and not may_add:
        return None
    return Panel("warnings", _("Early warning"), "risk/parts/warnings.html", {"risk": record, "rows": rows, "may_add": may_add}, place=SIDE)


def against_appetite(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    if moment is not None or record.state not in ("open", "escalated"):
        return None
    found = appetite.positions(record, appetite.limits_of([record.initiative])[record.initiative_id])
    if not found:
        return None
    offers = appetite.worst(found) == appetite.BEYOND and record.state == "open" and may_at_hand(account, "change", RiskRegister, record)
    context = {"rows": found, "risk": record, "may_raise": offers and not RiskRegister.refusal(record, "escalate", account)}
    return Panel("appetite", _("Against appetite"), "risk/parts/appetite.html", context, _("by what responses leave"), place=SIDE)


def levels(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """From where it was raised, and to where, as far as the reader may see the other level."""
    if moment is not None or not (record.escalated_from_id or record.state == "escalated" or record.raised.exists()):
        return None
    seen = visible_to(account, RiskRegister).select_related("initiative", "owner")
    below = seen.filter(pk=record.escalated_from_id or 0).first()
    above = list(seen.filter(escalated_from=record.pk).order_by("-pk")[:5])
    context = {
        "risk": record,
        "below": with_states(RiskRegister, [below] if below else []),
        "above": with_states(RiskRegister, above),
        "is_up": record.state == "escalated",
    }
    return Panel("levels", _("Levels"), "risk/parts/levels.html", context, place=SIDE)


def next_steps(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """Reviewed, or it has happened: what the owner of a risk does most."""
    if moment is not None or record.is_withdrawn or not may_at_hand(account, "change", RiskRegister, record):
        return None
    may_turn = record.state in ("open", "occurred") and may_at_hand(account, "create", IssueRegister, record)
    context = {
        "risk": record,
        "may_turn": may_turn and made_of(RiskRegister, record.pk, IssueRegister) is None,
        "may_review": record.state == "open",
        "is_due": bool(record.review_on and record.review_on <= timezone.localdate()),
    }
    if not context["may_turn"] and not context["may_review"]:
        return None
    return Panel("next", _("Review"), "risk/parts/next.html", context, place=SIDE)
