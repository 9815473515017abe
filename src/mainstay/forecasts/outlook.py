"""What one run says, as plain dataclasses: read by pages, packs and the command line. Dates are days, money is in the run's basis."""

from dataclasses import dataclass, field
from datetime import date, datetime

from mainstay.forecasts.findings import JointConfidence, MergePoint, Opportunities, PertOutlook, Reserve, ResponseValue, Sharing


@dataclass(frozen=True, slots=True)
class DatePercentile:
    """The day by which this per cent of the iterations had finished, and how far simulation alone may be out."""

    percent: int
    day: date
    standard_error_days: float


@dataclass(frozen=True, slots=True)
class MoneyPercentile:
    """The cost that this per cent of the iterations stayed within; pounds, or whatever the run's basis says."""

    percent: int
    amount: float
    standard_error: float


@dataclass(frozen=True, slots=True)
class DayShare:
    """One point of the finish curve: the share of iterations (0 to 1) that had finished by the end of that day."""

    day: date
    share: float


@dataclass(frozen=True, slots=True)
class MoneyShare:
    """One point of the cost curve: the share of iterations (0 to 1) whose cost was no higher."""

    amount: float
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishOutlook:
    """The finish of a project, milestone or the programme.

    ``plan`` is the deterministic finish, ``plan_chance`` the share of iterations that met it. ``gap_days`` is P80 less the plan in days of
    the calendar. ``baseline`` is what was approved, where something was.
    """

    plan: date
    plan_chance: float
    mean: date
    deviation_days: float
    percentiles: tuple[DatePercentile, ...]
    curve: tuple[DayShare, ...]
    gap_days: int
    baseline: date | None = None
    baseline_chance: float | None = None

    def at(self, percent: int) -> DatePercentile:
        return next(found for found in self.percentiles if found.percent == percent)


@dataclass(frozen=True, slots=True, kw_only=True)
class CostOutlook:
    """The cost of a project or the programme: its budget, and what risks and uncertainty add to it."""

    budget: float
    budget_chance: float
    funded: float
    """Budget and the contingency held."""
    funded_chance: float
    mean: float
    deviation: float
    percentiles: tuple[MoneyPercentile, ...]
    curve: tuple[MoneyShare, ...]

    def at(self, percent: int) -> MoneyPercentile:
        return next(found for found in self.percentiles if found.percent == percent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One project, milestone, or the whole (``kind`` programme) as the run sees it."""

    kind: str
    """programme, tranche (or any other group of projects), project or milestone."""
    code: str
    title: str
    url: str = ""
    finish: FinishOutlook | None = None
    cost: CostOutlook | None = None
    finish_share_of_programme: float | None = None
    """Share of the iterations in which this project finished last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """What the programme would be without one risk, cause or group of uncertain durations: a full re-run on the same random numbers.

    ``days`` and ``money`` are what P80 loses when it is left out (positive: it costs us that much; an opportunity is negative). The
    standard errors are those of the difference.
    """

    kind: str
    """threat, opportunity, cause, uncertainty, or project: nothing uncertain in the project and no risk acting on it."""
    ref: str
    title: str
    url: str = ""
    probability: float | None = None
    days: float = 0.0
    days_error: float = 0.0
    mean_days: float = 0.0
    money: float | None = None
    money_error: float | None = None
    deviation_days: float = 0.0
    """What the standard deviation of the finish loses without it."""
    deviation_money: float | None = None
    projects: tuple[str, ...] = ()
    """Codes of the projects that it reaches directly."""
    risks: tuple[str, ...] = ()
    """References of the risks that a shared cause brings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CriticalActivity:
    """An activity and the share of iterations (0 to 1) in which it drove the finish of the whole.

    ``cruciality`` is the rank correlation of its duration with that finish, ``deviation_days`` the standard deviation of its duration and
    ``index`` the schedule sensitivity index, share × deviation ÷ that of the finish.
    """

    code: str
    name: str
    project: str
    share: float
    cruciality: float | None = None
    deviation_days: float | None = None
    index: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """The programme beside its projects taken one by one.

    ``latest_project_p80`` is the latest of the projects' own P80 finishes; ``all_by_then`` the share of iterations in which every project
    had finished by its own P80. For money, ``sum_of_p80`` adds the projects' P80s; ``independent_p80`` is the programme's P80 with
    every cause and correlation taken away.
    """

    latest_project_p80: date | None = None
    all_by_then: float | None = None
    independent_p80_day: date | None = None
    sum_of_p50: float | None = None
    sum_of_p80: float | None = None
    independent_p80: float | None = None
    funded_and_plan: float | None = None
    """Share of iterations within the funding and by the baseline (or plan) finish, both at once."""
    correlation: float | None = None
    """Of the programme's finish and cost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A record that the run could not use, and the sentence that says why."""

    ref: str
    title: str
    reason: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where the figures come from: the same input and seed give the same figures."""

    ref: str
    made_at: datetime
    made_by: str
    as_at: datetime
    seed: int
    iterations: int
    seconds: float
    digest: str
    engine_version: str
    activities: int
    links: int
    risks: int
    causes: int
    after_responses: bool
    assumptions: tuple[str, ...] = ()
    """One sentence each, such as the default uncertainty of durations."""
    sampling: str = "random"
    """How numbers were drawn: random, latin_hypercube or sobol."""
    stop_days: float | None = None
    """The run was to stop once the standard error of P80 had come down to so many days."""
    asked: int | None = None
    """Iterations at most that were asked for; fewer were made where it could stop."""
    converged: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """All that a run says of one initiative and what lies below it."""

    programme: Part
    projects: tuple[Part, ...]
    groups: tuple[Part, ...] = ()
    """Tranches and whatever else lies between the whole and its projects."""
    milestones: tuple[Part, ...] = ()
    before_responses: Part | None = None
    """The programme with the risks as they stand before their responses."""
    drivers: tuple[Driver, ...] = ()
    project_drivers: tuple[Driver, ...] = ()
    """Each project as planned in turn."""
    critical: tuple[CriticalActivity, ...] = ()
    joint: Joint = field(default_factory=Joint)
    joint_confidence: JointConfidence | None = None
    responses: tuple[ResponseValue, ...] = ()
    sharing: tuple[Sharing, ...] = ()
    opportunities: Opportunities | None = None
    pert: PertOutlook | None = None
    merges: tuple[MergePoint, ...] = ()
    drawdown: tuple[Reserve, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    money_basis: str = ""
    """Currency and prices of every amount, such as ``GBP, 2026/27 prices``."""
    provenance: Provenance
