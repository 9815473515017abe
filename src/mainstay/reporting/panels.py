"""What reporting adds to pages of records: packs and returns of an initiative, the pack of a snapshot, the returns of a commission."""

from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.initiatives import scale as scales
from mainstay.register.access import may, visible_to
from mainstay.register.asat import Moment
from mainstay.register.history import Actor
from mainstay.register.panels import SIDE, WIDE, Panel, with_states
from mainstay.reporting import listing, making
from mainstay.reporting.burden import reading
from mainstay.reporting.challenge.register import ChallengeRegister
from mainstay.reporting.commission.register import CommissionRegister
from mainstay.reporting.cycle import asking, chase, collecting, collecting_page, commissioning, doubts, measured
from mainstay.reporting.cycle.doubts import Doubt
from mainstay.reporting.project_return.model import OPEN_FOR_ANSWERS, Return
from mainstay.reporting.project_return.register import ReturnRegister
from mainstay.reporting.scale.telling import telling
from mainstay.reporting.snapshot.register import SnapshotRegister

MOST = 4


def packs(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """The latest snapshots of an initiative; from the past those that there were."""
    if not may(account, "view", SnapshotRegister):
        return None
    rows = [row for row in listing.of_initiative(record, account) if moment is None or row.sequence <= moment.sequence]
    return Panel(
        "packs", _("Packs"), "reporting/parts/packs.html", {"initiative": record, "rows": rows[:MOST], "count": len(rows)}, place=SIDE
    )


def pack(record: Any, account: Account | None, moment: Moment | None) -> Panel:  # noqa: ARG001  # the builder's signature
    return Panel("pack", _("The pack"), "reporting/parts/pack.html", {"snapshot": record})


def returns(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """Who has sent, what each return waits for, and where claim and measure differ; the past is in the lists."""
    if moment is not None or not may(account, "view", ReturnRegister):
        return None
    found = collecting.collected(record, account)
    return Panel(
        "returns",
        _("Returns"),
        "reporting/parts/returns.html",
        {
            "commission": record,
            "found": found,
            "next_url": collecting_page.pages(record.pk, found)["next_url"],
            "legend": chase.legend(),
            "may_freeze": making.may_freeze(record.initiative, Actor(account)),
            "may_load": visible_to(account, ReturnRegister, "change").filter(commission=record).exists(),
        },
        place=WIDE,
    )


def answers(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """What a return says beside what is measured, and the way to fill it."""
    if moment is not None:
        return None
    full = asking.return_of(record.pk, account)
    if full is None:
        return None
    asked = asking.asked_of(full, account)
    challenges = visible_to(account, ChallengeRegister).filter(about=full, is_withdrawn=False).order_by("pk")
    context = {
        "record": full,
        "asked": asked,
        "doubts": [(doubt, asking_url(full, doubt)) for doubt in doubts.doubts(asked, account)],
        "measured": measured.of(full.initiative, account),
        "may_fill": full.state in OPEN_FOR_ANSWERS and may(account, "change", ReturnRegister, full),
        "next": asking.who_is_next(full),
        "challenges": with_states(ChallengeRegister, challenges),
        "may_challenge": may(account, "create", ChallengeRegister),
        "is_counted": reading.is_counted(full, account),
    }
    return Panel("answers", _("What it says"), "reporting/parts/answers.html", context, place=WIDE)


def asking_url(row: Return, doubt: Doubt) -> str:
    """The form of a challenge about this doubt, filled as far as it can be."""
    names = {"initiative": row.initiative_id, "about": row.pk, "owner": row.owner_id or "", "title": doubt.text[:200]}
    return f"{ChallengeRegister.url('create')}?{urlencode({**names, 'evidence': doubt.text, 'question': doubt.question})}"


def definition(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """What a definition asks, and the way to commission it."""
    if moment is not None:
        return None
    commissions = visible_to(account, CommissionRegister).filter(definition=record, is_withdrawn=False)
    context = {
        "definition": record,
        "may_commission": commissioning.may_commission(record, Actor(account)),
        "parts": collecting.parts_of(record),
        "commissions": list(commissions.order_by("-period_to")[:MOST]),
    }
    return Panel("definition", _("What it asks"), "reporting/parts/definition.html", context)


def of_initiative(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:
    """The returns of an initiative, the latest first, with what was claimed."""
    if moment is not None or not may(account, "view", ReturnRegister):
        return None
    rows = visible_to(account, ReturnRegister).filter(initiative=record, is_withdrawn=False).select_related("commission")
    found = list(rows.order_by("-commission__period_to", "-pk")[:8])
    if not found:
        return None
    strip = scales.with_breaks([(row.scale, row.rating) for row in reversed(found) if row.sent_at])
    changes = scales.changes((row.commission.period, row.scale) for row in reversed(found) if row.sent_at and row.rating)
    return (
        Panel(
            "returns",
            _("Returns"),
            "reporting/parts/returns_of.html",
            {"rows": with_states(ReturnRegister, found), "strip": strip, "changes": [telling(*change) for change in changes]},
            place=SIDE,
        )
        if found
        else None
    )


def known_then(record: Any, account: Account | None, moment: Moment | None) -> Panel | None:  # noqa: ARG001  # the builder's signature
    """What the board knew: the last pack of the initiative, or of one above it, that was frozen by the day of the meeting."""
    if not may(account, "view", SnapshotRegister):
        return None
    places = [int(step) for step in record.initiative.path.split("/") if step]
    rows = visible_to(account, SnapshotRegister).filter(initiative__in=places, frozen_at__date__lte=record.held_on, is_withdrawn=False)
    snapshot = rows.select_related("initiative").order_by("-initiative__path", "-sequence").first()
    return Panel("known", _("What the board knew"), "reporting/parts/known.html", {"snapshot": snapshot}, place=SIDE)
