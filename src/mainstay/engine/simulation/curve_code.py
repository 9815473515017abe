"""Curves that are polynomials on 32 pieces, read for 16 iterations at once."""

from typing import Any

from llvmlite import ir

from mainstay.engine.simulation.vector_code import (
    BYTES,
    FLOATS,
    INTS,
    LONG,
    WIDTH,
    at,
    floats,
    function,
    fused,
    ints,
    larger,
    load,
    smaller,
    splat,
    store,
)

_PERMUTE = "llvm.x86.avx512.vpermi2var.ps.512"
_GATHER = f"llvm.masked.gather.v{WIDTH}f32.v{WIDTH}p0"


class Curve:
    """The coefficients of 32 pieces, shape (degree + 1, 32) float32 at an address; with a weight, blended with those that lie after them.

    A processor with AVX-512 keeps them in registers, two a row, and picks with one instruction a coefficient; others gather them from
    memory. Both give the same bits.
    """

    def __init__(self, context: Any, builder: Any, address: Any, degree: int, weight: Any = None) -> None:
        self._builder, self._degree = builder, degree
        size = 2 * BYTES * (degree + 1)
        found = [load(builder, at(builder, address, place), FLOATS) for place in range(0, size, BYTES)]
        if weight is not None:
            after = [load(builder, at(builder, address, size + place), FLOATS) for place in range(0, size, BYTES)]
            weights = splat(builder, weight)
            found = [fused(builder, weights, builder.fsub(b, a), a) for a, b in zip(found, after, strict=True)]
        self._registers = found if has_wide_permutes(context) else []
        if not self._registers:
            with builder.goto_entry_block():
                kept = builder.alloca(ir.ArrayType(FLOATS, len(found)))
            self._address = builder.ptrtoint(kept, LONG)
            for place, row in enumerate(found):
                store(builder, row, at(builder, self._address, BYTES * place))

    def at(self, piece: Any, t: Any) -> Any:
        """Values of the polynomials of these pieces (0 to 31) at t."""
        builder = self._builder
        value = self._coefficients(piece, self._degree)
        for row in range(self._degree - 1, -1, -1):
            value = fused(builder, value, t, self._coefficients(piece, row))
        return value

    def _coefficients(self, piece: Any, row: int) -> Any:
        builder = self._builder
        if self._registers:
            low, high = self._registers[2 * row : 2 * row + 2]
            return builder.call(function(builder, _PERMUTE, FLOATS, FLOATS, INTS, FLOATS), [low, piece, high])
        longs, pointers, flags = ir.VectorType(LONG, WIDTH), ir.VectorType(ir.PointerType(), WIDTH), ir.VectorType(ir.IntType(1), WIDTH)
        offset = builder.shl(builder.zext(builder.and_(piece, ints(31)), longs), ir.Constant(longs, [2] * WIDTH))
        base = at(builder, self._address, 2 * BYTES * row)
        single = builder.insert_element(ir.Constant(longs, ir.Undefined), base, ir.Constant(ir.IntType(32), 0))
        spread = builder.shuffle_vector(single, ir.Constant(longs, ir.Undefined), ir.Constant(INTS, [0] * WIDTH))
        places = builder.inttoptr(builder.add(offset, spread), pointers)
        gather = function(builder, _GATHER, FLOATS, pointers, flags, FLOATS)
        return builder.call(gather, [places, ir.Constant(flags, [1] * WIDTH), ir.Constant(FLOATS, ir.Undefined)])


def has_wide_permutes(context: Any) -> bool:
    """Whether the processor that is compiled for has AVX-512: by its features as found (or set), since others abort at the instruction."""
    return "+avx512f" in context.codegen().magic_tuple()[2].split(",")


def octave(builder: Any, bits: Any) -> tuple[Any, Any, Any]:
    """Where 32-bit numbers lie among the 32 octaves of the tails: u = (bits + 1/2) / 2**32 is folded to p = min(u, 1 - u).

    Returns the octave of p, 0 below 2**-32; where in it, -1/2 to 1/2; and all ones where u is above one half.
    """
    upper = builder.ashr(bits, ints(31))
    y = builder.fadd(builder.sitofp(builder.xor(bits, upper), FLOATS), floats(0.5))
    # Rounding may reach 2**31, one octave too far. Bits of floats rise with them.
    whole = smaller(builder, builder.bitcast(y, INTS), ints(0x4EFFFFFF))
    place, t = _split(builder, whole, 126)
    return place, t, upper


def near_octave(builder: Any, bits: Any) -> tuple[Any, Any, Any]:
    """The same among the last 16 octaves, to 24 bits; what lies before them is moved to 2**-17."""
    upper = builder.ashr(bits, ints(31))
    y = builder.sitofp(builder.and_(builder.xor(bits, upper), ints(0x7FFFFFC0)), FLOATS)
    place, t = _split(builder, larger(builder, builder.bitcast(y, INTS), ints((127 + 15) << 23)), 127 + 15)
    return place, t, upper


def _split(builder: Any, whole: Any, lowest: int) -> tuple[Any, Any]:
    """Split the bits of floats into exponents, counted from `lowest`, and where the mantissas lie between 1 and 2."""
    place = builder.sub(builder.lshr(whole, ints(23)), ints(lowest))
    mantissa = builder.bitcast(builder.or_(builder.and_(whole, ints(0x007FFFFF)), ints(0x3F800000)), FLOATS)
    return place, builder.fsub(mantissa, floats(1.5))
