"""The standard normal distribution in single precision, written so that a loop over iterations becomes vector code.

No table is read: look-ups keep compilers from using vector instructions. The coefficients are our own Chebyshev fits.
"""

from typing import Any, Final

import numpy as np
from numba import types

from mainstay.engine.simulation.compiled import inlined, intrinsic

_LOG: Final = tuple(
    np.float32(c) for c in (1.0, -0.50000069, 0.33333492, -0.24992879, 0.19979419, -0.16837115, 0.14970232, -0.11941939, 0.05280676)
)
_TAIL: Final = tuple(
    np.float32(c)
    for c in (
        3.073199743109e-04, 9.487930979523e-02, 1.327237765569e-01, -3.202798974491e-02, 3.720612541478e-01, -3.514289114931e-01,
        3.839765754797e-01, -1.004913682125e-01,
    )
)  # fmt: skip
_EXP2: Final = tuple(
    np.float32(c) for c in (1.0, 6.93147206e-01, 2.40226466e-01, 5.55032900e-02, 9.61851953e-03, 1.33998604e-03, 1.53375768e-04)
)
_LN2: Final = np.float32(0.6931471805599453)
_LOG2E: Final = np.float32(1.4426950408889634)
_ONE: Final = np.float32(1.0)
_HALF: Final = np.float32(0.5)
_QUARTER: Final = np.float32(0.25)
_TWO: Final = np.float32(2.0)
_UNIT: Final = np.float32(2.0**-32)
_RANGE: Final = np.float32(2.0**31)
_SIGN: Final = np.uint32(31)
_EXPONENT: Final = np.int32(23)
_MANTISSA: Final = np.int32(0x007FFFFF)
_THREE_QUARTERS: Final = np.int32(0x3F400000)
_BIAS: Final = np.int32(127)
_SHIFT: Final = np.float32(256.5)
_SHIFT_WHOLE: Final = np.int32(256)


@intrinsic
def fma(typingctx: Any, a: Any, b: Any, c: Any) -> Any:  # noqa: ARG001  # the signature that Numba asks for
    """Return a b + c in single precision, rounded once, on every processor."""
    signature = types.float32(types.float32, types.float32, types.float32)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:  # noqa: ARG001  # the signature that Numba asks for
        return builder.fma(*args)

    return signature, generate


@inlined
def log(x: np.float32, exact_minus_one: np.float32, near_one: bool | np.bool) -> np.float32:
    """Return ln x for a positive normal x; where `near_one`, `exact_minus_one` is x - 1 without rounding and is used instead."""
    bits = x.view(np.int32)
    exponent = (bits - _THREE_QUARTERS) >> _EXPONENT
    mantissa = np.int32(bits - (exponent << _EXPONENT)).view(np.float32)
    f = exact_minus_one if near_one else np.float32(mantissa - _ONE)
    e = np.float32(0.0) if near_one else np.float32(exponent)
    p = fma(_LOG[8], f, _LOG[7])
    p = fma(p, f, _LOG[6])
    p = fma(p, f, _LOG[5])
    p = fma(p, f, _LOG[4])
    p = fma(p, f, _LOG[3])
    p = fma(p, f, _LOG[2])
    p = fma(p, f, _LOG[1])
    p = fma(p, f, _LOG[0])
    return np.float32(fma(e, _LN2, np.float32(p * f)))


@inlined
def exp(x: np.float32) -> np.float32:
    """Return e to the power x for |x| < 87."""
    y = np.float32(x * _LOG2E)
    whole = np.int32(np.int32(y + _SHIFT) - _SHIFT_WHOLE)
    f = np.float32(y - np.float32(whole))
    p = fma(_EXP2[6], f, _EXP2[5])
    p = fma(p, f, _EXP2[4])
    p = fma(p, f, _EXP2[3])
    p = fma(p, f, _EXP2[2])
    p = fma(p, f, _EXP2[1])
    p = fma(p, f, _EXP2[0])
    return np.float32(p * np.int32((whole + _BIAS) << _EXPONENT).view(np.float32))


@inlined
def tail(bits: np.uint32) -> np.float32:
    """Return min(u, 1 - u) of u = (bits + 1/2) / 2**32, precise in both tails."""
    folded = np.uint32(bits ^ np.uint32(np.int32(bits) >> np.int32(31)))
    return np.float32(fma(np.float32(np.int32(folded)), _ONE, _HALF) * _UNIT)


@inlined
def to_bits(z: np.float32) -> np.uint32:
    """Return the 32-bit number whose quantile z is: the inverse of `sampling.normal_row` (error 1e-7)."""
    a = min(abs(z), np.float32(6.4))
    t = np.float32(_ONE / fma(_QUARTER, a, _ONE))
    r = fma(_TAIL[7], t, _TAIL[6])
    r = fma(r, t, _TAIL[5])
    r = fma(r, t, _TAIL[4])
    r = fma(r, t, _TAIL[3])
    r = fma(r, t, _TAIL[2])
    r = fma(r, t, _TAIL[1])
    r = fma(r, t, _TAIL[0])
    p = np.float32(exp(np.float32(np.float32(-_HALF * a) * a)) * r)
    lower = min(np.float32(p * np.float32(2.0**32)), np.float32(2147483520.0))
    folded = np.uint32(np.int32(lower))
    return folded if z < np.float32(0.0) else np.uint32(~folded)
