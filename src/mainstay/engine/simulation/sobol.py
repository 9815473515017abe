"""Sobol sequences: generator matrices of our own choice, scrambled from the seed. How the kernels read them is in ``schemes``."""

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.simulation.random import entity_key

BITS: Final = 32
CHOICES: Final = (
    "AAADIWbJFYXsnmyDvNQZPAiVNEW`l[Sb[wB^JSvfstt^tGklsSSDBvp]SUeaAcHw"
    "HMPSKhmp^tLGcI[Pnjgno]XBAOho]JXNlOFTGcEDictF]ZRJOnGaFW_]giVKW^]k"
    "]tT`Ya[vvgmbFKRsQglZgHmLTow\\pvqyr^l[pb_sOHWFNIFHYCPwD``RBCVmOwQT"
    "\\CWMsaGOxDBg\\JnVUkgJ`WmUu_rBhGyhcNbnoyKMZSkCl^nmUWugm^VugXh``PVi"
)
"""One letter a dimension: which of the candidates of initial numbers keeps its pairs with all dimensions before it most even."""
DIMENSIONS: Final = 256

Words32 = NDArray[np.uint32]


def primitive_polynomials(count: int) -> list[int]:
    """The first polynomials over GF(2) whose root generates all of its field, by degree; bit k is the coefficient of x to the power k."""
    found: list[int] = []
    degree = 1
    while len(found) < count:
        found += [value for value in range((1 << degree) + 1, 2 << degree, 2) if _is_primitive(value, degree)]
        degree += 1
    return found[:count]


def _is_primitive(polynomial: int, degree: int) -> bool:
    order = (1 << degree) - 1
    if _power_of_x(order, polynomial, degree) != 1:
        return False
    return all(_power_of_x(order // prime, polynomial, degree) != 1 for prime in _prime_factors(order))


def _prime_factors(number: int) -> list[int]:
    found = []
    for candidate in range(2, number + 1):
        if candidate * candidate > number:
            break
        if number % candidate == 0:
            found.append(candidate)
            while number % candidate == 0:
                number //= candidate
    return [*found, number] if number > 1 else found


def _power_of_x(exponent: int, polynomial: int, degree: int) -> int:
    result, base = 1, 2 if degree > 1 else 1
    while exponent:
        if exponent & 1:
            result = _product(result, base, polynomial, degree)
        base = _product(base, base, polynomial, degree)
        exponent >>= 1
    return result


def _product(a: int, b: int, polynomial: int, degree: int) -> int:
    result = 0
    while b:
        if b & 1:
            result ^= a
        a <<= 1
        if a >> degree:
            a ^= polynomial
        b >>= 1
    return result


def direction_numbers(dimension: int, polynomial: int, choice: int) -> list[int]:
    """The 32 direction numbers of one dimension (0 is van der Corput's); initial numbers are the candidate ``choice``.

    References
    ----------
    Bratley, Fox: Algorithm 659, ACM Transactions on Mathematical Software 14, 1988, pages 88-100 (recurrence).
    """
    if dimension == 0:
        return [1 << (BITS - 1 - k) for k in range(BITS)]
    degree = polynomial.bit_length() - 1
    numbers = []
    for k in range(min(degree, BITS)):
        word = int(entity_key(f"direction {dimension} {choice}", k)[0])
        numbers.append((((word % (1 << (k + 1))) | 1) << (BITS - 1 - k)) & 0xFFFFFFFF)
    for k in range(degree, BITS):
        value = numbers[k - degree] ^ (numbers[k - degree] >> degree)
        for j in range(1, degree):
            if polynomial >> (degree - j) & 1:
                value ^= numbers[k - j]
        numbers.append(value)
    return numbers


@cache
def directions() -> Words32:
    """Direction numbers of all dimensions, shape (DIMENSIONS, BITS); the highest bit is the first binary place."""
    polynomials = [1, *primitive_polynomials(DIMENSIONS - 1)]
    return np.array([direction_numbers(k, polynomials[k], ord(CHOICES[k]) - ord("A")) for k in range(DIMENSIONS)], np.uint32)


def scrambled(seed: int, count: int, replicate: int = 0) -> tuple[Words32, Words32]:
    """Return direction numbers after a random lower triangular scrambling, and the random shift of each dimension.

    Notes
    -----
    Each binary place is replaced by its sum with a random choice of the places before it, and all of them shifted: every point is uniform,
    the points of one dimension stay one in each of any power-of-two equal intervals, and the mean of any function is kept without bias.

    References
    ----------
    Matoušek: On the L2-discrepancy for anchored boxes. Journal of Complexity 14, 1998, pages 527-556.
    """
    rng = np.random.Generator(np.random.Philox(key=[seed, replicate]))
    plain = directions()[:count]
    rows = rng.integers(0, 1 << 32, (count, BITS), np.uint64).astype(np.uint32)
    made = np.zeros_like(plain)
    for place in range(BITS):
        top = np.uint32(1 << (BITS - 1 - place))
        above = np.uint32(0xFFFFFFFF ^ ((1 << (BITS - place)) - 1))
        mask = (rows[:, place] & above) | top
        parity = np.bitwise_count(plain & mask[:, None]).astype(np.uint32) & np.uint32(1)
        made |= parity << np.uint32(BITS - 1 - place)
    return made, rng.integers(0, 1 << 32, count, np.uint64).astype(np.uint32)
