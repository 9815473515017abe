"""Exposure of risks that are independent or share a cause, exactly: expected values, sums and the distribution of the total.

What risks do to dates needs the network and is simulated (``simulation``).
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mainstay.engine.errors import EngineError


class RiskError(EngineError):
    """Risks that cannot be added up; the sentence says why."""


@dataclass(frozen=True, slots=True)
class MoneyBasis:
    """What an amount of money means.

    Attributes
    ----------
    currency
        ISO 4217 code.
    price_base
        Year or date of the prices, such as ``2026/27``.
    real
        True for prices of the base year, False for money of the day.
    """

    currency: str
    price_base: str = ""
    real: bool = True

    def __str__(self) -> str:
        prices = f"{self.price_base} prices" if self.real and self.price_base else "real" if self.real else "money of the day"
        return f"{self.currency}, {prices}"


@dataclass(frozen=True, slots=True)
class Exposure:
    """A risk's probability and its impact if it occurs, in money with its sign (an opportunity's saving as the caller counts it)."""

    id: str
    probability: Decimal
    impact: Decimal
    basis: MoneyBasis

    def __post_init__(self) -> None:
        if not 0 <= self.probability <= 1:
            raise RiskError(f"Risk {self.id} has the probability {self.probability}; give one from 0 to 1.")

    @property
    def expected_value(self) -> Decimal:
        """Probability times impact, sign kept."""
        return self.probability * self.impact


def one_basis(bases: Iterable[MoneyBasis | None]) -> MoneyBasis | None:
    """Return the currency and price base that all amounts share (None where none states one).

    Raises
    ------
    RiskError
        When amounts of two bases, or with and without one, would be added.
    """
    found = list(dict.fromkeys(bases))
    if len(found) > 1:
        names = sorted("no stated currency" if basis is None else str(basis) for basis in found)
        raise RiskError(f"Amounts in {names[0]} and in {names[1]} cannot be added; convert them to one currency and price base first.")
    return found[0] if found else None


def expected_value(exposures: Sequence[Exposure], base: Decimal = Decimal(0)) -> Decimal:
    """Return a base amount plus the expected values of all risks.

    Raises
    ------
    RiskError
        When the risks differ in currency or price base.

    Examples
    --------
    >>> pounds = MoneyBasis("GBP", "2026/27")
    >>> gain = Exposure("O-1", Decimal("0.60"), Decimal(8000), pounds)
    >>> loss = Exposure("R-1", Decimal("0.30"), Decimal(-20000), pounds)
    >>> expected_value([gain, loss], Decimal(100000))
    Decimal('98800.00')
    """
    one_basis(exposure.basis for exposure in exposures)
    return sum((exposure.expected_value for exposure in exposures), base)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The exact distribution of a total: each amount that can come out, with its probability, from the lowest to the highest."""

    amounts: tuple[Decimal, ...]
    probabilities: tuple[float, ...]

    @property
    def mean(self) -> float:
        return math.fsum(float(a) * p for a, p in zip(self.amounts, self.probabilities, strict=True))

    @property
    def standard_deviation(self) -> float:
        mean = self.mean
        return math.sqrt(math.fsum((float(a) - mean) ** 2 * p for a, p in zip(self.amounts, self.probabilities, strict=True)))

    def at_most(self, amount: Decimal) -> float:
        """Return the probability that the total does not exceed an amount."""
        return math.fsum(p for a, p in zip(self.amounts, self.probabilities, strict=True) if a <= amount)

    def percentile(self, percent: float) -> Decimal:
        """Return the smallest amount that is not exceeded with at least this probability, in per cent.

        Notes
        -----
        The same convention as in the simulation. Rounding of sums of probabilities is forgiven up to 1e-12.
        """
        total = 0.0
        for amount, probability in zip(self.amounts, self.probabilities, strict=True):
            total += probability
            if total >= percent / 100.0 - 1e-12:
                return amount
        return self.amounts[-1]


@dataclass(frozen=True, slots=True)
class CommonCause:
    """A cause that fires with a probability and then makes each of its risks occur with ``given``; over all each keeps its own."""

    probability: float
    risks: tuple[str, ...]
    given: float = 1.0


def aggregate(exposures: Sequence[Exposure], causes: Sequence[CommonCause] = ()) -> Outcomes:
    """Return the exact distribution of the sum of impacts.

    Parameters
    ----------
    exposures
        The risks; each occurs or not.
    causes
        Shared causes. They are independent of each other, and a risk has one at most; risks without one are independent.

    Raises
    ------
    RiskError
        For mixed currencies or price bases, a risk in two causes or unknown, or a probability below what its cause alone brings.

    Notes
    -----
    Given whether a cause fires, its risks are independent, so their distributions are convolved for each case and then mixed by the
    cause's probability. The number of distinct sums grows with the number of distinct impacts.
    """
    one_basis(exposure.basis for exposure in exposures)
    by_id = {exposure.id: exposure for exposure in exposures}
    claimed = [risk for cause in causes for risk in cause.risks]
    for risk in claimed:
        if risk not in by_id:
            raise RiskError(f"A shared cause names risk {risk}, which is not among the risks; add it.")
        if claimed.count(risk) > 1:
            raise RiskError(f"Risk {risk} has two shared causes; keep one of them.")
    total: dict[Decimal, float] = {Decimal(0): 1.0}
    for exposure in exposures:
        if exposure.id not in claimed:
            total = _with_risk(total, float(exposure.probability), exposure.impact)
    for cause in causes:
        fired, not_fired = {Decimal(0): 1.0}, {Decimal(0): 1.0}
        for risk in cause.risks:
            exposure = by_id[risk]
            fired = _with_risk(fired, cause.given, exposure.impact)
            not_fired = _with_risk(not_fired, _otherwise(exposure, cause), exposure.impact)
        mixed = {amount: cause.probability * p for amount, p in fired.items()}
        for amount, p in not_fired.items():
            mixed[amount] = mixed.get(amount, 0.0) + (1.0 - cause.probability) * p
        total = _convolved(total, mixed)
    ordered = sorted(item for item in total.items() if item[1] > 0)
    return Outcomes(tuple(amount for amount, _ in ordered), tuple(p for _, p in ordered))


def _otherwise(exposure: Exposure, cause: CommonCause) -> float:
    if not 0.0 <= cause.probability <= 1.0 or not 0.0 <= cause.given <= 1.0:
        raise RiskError(f"The shared cause of risk {exposure.id} has a probability outside 0 to 1; correct it.")
    rest = float(exposure.probability) - cause.probability * cause.given
    other = rest / (1.0 - cause.probability) if cause.probability < 1.0 else 0.0
    if other < -1e-12 or other > 1.0 + 1e-12:
        raise RiskError(
            f"Risk {exposure.id} cannot have the probability {exposure.probability} when its cause alone brings it about with "
            f"{cause.probability * cause.given:g}; raise the risk's probability or lower the cause's."
        )
    return min(max(other, 0.0), 1.0)


def _with_risk(total: Mapping[Decimal, float], probability: float, impact: Decimal) -> dict[Decimal, float]:
    return _convolved(total, {Decimal(0): 1.0 - probability, impact: probability} if impact else {Decimal(0): 1.0})


def _convolved(one: Mapping[Decimal, float], other: Mapping[Decimal, float]) -> dict[Decimal, float]:
    result: dict[Decimal, float] = {}
    for a, p in one.items():
        for b, q in other.items():
            result[a + b] = result.get(a + b, 0.0) + p * q
    return result
