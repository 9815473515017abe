"""Pieces of LLVM code that work on 16 iterations at once. Portable: any processor runs them, with vectors as wide as it has."""

from collections.abc import Callable
from typing import Any, Final

from llvmlite import ir
from numba.core import cgutils

WIDTH: Final = 16
LANES: Final = 64
"""Iterations of a group: four vectors, or one word of bits."""
BYTES: Final = 4 * WIDTH
GROUP_BYTES: Final = 4 * LANES

INT: Final = ir.IntType(32)
LONG: Final = ir.IntType(64)
FLOAT: Final = ir.FloatType()
INTS: Final = ir.VectorType(INT, WIDTH)
FLOATS: Final = ir.VectorType(FLOAT, WIDTH)
LONGS: Final = ir.VectorType(LONG, WIDTH // 2)


def ints(value: int) -> Any:
    """The same number in every lane."""
    return ir.Constant(INTS, [value & 0xFFFFFFFF] * WIDTH)


def floats(value: float) -> Any:
    return ir.Constant(FLOATS, [value] * WIDTH)


def splat(builder: Any, value: Any) -> Any:
    """Spread one number over all lanes."""
    vector = ir.VectorType(value.type, WIDTH if value.type.width == 32 else WIDTH // 2) if value.type != FLOAT else FLOATS
    single = builder.insert_element(ir.Constant(vector, ir.Undefined), value, ir.Constant(INT, 0))
    return builder.shuffle_vector(
        single, ir.Constant(vector, ir.Undefined), ir.Constant(ir.VectorType(INT, vector.count), [0] * vector.count)
    )


def at(builder: Any, address: Any, offset: int) -> Any:
    """An address some bytes further on."""
    return builder.add(address, ir.Constant(LONG, offset)) if offset else address


def load(builder: Any, address: Any, kind: Any) -> Any:
    value = builder.load(builder.inttoptr(address, kind.as_pointer()), typ=kind)
    value.align = 4
    return value


def store(builder: Any, value: Any, address: Any) -> None:
    builder.store(value, builder.inttoptr(address, value.type.as_pointer())).align = 4


def function(builder: Any, name: str, result: Any, *arguments: Any) -> Any:
    """Declare a function of LLVM's own."""
    return cgutils.get_or_insert_function(builder.module, ir.FunctionType(result, arguments), name)  # type: ignore[no-untyped-call]


def fused(builder: Any, a: Any, b: Any, c: Any) -> Any:
    """a b + c, rounded once, on every processor."""
    return builder.call(function(builder, f"llvm.fma.v{WIDTH}f32", FLOATS, FLOATS, FLOATS, FLOATS), [a, b, c])


def larger(builder: Any, a: Any, b: Any) -> Any:
    return builder.select(builder.icmp_signed(">", a, b), a, b)


def smaller(builder: Any, a: Any, b: Any) -> Any:
    return builder.select(builder.icmp_signed("<", a, b), a, b)


def each_group(builder: Any, groups: Any, body: Callable[[Any], None]) -> None:
    """Run a body for each group of 64 iterations, with the offset of its first byte in a row."""
    with cgutils.for_range(builder, groups, intp=LONG) as loop:
        body(builder.mul(loop.index, ir.Constant(LONG, GROUP_BYTES)))
