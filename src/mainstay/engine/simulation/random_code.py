"""Random numbers of 64 iterations at once: the rounds of Philox 4x32 as vector instructions, the same numbers as `random` describes."""

from typing import Any, Final

from llvmlite import ir

from mainstay.engine.simulation.vector_code import BYTES, INTS, LONGS, WIDTH, at, splat, store

_M0: Final = 0xD2511F53
_M1: Final = 0xCD9E8D57
_COUNT: Final = WIDTH // 2
_LOW: Final = ir.Constant(LONGS, [0xFFFFFFFF] * _COUNT)
_UP: Final = ir.Constant(LONGS, [32] * _COUNT)


def philox(builder: Any, keys: list[tuple[Any, Any]], entity: tuple[Any, Any], use: Any, counter: Any, target: Any) -> None:
    """Store the numbers of the 16 counters from `counter` on: 64 of them, word by word.

    Counters with even and with odd numbers are worked on apart, each in the lower half of a 64-bit lane. A product needs its factors
    there and leaves its two halves where one shift finds them, so that nothing is ever moved between lanes; what stands in the upper
    halves does not matter, and no instruction is spent on clearing it.
    """
    halves = [_rounds(builder, keys, entity, use, counter, odd) for odd in range(2)]
    for word, (even, odd) in enumerate(zip(*halves, strict=True)):
        joined = builder.or_(builder.and_(even, _LOW), builder.shl(odd, _UP))
        store(builder, builder.bitcast(joined, INTS), at(builder, target, BYTES * word))


def _rounds(builder: Any, keys: list[tuple[Any, Any]], entity: tuple[Any, Any], use: Any, counter: Any, odd: int) -> tuple[Any, ...]:
    numbers = ir.Constant(INTS, [2 * (lane // 2) + odd for lane in range(WIDTH)])
    c0 = builder.bitcast(builder.add(splat(builder, counter), numbers), LONGS)
    c1, c2, c3 = (builder.bitcast(splat(builder, word), LONGS) for word in (use, *entity))
    for key0, key1 in keys:
        p0 = builder.mul(builder.and_(c0, _LOW), ir.Constant(LONGS, [_M0] * _COUNT))
        p1 = builder.mul(builder.and_(c2, _LOW), ir.Constant(LONGS, [_M1] * _COUNT))
        c0 = builder.xor(builder.xor(builder.lshr(p1, _UP), c1), key0)
        c2 = builder.xor(builder.xor(builder.lshr(p0, _UP), c3), key1)
        c1, c3 = p1, p0
    return c0, c1, c2, c3


def spread_keys(builder: Any, keys: list[Any]) -> list[tuple[Any, Any]]:
    """Spread the two words of each round over all lanes, both halves of each."""
    spread = [builder.bitcast(splat(builder, key), LONGS) for key in keys]
    return list(zip(spread[::2], spread[1::2], strict=True))
