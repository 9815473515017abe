"""A commission while it is collected: its returns, how far each has come, what each waits for, and where claim and measure differ."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.initiatives.models import Initiative
from mainstay.register.access import visible_to
from mainstay.register.panels import Figure
from mainstay.register.store import StoreError
from mainstay.reporting.commission.model import Commission
from mainstay.reporting.cycle import asking, chase, content, measured
from mainstay.reporting.cycle.content import ContentError, Part
from mainstay.reporting.cycle.measured import Measured
from mainstay.reporting.definition.model import Definition
from mainstay.reporting.project_return.model import OPEN_FOR_ANSWERS, Return
from mainstay.reporting.project_return.register import ReturnRegister

SENT = ("sent", "checked", "confirmed", "accepted")
MOST_MEASURED = 3
"""Programmes whose parts are measured for the page of one commission."""


@dataclass(frozen=True, slots=True)
class Line:
    """One return of a commission."""

    record: Return
    state: str
    days_late: int
    waits_for: str
    measured: Measured | None
    open_challenges: int
    ladder: list[dict[str, str]]

    @property
    def differs(self) -> bool:
        return self.measured is not None and self.measured.differs(self.record.rating)


@dataclass(frozen=True, slots=True)
class Collected:
    """A commission with its returns."""

    lines: list[Line]
    figures: list[Figure]
    calls: list[Line]
    """Those whom the office should call: late, nothing sent."""


def collected(commission: Commission, account: Account | None) -> Collected:
    """Every return of the commission that `account` may see; the number of queries does not grow with them."""
    rows = list(
        visible_to(account, ReturnRegister)
        .filter(commission=commission, is_withdrawn=False)
        .select_related("initiative", "owner", "confirmer", "commission")
        .prefetch_related("chase_steps")
        .order_by("initiative__code")
    )
    found = measures(commission, rows, account)
    questions = Counter(
        ReturnRegister.model._default_manager.filter(pk__in=[row.pk for row in rows], challenges__state="asked").values_list(
            "pk", flat=True
        )
    )
    lines = [line(row, found.get(row.initiative.code), questions[row.pk]) for row in rows]
    return Collected(lines, figures(commission, lines), [one for one in lines if one.days_late and one.record.state != "waived"])


def line(row: Return, found: Measured | None, questions: int) -> Line:
    states = ReturnRegister.states
    label = states.label(row.state) if states else row.state
    late = row.days_late if row.state in OPEN_FOR_ANSWERS else 0
    waits = _("an answer to the office's question") if questions else asking.who_is_next(row)
    return Line(row, label, late, waits, found, questions, chase.ladder(row, row.chase_steps.all()))


def measures(commission: Commission, rows: list[Return], account: Account | None) -> Mapping[str, Measured]:
    """What is measured of the initiatives asked, taken programme by programme."""
    parents = Counter(row.initiative.parent_id for row in rows if row.initiative.parent_id)
    found: dict[str, Measured] = {}
    for pk, _count in parents.most_common(MOST_MEASURED):
        place = commission.initiative if pk == commission.initiative_id else Initiative.objects.filter(pk=pk).first()
        if place is not None and place.path.startswith(commission.initiative.path):
            found |= measured.of_parts(place, account)
    return found


def figures(commission: Commission, lines: list[Line]) -> list[Figure]:
    live = _("live")
    asked = [one for one in lines if one.record.state != "waived"]
    sent = [one for one in asked if one.record.state in SENT]
    in_time = [one for one in asked if one.record.sent_at and not one.record.days_late]
    over = [one for one in asked if one.record.due_on < timezone.localdate() or one.record.sent_at]
    seconds = sorted(one.record.seconds for one in sent if one.record.seconds)
    days = (commission.freezes_on - timezone.localdate()).days
    of = _("of %(count)d") % {"count": len(asked)}
    return [
        Figure(_("Sent"), str(len(sent)), late_words(asked) or live, unit=of),
        Figure(_("Sponsor confirmed"), str(sum(one.record.state in ("confirmed", "accepted") for one in asked)), live, unit=of),
        Figure(_("Accepted"), str(sum(one.record.state == "accepted" for one in asked)), live, unit=of),
        Figure(_("In time"), f"{round(100 * len(in_time) / len(over))} %" if over else "–", _("of those sent or overdue")),
        Figure(_("Days to freeze"), str(days), _("on %(day)s") % {"day": f"{commission.freezes_on.day} {commission.freezes_on:%b %Y}"}),
        Figure(
            _("Suppliers' time"),
            f"{max(seconds[len(seconds) // 2] // 60, 1)} min" if seconds else "–",
            _("median of %(count)d forms") % {"count": len(seconds)},
        ),
    ]


def late_words(lines: list[Line]) -> str:
    late = sum(bool(one.days_late) for one in lines)
    return _("%(count)d late") % {"count": late} if late else ""


def parts_of(definition: Definition) -> tuple[Part, ...]:
    """What a definition asks now; nothing where its text cannot be read."""
    try:
        return content.read(definition.content).parts
    except (ContentError, StoreError):
        return ()
