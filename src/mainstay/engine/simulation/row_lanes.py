"""Rows of random numbers and of quantiles, made in vector registers: whole rows of groups of 64 iterations, given by their addresses."""
# ruff: noqa: ARG001 - the signatures that Numba asks for

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types

from mainstay.engine.simulation.beta import REACH
from mainstay.engine.simulation.compiled import intrinsic
from mainstay.engine.simulation.curve_code import Curve, near_octave, octave
from mainstay.engine.simulation.curves import DEGREE, NORMAL_DEGREE, PIECES, SCORE_DEGREE
from mainstay.engine.simulation.random_code import philox, spread_keys
from mainstay.engine.simulation.vector_code import (
    BYTES,
    FLOATS,
    GROUP_BYTES,
    INT,
    INTS,
    LONG,
    at,
    each_group,
    floats,
    fused,
    ints,
    larger,
    load,
    splat,
    store,
)

_ROUNDS = 7
_VECTORS = GROUP_BYTES // BYTES


@intrinsic
def random_row(typingctx: Any, keys: Any, first: Any, second: Any, use: Any, group: Any, groups: Any, target: Any) -> Any:
    """Store 64 random numbers for each of some groups from `group` on; see `random.uniform_bits`."""
    signature = types.void(types.intp, types.uint32, types.uint32, types.uint32, types.intp, types.intp, types.intp)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        words = [builder.load(builder.inttoptr(at(builder, args[0], 4 * k), INT.as_pointer()), typ=INT) for k in range(2 * _ROUNDS)]
        spread = spread_keys(builder, words)

        def body(offset: Any) -> None:
            number = builder.add(args[4], builder.udiv(offset, ir.Constant(LONG, GROUP_BYTES)))
            counter = builder.trunc(builder.mul(number, ir.Constant(LONG, 16)), INT)
            philox(builder, spread, (args[1], args[2]), args[3], counter, builder.add(args[6], offset))

        each_group(builder, args[5], body)
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def score_row(typingctx: Any, bits: Any, curve: Any, groups: Any, target: Any) -> Any:
    """Store the normal quantiles of 32-bit numbers; ``curve`` is the address of `curves.normal_curve`."""
    signature = types.void(types.intp, types.intp, types.intp, types.intp)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        bits, curve, groups, target = args
        _scores(context, builder, (bits, curve, groups, target), lambda score, _: score)
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def joined_score_row(typingctx: Any, bits: Any, curve: Any, residual: Any, factor: Any, loading: Any, groups: Any, target: Any) -> Any:
    """The same times a residual, with a loading times a row of a common factor (at an address) added."""
    signature = types.void(types.intp, types.intp, types.float32, types.intp, types.float32, types.intp, types.intp)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        bits, curve, residual, factor, loading, groups, target = args
        residuals, loadings = splat(builder, residual), splat(builder, loading)

        def joined(score: Any, place: Any) -> Any:
            return fused(builder, residuals, score, builder.fmul(loadings, load(builder, builder.add(factor, place), FLOATS)))

        _scores(context, builder, (bits, curve, groups, target), joined)
        return context.get_dummy_value()

    return signature, generate


def _scores(context: Any, builder: Any, rows: tuple[Any, Any, Any, Any], made: Callable[[Any, Any], Any]) -> None:
    """Generate a row of what is made of normal quantiles, given those and the offset of their bytes."""
    bits, curve, groups, target = rows
    quantiles = Curve(context, builder, curve, NORMAL_DEGREE)

    def body(offset: Any) -> None:
        for part in range(_VECTORS):
            place = builder.add(offset, ir.Constant(LONG, BYTES * part))
            piece, t, upper = octave(builder, load(builder, builder.add(bits, place), INTS))
            lower = builder.bitcast(quantiles.at(piece, t), INTS)
            score = builder.bitcast(builder.xor(lower, builder.and_(upper, ints(0x80000000))), FLOATS)
            store(builder, made(score, place), builder.add(target, place))

    each_group(builder, groups, body)


def _pert(from_scores: bool, whole_minutes: bool) -> Any:
    """Make the function that fills a row with base + scale times the beta-PERT quantile, from 32-bit numbers or from normal scores.

    ``curve`` is the address of a step of `curves.PertCurves`, ``weight`` that of the step after it.
    """
    degree = SCORE_DEGREE if from_scores else DEGREE

    def quantile(typingctx: Any, source: Any, curve: Any, weight: Any, base: Any, scale: Any, groups: Any, target: Any) -> Any:
        signature = types.void(types.intp, types.intp, types.float32, types.float32, types.float32, types.intp, types.intp)

        def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            quantiles = Curve(context, builder, args[1], degree, args[2])
            base, scale = splat(builder, args[3]), splat(builder, args[4])
            if whole_minutes:  # rounded, once they are cut
                base = builder.fadd(base, floats(0.5))

            def body(offset: Any) -> None:
                for part in range(_VECTORS):
                    place = builder.add(offset, ir.Constant(LONG, BYTES * part))
                    address = builder.add(args[0], place)
                    piece, t = _score_piece(builder, address) if from_scores else _tail_piece(builder, address)
                    value = fused(builder, scale, quantiles.at(piece, t), base)
                    if whole_minutes:
                        value = larger(builder, builder.fptosi(value, INTS), ints(0))
                    store(builder, value, builder.add(args[6], place))

            each_group(builder, args[5], body)
            return context.get_dummy_value()

        return signature, generate

    return intrinsic(quantile)


def _tail_piece(builder: Any, address: Any) -> tuple[Any, Any]:
    piece, t, upper = near_octave(builder, load(builder, address, INTS))
    return builder.or_(piece, builder.and_(upper, ints(PIECES // 2))), t


def _score_piece(builder: Any, address: Any) -> tuple[Any, Any]:
    half = PIECES / 2
    s = fused(builder, load(builder, address, FLOATS), floats(half / REACH), floats(half))
    s = builder.select(builder.fcmp_ordered(">", s, floats(0.0)), s, floats(0.0))
    s = builder.select(builder.fcmp_ordered("<", s, floats(PIECES - 2.0**-16)), s, floats(PIECES - 2.0**-16))
    piece = builder.fptosi(s, INTS)
    return piece, builder.fsub(builder.fsub(s, builder.sitofp(piece, FLOATS)), floats(0.5))


pert_row = _pert(from_scores=False, whole_minutes=False)
pert_minutes = _pert(from_scores=False, whole_minutes=True)
scored_pert_row = _pert(from_scores=True, whole_minutes=False)
scored_pert_minutes = _pert(from_scores=True, whole_minutes=True)
