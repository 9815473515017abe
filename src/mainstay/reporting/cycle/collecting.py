"""A commission while it is collected: its returns, how far each has come, what each waits for, and where claim and measure differ."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.initiatives.models import Initiative
from mainstay.register import words
from mainstay.register.access import visible_to
from mainstay.register.panels import Figure
from mainstay.register.store import StoreError
from mainstay.reporting.challenge.model import Challenge
from mainstay.reporting.commission.model import Commission
from mainstay.reporting.cycle import asking, chase, content, measured, supplier
from mainstay.reporting.cycle.content import ContentError, Part
from mainstay.reporting.cycle.measured import Measured
from mainstay.reporting.definition.model import Definition
from mainstay.reporting.project_return.model import OPEN_FOR_ANSWERS, Return
from mainstay.reporting.project_return.register import ReturnRegister

SENT = ("sent", "checked", "confirmed", "accepted")
PER_PAGE = 20
MOST_MEASURED = 3
"""Programmes whose parts are measured for one page of returns."""
MOST_CALLED = 20
"""Those to call whom a page names; it counts the rest."""


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
        return self.measured is not None and self.measured.differs(self.record.rating, self.record.scale)


@dataclass(frozen=True, slots=True)
class Collected:
    """A commission with one page of its returns."""

    lines: list[Line]
    figures: list[Figure]
    calls: list[Return]
    """Those whom the office should call: late, nothing sent."""
    more_calls: int
    gone: list[tuple[Return, str]]
    """Those whose supplier has left or lost the role since it was asked, each with the sentence that says so."""
    page: int
    total: int

    @property
    def first(self) -> int:
        return min((self.page - 1) * PER_PAGE + 1, self.total)

    @property
    def last(self) -> int:
        return min(self.page * PER_PAGE, self.total)


def collected(commission: Commission, account: Account | None, page: int = 1) -> Collected:
    """The returns of the commission that `account` may see; only those of the page are read whole, and measured."""
    seen = visible_to(account, ReturnRegister).filter(commission=commission, is_withdrawn=False)
    late = lateness(seen)
    tally = tallied(seen, late)
    page = min(page, max(-(-tally["all"] // PER_PAGE), 1))
    ids = list(seen.order_by("initiative__code").values_list("pk", flat=True)[(page - 1) * PER_PAGE : page * PER_PAGE])
    held = seen.select_related("initiative", "owner", "confirmer", "commission").order_by("initiative__code")
    rows = list(held.filter(pk__in=ids).prefetch_related("chase_steps"))
    calls = list(held.filter(late, state__in=OPEN_FOR_ANSWERS)[:MOST_CALLED]) if tally["late"] else []
    found = measures(commission, rows, account)
    questions = Counter(Challenge.objects.filter(about__in=ids, state="asked").values_list("about", flat=True))
    lines = [line(row, found.get(row.initiative.code), questions[row.pk]) for row in rows]
    gone = supplier.gone(held)[:MOST_CALLED]
    return Collected(lines, figures(commission, seen, tally), calls, tally["late"] - len(calls), gone, page, tally["all"])


def lateness(rows: QuerySet[Return]) -> Q:
    """Which returns are past their day: sent after its end where the office is, or not sent and the day is over."""
    zone, today, late = ZoneInfo(settings.LOCAL_TIME_ZONE), timezone.localdate(), Q(pk__in=[])
    for day in rows.order_by().values_list("due_on", flat=True).distinct():
        over = Q(sent_at__gte=datetime.combine(day + timedelta(days=1), time(), zone))
        late |= Q(over | Q(sent_at__isnull=True) if day < today else over, due_on=day)
    return late


def tallied(rows: QuerySet[Return], late: Q) -> dict[str, int]:
    """The counts behind the figures, of thousands of returns as of one; one query."""
    asked, sent = ~Q(state="waived"), Q(state__in=SENT)
    begun = Q(sent_at__isnull=False)
    counts: dict[str, int] = rows.order_by().aggregate(
        all=Count("pk"),
        asked=Count("pk", filter=asked),
        sent=Count("pk", filter=sent),
        confirmed=Count("pk", filter=Q(state__in=("confirmed", "accepted"))),
        accepted=Count("pk", filter=Q(state="accepted")),
        late=Count("pk", filter=late & Q(state__in=OPEN_FOR_ANSWERS)),
        in_time=Count("pk", filter=asked & begun & ~late),
        over=Count("pk", filter=asked & (begun | Q(due_on__lt=timezone.localdate()))),
        timed=Count("pk", filter=sent & Q(seconds__gt=0)),
    )
    return counts


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
            found |= measured.of_parts(place, [row.initiative for row in rows if row.initiative.parent_id == pk], account)
    return found


def figures(commission: Commission, rows: QuerySet[Return], tally: Mapping[str, int]) -> list[Figure]:
    live, late = _("live"), tally["late"]
    timed = rows.filter(state__in=SENT, seconds__gt=0).order_by("seconds").values_list("seconds", flat=True)
    median = timed[tally["timed"] // 2] // 60 if tally["timed"] else None
    days = (commission.freezes_on - timezone.localdate()).days
    of = _("of %(count)s") % {"count": words.number(tally["asked"])}
    return [
        Figure(_("Sent"), words.number(tally["sent"]), _("%(count)s late") % {"count": words.number(late)} if late else live, unit=of),
        Figure(_("Sponsor confirmed"), words.number(tally["confirmed"]), live, unit=of),
        Figure(_("Accepted"), words.number(tally["accepted"]), live, unit=of),
        Figure(_("In time"), f"{round(100 * tally['in_time'] / tally['over'])} %" if tally["over"] else "–", _("of those sent or overdue")),
        Figure(
            _("Days to freeze"), words.number(days), _("on %(day)s") % {"day": f"{commission.freezes_on.day} {commission.freezes_on:%b %Y}"}
        ),
        Figure(
            _("Suppliers' time"),
            "–" if median is None else f"{max(median, 1)} min",
            _("median of %(count)s forms") % {"count": words.number(tally["timed"])},
        ),
    ]


def parts_of(definition: Definition) -> tuple[Part, ...]:
    """What a definition asks now; nothing where its text cannot be read."""
    try:
        return content.read(definition.content).parts
    except (ContentError, StoreError):
        return ()
