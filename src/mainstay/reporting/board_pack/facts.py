"""The facts of a board's pack as frozen dataclasses: all that it shows, and nothing that has to be looked up again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol, TypeVar

from mainstay.forecasts.outlook import Outlook
from mainstay.initiatives import scale as scales
from mainstay.render.blocks import Sense
from mainstay.reporting.board_pack.assured import AdviceFact, ReviewFact, UnreviewedFact
from mainstay.reporting.board_pack.limits import EarnedFact, ExceptionFact, Thresholds, TransitionFact

FORM = "board-pack/1"


class OfPart(Protocol):
    """A fact that counts in one part of the pack."""

    @property
    def part(self) -> str: ...


P = TypeVar("P", bound=OfPart)


def by_part(rows: Iterable[P]) -> Mapping[str, list[P]]:
    """The rows of each part; a part without rows is not in it."""
    found: dict[str, list[P]] = {}
    for row in rows:
        found.setdefault(row.part, []).append(row)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A record that a statement rests on."""

    register: str
    pk: int
    ref: str
    code: str
    """The initiative's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The initiative of the pack, or a project below it."""

    pk: int
    code: str
    title: str
    kind: str
    state: str
    path: str
    objectives: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    budget: Decimal | None = None
    contingency: Decimal | None = None
    price_base: str = ""
    marking: str
    office: str = ""
    sponsor: str = ""
    manager: str = ""
    changed_on: date | None = None
    """When a record of it was last written."""
    is_closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFact:
    """The live plan of one project. In all records `code` is its initiative's, `part` that of the part of the pack it counts in."""

    pk: int
    ref: str
    code: str
    part: str
    title: str
    number: int
    file_name: str
    document_digest: str
    application: str = ""
    status_date: date | None = None
    received_on: date
    starts_on: date | None = None
    finishes_on: date | None = None
    baseline_finish: date | None = None
    activities: int = 0
    links: int = 0
    warnings: int = 0
    earned: EarnedFact | None = None
    marking: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneFact:
    pk: int
    ref: str
    code: str
    part: str
    title: str
    kind: str
    owner: str = ""
    state: str
    standing: str
    baseline_original: date | None = None
    baseline_current: date | None = None
    forecast: date | None = None
    actual: date | None = None
    tolerance_days: int = 0
    confidence: int | None = None
    as_at: date
    source: str
    marking: str

    @property
    def expected(self) -> date | None:
        return self.actual or self.forecast

    @property
    def slip_days(self) -> int | None:
        """Days later than the baseline approved last."""
        return (self.expected - self.baseline_current).days if self.expected and self.baseline_current else None


@dataclass(frozen=True, slots=True, kw_only=True)
class DependencyFact:
    pk: int
    ref: str
    code: str
    """The getter's."""
    part: str
    giver: str
    giver_part: str = ""
    """Empty where the giver lies outside."""
    title: str
    product: str = ""
    owner: str = ""
    giver_owner: str = ""
    needed_by: date | None = None
    promised_by: date | None = None
    forecast: date | None = None
    criticality: str
    impact: str = ""
    state: str
    standing: str
    as_at: date
    marking: str

    @property
    def given(self) -> date | None:
        return self.forecast or self.promised_by

    @property
    def buffer_days(self) -> int | None:
        return (self.needed_by - self.given).days if self.needed_by and self.given else None

    @property
    def is_settled(self) -> bool:
        return self.state in ("delivered", "accepted", "rejected", "failed", "superseded")


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskFact:
    pk: int
    ref: str
    code: str
    part: str
    title: str
    nature: str
    category: str = ""
    cause: str = ""
    event: str = ""
    effect: str = ""
    owner: str = ""
    proximity: str = ""
    probability: Decimal | None = None
    cost_likely: Decimal | None = None
    days_likely: Decimal | None = None
    expected_cost: Decimal | None = None
    shared_cause: str = ""
    response: str = ""
    response_plan: str = ""
    review_on: date | None = None
    state: str
    as_at: date
    marking: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFact:
    pk: int
    ref: str
    code: str
    part: str
    title: str
    kind: str
    priority: str
    severity: str
    owner: str = ""
    raised_on: date
    due_on: date | None = None
    cost: Decimal | None = None
    state: str
    marking: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFact:
    pk: int
    ref: str
    code: str
    part: str
    title: str
    question: str = ""
    because: str = ""
    options: str = ""
    forum: str = ""
    owner: str = ""
    needed_by: date | None = None
    cost: Decimal | None = None
    if_not: str = ""
    outcome: str = ""
    decided_on: date | None = None
    state: str
    marking: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionFact:
    pk: int
    ref: str
    code: str
    part: str
    title: str
    owner: str = ""
    origin: str = ""
    original_due_on: date | None = None
    due_on: date
    done_on: date | None = None
    state: str
    marking: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the office asked about a claim, and what was answered."""

    pk: int
    ref: str
    title: str
    question: str
    answer: str = ""
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFact:
    """What one part says of itself for the period; where it says nothing, what was last known, and how old that is."""

    code: str
    period: str
    pk: int
    """Of the return."""
    ref: str
    is_reported: bool
    rating: str = ""
    summary: str = ""
    supplier: str = ""
    sent_on: date | None = None
    due_on: date
    is_confirmed: bool = False
    scale: str = scales.LOCAL
    """Scale and version on which it rates itself."""
    last_rating: str = ""
    last_scale: str = scales.LOCAL
    last_period: str = ""
    last_on: date | None = None
    questions: tuple[Question, ...] = ()
    marking: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One indicator of a project, judged: its name, what it came to, and the records that show it."""

    name: str
    rating: str
    count: int = 0
    days: int | None = None
    amount: Decimal | None = None
    share: float | None = None
    subject: str = ""
    """The record that decided it, in words."""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusFact:
    """The measured status of one project: the worst of its measures; `none` where nothing could be measured."""

    code: str
    rating: str
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One difference between two snapshots, with the reason that was recorded for it."""

    group: str
    """Which of the orders it belongs to: time, money, status, promise, record."""
    item: str
    """What moved: finish, forecast, baseline, state, expected cost …"""
    record: Evidence
    title: str
    before: str = ""
    after: str = ""
    days: int | None = None
    amount: Decimal | None = None
    sense: Sense = "same"
    reason: str = ""
    by: str = ""
    change: int | None = None
    """The place in the history where the reason stands."""
    is_small: bool = False
    """Below the threshold from which the board is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The snapshot that changes are told against."""

    pk: int
    name: str
    frozen_at: datetime
    sequence: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that is missing or old: what, how often, and where."""

    name: str
    code: str
    count: int = 1
    days: int | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFacts:
    """All facts of one pack. This is the document that is frozen."""

    form: str = FORM
    name: str
    audience: str = ""
    frozen_at: datetime
    frozen_on: date
    """The same on the office's clocks."""
    sequence: int
    chain: str
    """Digest of the history up to there."""
    maker: str
    marking: str
    initiative: Place
    projects: tuple[Place, ...]
    previous: Earlier | None = None
    previous_unread: str = ""
    """Why the earlier snapshot could not be read, in one sentence."""
    corrects: str = ""
    correction: str = ""
    thresholds: Thresholds
    statuses: tuple[StatusFact, ...] = ()
    plans: tuple[PlanFact, ...] = ()
    milestones: tuple[MilestoneFact, ...] = ()
    dependencies: tuple[DependencyFact, ...] = ()
    risks: tuple[RiskFact, ...] = ()
    issues: tuple[IssueFact, ...] = ()
    decisions: tuple[DecisionFact, ...] = ()
    actions: tuple[ActionFact, ...] = ()
    outlook: Outlook | None = None
    outlook_missing: str = ""
    """Why there is no run, in one sentence."""
    moves: tuple[Move, ...] = ()
    gaps: tuple[Gap, ...] = field(default=())
    claims: tuple[ClaimFact, ...] = ()
    exceptions: tuple[ExceptionFact, ...] = ()
    transitions: tuple[TransitionFact, ...] = ()
    reviews: tuple[ReviewFact, ...] = ()
    advice: tuple[AdviceFact, ...] = ()
    unreviewed: tuple[UnreviewedFact, ...] = ()
