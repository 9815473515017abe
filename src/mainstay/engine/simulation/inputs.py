"""The parts of what is simulated: uncertain durations, risks, shared causes and costs. The whole is in ``model``, which checks them.

Ids only. Durations and impacts on time are working minutes of the activity's own calendar, money is in one currency and price base.
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
    """

    id: str
    probability: float
    nature: Nature = Nature.THREAT
    time: tuple[TimeImpact, ...] = ()
    cost: tuple[CostImpact, ...] = ()
    cause: str | None = None
    given_cause: float = 1.0


@dataclass(frozen=True, slots=True)
class CostItem:
    """An amount that a project pays whatever its dates are; uncertain or `Fixed`."""

    id: str
    project: str
    amount: Distribution
    basis: MoneyBasis | None = None


@dataclass(frozen=True, slots=True)
class ActivityRate:
    """Money per working minute of what remains of an activity."""

    activity: str
    per_minute: float
    basis: MoneyBasis | None = None


@dataclass(frozen=True, slots=True)
class ProjectRate:
    """Money per day by the clock that a project costs from an instant (minutes since 1970) until it finishes."""

    project: str
    per_day: float
    since: int
    basis: MoneyBasis | None = None
