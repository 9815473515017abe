"""Operations on 64 iterations at once, written as portable LLVM vector instructions: any processor runs them, with any vector width.

Rows are int32 minutes. An address says where 64 of them lie; rows that are written never overlap rows that are read.
"""

from typing import Any

from llvmlite import ir
from numba import types

from mainstay.engine.simulation.compiled import intrinsic

_LANES = 64
_WIDTH = 16
_MINUTE = ir.IntType(32)
_ADDRESS = ir.IntType(64)


def _splat(builder: Any, value: Any, width: int) -> Any:
    vector = ir.VectorType(_MINUTE, width)
    single = builder.insert_element(ir.Constant(vector, ir.Undefined), value, ir.Constant(_MINUTE, 0))
    zeros = ir.Constant(ir.VectorType(_MINUTE, width), [0] * width)
    return builder.shuffle_vector(single, ir.Constant(vector, ir.Undefined), zeros)


def _load(builder: Any, address: Any, width: int) -> Any:
    vector = ir.VectorType(_MINUTE, width)
    value = builder.load(builder.inttoptr(address, vector.as_pointer()), typ=vector)
    value.align = 4
    return value


@intrinsic
def raise_to(typingctx: Any, source: Any, lag: Any, target: Any) -> Any:  # noqa: ARG001  # the signature that Numba asks for
    """Set the 64 minutes at address `target` to the larger of themselves and those at `source` plus `lag`."""
    signature = types.void(types.intp, types.int32, types.intp)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:  # noqa: ARG001  # the signature that Numba asks for
        lags = _splat(builder, args[1], _WIDTH)
        for part in range(_LANES // _WIDTH):
            offset = ir.Constant(_ADDRESS, part * _WIDTH * 4)
            moved = builder.add(_load(builder, builder.add(args[0], offset), _WIDTH), lags)
            place = builder.add(args[2], offset)
            present = _load(builder, place, _WIDTH)
            larger = builder.select(builder.icmp_signed(">", moved, present), moved, present)
            builder.store(larger, builder.inttoptr(place, larger.type.as_pointer())).align = 4
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def equal_bits(typingctx: Any, source: Any, lag: Any, target: Any) -> Any:  # noqa: ARG001  # the signature that Numba asks for
    """Return 64 bits: which of the 64 minutes at `source` plus `lag` equal those at `target`."""
    signature = types.uint64(types.intp, types.int32, types.intp)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:  # noqa: ARG001  # the signature that Numba asks for
        moved = builder.add(_load(builder, args[0], _LANES), _splat(builder, args[1], _LANES))
        return builder.bitcast(builder.icmp_signed("==", moved, _load(builder, args[2], _LANES)), ir.IntType(64))

    return signature, generate
