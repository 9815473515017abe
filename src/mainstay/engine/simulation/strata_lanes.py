"""The strata of a Latin hypercube, 16 iterations at once: a keyed bijection that needs no memory, walked in vector registers."""
# ruff: noqa: ARG001 - the signatures that Numba asks for

from typing import Any, Final

from llvmlite import ir
from numba import types
from numba.core import cgutils

from mainstay.engine.simulation.compiled import intrinsic
from mainstay.engine.simulation.vector_code import (
    BYTES,
    GROUP_BYTES,
    INT,
    INTS,
    LONG,
    LONGS,
    WIDTH,
    each_group,
    ints,
    load,
    splat,
    store,
)

_C1: Final = 0x9E3779B1
_C2: Final = 0x85EBCA77
_LOW: Final = ir.Constant(LONGS, [0xFFFFFFFF] * (WIDTH // 2))
_UP: Final = ir.Constant(LONGS, [32] * (WIDTH // 2))


@intrinsic
def stratify_row(typingctx: Any, keys: Any, shape: Any, width: Any, first: Any, groups: Any, bits: Any) -> Any:
    """Turn 32-bit numbers into one of the stratum of each iteration.

    ``keys`` are four words of the quantity, ``shape`` the rows, the logarithm of the columns and the number of the strata; ``width`` the
    upper and lower half of 2**64 divided by their number, ``first`` the first iteration.
    """
    four = types.UniTuple(types.uint32, 4)  # type: ignore[no-untyped-call]
    three = types.UniTuple(types.uint32, 3)  # type: ignore[no-untyped-call]
    two = types.UniTuple(types.uint32, 2)  # type: ignore[no-untyped-call]
    signature = types.void(four, three, two, types.uint32, types.intp, types.intp)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        strata = _Strata(builder, args[0], args[1])
        high, low = (builder.bitcast(splat(builder, builder.extract_value(args[2], k)), LONGS) for k in range(2))

        def body(offset: Any) -> None:
            for part in range(GROUP_BYTES // BYTES):
                place = builder.add(offset, ir.Constant(LONG, BYTES * part))
                lane = builder.trunc(builder.lshr(place, ir.Constant(LONG, 2)), INT)
                numbers = builder.add(splat(builder, builder.add(args[3], lane)), ir.Constant(INTS, list(range(WIDTH))))
                stratum = strata.of(numbers)
                address = builder.add(args[5], place)
                store(builder, _inside(builder, stratum, load(builder, address, INTS), high, low), address)

        each_group(builder, args[4], body)
        return context.get_dummy_value()

    return signature, generate


class _Strata:
    """The bijection on a table of a little more places than strata, with a power of two columns."""

    def __init__(self, builder: Any, keys: Any, shape: Any) -> None:
        self.builder = builder
        self.keys = [splat(builder, builder.extract_value(keys, k)) for k in range(4)]
        rows, bits, count = (builder.extract_value(shape, k) for k in range(3))
        self.rows, self.bits, self.count = splat(builder, rows), splat(builder, bits), splat(builder, count)
        self.down = splat(builder, builder.sub(ir.Constant(INT, 32), bits))
        self.mask = builder.sub(builder.shl(ints(1), self.bits), ints(1))
        self.last = builder.sub(self.count, ints(1))

    def of(self, numbers: Any) -> Any:
        """The strata of iterations, those past the last as the last; who lands beyond the last stratum is sent on until he does not."""
        builder = self.builder
        kept = cgutils.alloca_once(builder, INTS)  # type: ignore[no-untyped-call]
        builder.store(self._moved(builder.select(builder.icmp_unsigned("<", numbers, self.last), numbers, self.last)), kept)
        test, again, done = (builder.append_basic_block(name) for name in ("strata.test", "strata.again", "strata.done"))
        builder.branch(test)
        builder.position_at_end(test)
        found = builder.load(kept)
        beyond = builder.icmp_unsigned(">=", found, self.count)
        mask = ir.IntType(WIDTH)
        builder.cbranch(builder.icmp_unsigned("!=", builder.bitcast(beyond, mask), ir.Constant(mask, 0)), again, done)
        builder.position_at_end(again)
        builder.store(builder.select(beyond, self._moved(found), found), kept)
        builder.branch(test)
        builder.position_at_end(done)
        return found

    def _moved(self, places: Any) -> Any:
        """One round trip: row and column are moved on, round the table, by what the other one says."""
        builder = self.builder
        row, column = builder.lshr(places, self.bits), builder.and_(places, self.mask)
        for key_of_row, key_of_column in (self.keys[:2], self.keys[2:]):
            row = builder.add(row, _upper_product(builder, self._mixed(column, key_of_row), self.rows))
            less = builder.sub(row, self.rows)
            row = builder.select(builder.icmp_unsigned("<", less, row), less, row)
            column = builder.and_(builder.add(column, builder.lshr(self._mixed(row, key_of_column), self.down)), self.mask)
        return builder.or_(builder.shl(row, self.bits), column)

    def _mixed(self, x: Any, key: Any) -> Any:
        """32 bits that depend on x and the key in no simple way."""
        builder = self.builder
        h = builder.mul(builder.xor(x, key), ints(_C1))
        h = builder.mul(builder.xor(h, builder.lshr(h, ints(15))), ints(_C2))
        return builder.xor(h, builder.lshr(h, ints(13)))


def _halves(builder: Any, values: Any) -> tuple[Any, Any]:
    """Lanes with even and with odd numbers, each in the lower half of 64 bits."""
    longs = builder.bitcast(values, LONGS)
    return builder.and_(longs, _LOW), builder.lshr(longs, _UP)


def _upper_product(builder: Any, a: Any, b: Any) -> Any:
    """The upper 32 bits of products of 32-bit numbers."""
    even, odd = (builder.mul(x, y) for x, y in zip(_halves(builder, a), _halves(builder, b), strict=True))
    return builder.bitcast(
        builder.or_(builder.lshr(even, _UP), builder.and_(odd, ir.Constant(LONGS, [0xFFFFFFFF00000000] * (WIDTH // 2)))), INTS
    )


def _inside(builder: Any, strata: Any, bits: Any, high: Any, low: Any) -> Any:
    """(stratum + bits / 2**32) times the width of a stratum."""
    high, low = builder.and_(high, _LOW), builder.and_(low, _LOW)
    found = []
    for stratum, number in zip(_halves(builder, strata), _halves(builder, bits), strict=True):
        rest = builder.lshr(builder.add(builder.mul(stratum, low), builder.mul(high, number)), _UP)
        found.append(builder.add(builder.mul(stratum, high), rest))
    return builder.bitcast(builder.or_(builder.and_(found[0], _LOW), builder.shl(found[1], _UP)), INTS)
