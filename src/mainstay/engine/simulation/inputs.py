"""The parts of what is simulated: uncertain durations, risks, shared causes and costs. The whole is in ``model``, which checks them.

Ids only. Durations and impacts on time are working minutes of the activity's own calendar, money is in one currency and price base.
Branches of the network are in ``branches``, weather in ``weather``, full correlation matrices in ``correlation``.
"""

from dataclasses import dataclass
from enum import StrEnum

from mainstay.engine.risk import MoneyBasis
from mainstay.engine.simulation.distributions import Distribution


class Nature(StrEnum):
    """Whether a risk event harms or helps. Its impacts are stated as positive amounts; the nature gives them their sign."""

    THREAT = "threat"
    OPPORTUNITY = "opportunity"

    @property
    def sign(self) -> int:
        """+1 adds time and cost, -1 saves them."""
        return 1 if self is Nature.THREAT else -1


@dataclass(frozen=True, slots=True)
class Loading:
    """How strongly a duration follows a common factor: the correlation of its normal score with the factor, -1 to 1."""

    factor: str
    value: float


@dataclass(frozen=True, slots=True)
class DurationUncertainty:
    """The distribution of one activity's whole duration, working minutes. Of an activity in progress the unfinished share is taken."""

    activity: str
    minutes: Distribution
    loadings: tuple[Loading, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class DurationClass:
    """A default for many activities: the distribution of actual over planned duration (1 is as planned).

    ``activities`` None means every activity that has no uncertainty of its own and is in no class listed before.
    """

    id: str
    ratio: Distribution
    activities: tuple[str, ...] | None = None
    loadings: tuple[Loading, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeImpact:
    """Working minutes that an occurring risk adds to (threat) or takes from (opportunity) an activity."""

    activity: str
    minutes: Distribution


@dataclass(frozen=True, slots=True)
class DurationFactor:
    """What an occurring risk multiplies the remaining work of an activity by: a risk driver.

    The ratio states its direction itself (1.2 is a fifth longer, 0.9 a tenth shorter), whatever the nature of the risk. Factors of several
    risks on one activity multiply; impacts in minutes are added after that. Pauses and delays by levelling are not multiplied.

    References
    ----------
    Hulett: Integrated Cost-Schedule Risk Analysis, Gower 2011, chapter 4; GAO-16-89G, Schedule Assessment Guide, best practice 8.
    """

    activity: str
    ratio: Distribution


@dataclass(frozen=True, slots=True)
class Window:
    """Instants (minutes since 1970) between which a risk can strike: from ``opens`` until before ``closes``; None leaves that end open."""

    opens: int | None = None
    closes: int | None = None


@dataclass(frozen=True, slots=True)
class CostImpact:
    """Money that an occurring risk costs (threat) or saves (opportunity) a project."""

    project: str
    amount: Distribution
    basis: MoneyBasis | None = None


@dataclass(frozen=True, slots=True)
class SharedCause:
    """Something that happens or not, and makes several risks occur together."""

    id: str
    probability: float


@dataclass(frozen=True, slots=True)
class RiskEvent:
    """A threat or opportunity.

    ``probability`` is that over all: where the risk has a cause, it occurs with ``given_cause`` when that fires, and otherwise with the
    probability that keeps the whole at ``probability``. One occurrence and one severity hold for all its impacts: all of them lie at the
    same percentile of their own distributions.

    ``factors`` multiply durations, ``time`` adds minutes. ``response_cost`` is what the responses cost: it falls for certain, whether or
    not the risk occurs, and never carries the sign of the nature.

    Notes
    -----
    A risk with a ``window`` that occurs strikes those of its activities that are under way within the window: whose work, before this
    risk, has begun before the window closes and has not ended before it opens. Its money falls once in an iteration, where it strikes at
    least one activity; a risk with a window and money alone falls on the projects that have not finished when the window opens. The
    share of iterations in which it is counted as having occurred is that in which it strikes.
    """

    id: str
    probability: float
    nature: Nature = Nature.THREAT
    time: tuple[TimeImpact, ...] = ()
    cost: tuple[CostImpact, ...] = ()
    cause: str | None = None
    given_cause: float = 1.0
    factors: tuple[DurationFactor, ...] = ()
    window: Window | None = None
    response_cost: tuple[CostImpact, ...] = ()


@dataclass(frozen=True, slots=True)
class CostItem:
    """An amount that a project pays whatever its dates are; uncertain or `Fixed`.

    ``loadings`` on common factors correlate it with durations and other items. Where an ``activity`` is named it is paid when that
    finishes, and not at all in iterations in which that activity does not exist.
    """

    id: str
    project: str
    amount: Distribution
    basis: MoneyBasis | None = None
    loadings: tuple[Loading, ...] = ()
    activity: str | None = None


@dataclass(frozen=True, slots=True)
class ActivityRate:
    """Money per working minute of what remains of an activity; of several rates each counts. ``resource`` names a `ResourcePrice`."""

    activity: str
    per_minute: float
    basis: MoneyBasis | None = None
    resource: str | None = None


@dataclass(frozen=True, slots=True)
class ProjectRate:
    """Money per day by the clock that a project costs from an instant (minutes since 1970) until it finishes: its standing army."""

    project: str
    per_day: float
    since: int
    basis: MoneyBasis | None = None
    resource: str | None = None


@dataclass(frozen=True, slots=True)
class ResourcePrice:
    """An uncertain price of a resource: one ratio of actual over stated rate an iteration, for all rates that name the resource."""

    resource: str
    ratio: Distribution
    loadings: tuple[Loading, ...] = ()


@dataclass(frozen=True, slots=True)
class Inflation:
    """Yearly growth of prices (0.03 is 3 %) from an instant on; before it the stated prices hold.

    Notes
    -----
    It turns money that depends on dates from prices of a base year into money of the day: rates of projects minute by minute, rates of
    activities and items that name an activity at the price of the instant at which the activity finishes. Other items and the impacts of
    risks have no date; they are taken as stated. A year has 365.25 days, growth is continuous within it.
    """

    yearly: float
    since: int
