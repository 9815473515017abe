"""Money of a row of durations, in double precision."""
# ruff: noqa: ARG001 - the signatures that Numba asks for

from typing import Any, Final

from llvmlite import ir
from numba import types

from mainstay.engine.simulation.compiled import intrinsic
from mainstay.engine.simulation.vector_code import INT, LANES, LONG, at, each_group, function, load, store

_COUNT: Final = 8
_SUMS: Final = ir.VectorType(ir.DoubleType(), _COUNT)


@intrinsic
def charge_row(typingctx: Any, duration: Any, rate: Any, groups: Any, money: Any) -> Any:
    """Add a rate times each duration (int32 at an address) to the money at an address; rounded once, on every processor."""
    signature = types.void(types.intp, types.float64, types.intp, types.intp)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        single = builder.insert_element(ir.Constant(_SUMS, ir.Undefined), args[1], ir.Constant(INT, 0))
        zeros = ir.Constant(ir.VectorType(INT, _COUNT), [0] * _COUNT)
        rates = builder.shuffle_vector(single, ir.Constant(_SUMS, ir.Undefined), zeros)
        fused = function(builder, f"llvm.fma.v{_COUNT}f64", _SUMS, _SUMS, _SUMS, _SUMS)

        def body(offset: Any) -> None:
            lengths, sums = builder.add(args[0], offset), builder.add(args[3], builder.mul(offset, ir.Constant(LONG, 2)))
            for part in range(LANES // _COUNT):
                minutes = builder.sitofp(load(builder, at(builder, lengths, 4 * _COUNT * part), ir.VectorType(INT, _COUNT)), _SUMS)
                place = at(builder, sums, 8 * _COUNT * part)
                store(builder, builder.call(fused, [minutes, rates, load(builder, place, _SUMS)]), place)

        each_group(builder, args[2], body)
        return context.get_dummy_value()

    return signature, generate
