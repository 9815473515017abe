"""One node forward in time, 64 iterations after the other: its start and finish stay in registers while its links are gone through."""
# ruff: noqa: ARG001 - the signatures that Numba asks for

from collections.abc import Callable
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
    LANES,
    LONG,
    WIDTH,
    at,
    each_group,
    larger,
    load,
    smaller,
    splat,
    store,
)

_VECTORS: Final = LANES // WIDTH
_BITS: Final = ir.VectorType(ir.IntType(1), WIDTH)


@intrinsic
def forward_row(
    typingctx: Any,
    links: Any,
    lags: Any,
    split: Any,
    count: Any,
    bounds: Any,
    moved: Any,
    groups: Any,
    duration: Any,
    finish: Any,
    drives: Any,
) -> Any:
    """Fill a row of finishes from the links into a node and a row of durations; where wanted, mark the links that drive.

    ``links`` and ``lags`` are the addresses of the addresses (int64) of the links' rows of values and of what is added to each (int32);
    the first ``split`` hold the start, the others up to ``count`` the finish. ``bounds`` are the earliest and the latest start and the
    earliest finish; unless ``moved`` the finish is the start and the duration alone. ``drives`` is the address of one word a link
    and group, link by link, or 0.
    """
    signature = types.void(
        types.intp,
        types.intp,
        types.intp,
        types.intp,
        types.UniTuple(types.int32, 3),  # type: ignore[no-untyped-call]
        types.boolean,
        types.intp,
        types.intp,
        types.intp,
        types.intp,
    )

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        node = _Node(builder, args)
        each_group(builder, args[6], node.group)
        return context.get_dummy_value()

    return signature, generate


class _Node:
    """What is generated for a node; the order of the arguments is that of `forward_row`."""

    def __init__(self, builder: Any, args: Any) -> None:
        self.builder = builder
        self.links, self.lags, self.split, self.count = args[:4]
        self.floor, self.ceiling, self.finish_floor = (splat(builder, builder.extract_value(args[4], k)) for k in range(3))
        self.moved = builder.icmp_unsigned("!=", args[5], ir.Constant(args[5].type, 0))
        self.groups, self.duration, self.finish, self.drives = args[6:]
        self.marked = builder.icmp_unsigned("!=", self.drives, ir.Constant(LONG, 0))

    def group(self, offset: Any) -> None:
        """Work on 64 iterations whose values lie some bytes into every row."""
        builder = self.builder
        durations = self._row(builder.add(self.duration, offset))
        begin = self._raised(ir.Constant(LONG, 0), self.split, offset, [self.floor] * _VECTORS)
        begin = [smaller(builder, value, self.ceiling) for value in begin]
        begun = [builder.add(value, length) for value, length in zip(begin, durations, strict=True)]
        ends = self._kept(begun)
        held = self._kept([ir.Constant(_BITS, [1] * WIDTH)] * _VECTORS)
        with builder.if_then(self.moved):
            raised = self._raised(self.split, self.count, offset, [larger(builder, value, self.finish_floor) for value in begun])
            latest = [builder.add(self.ceiling, length) for length in durations]
            for part, value in enumerate(raised):
                end = smaller(builder, value, latest[part])
                builder.store(end, ends[part])
                builder.store(builder.icmp_signed("==", end, begun[part]), held[part])
        finish = [builder.load(place) for place in ends]
        for part, value in enumerate(finish):
            store(builder, value, at(builder, builder.add(self.finish, offset), BYTES * part))
        with builder.if_then(self.marked):
            alone = [builder.load(place) for place in held]
            self._mark(ir.Constant(LONG, 0), self.split, offset, begin, alone)
            self._mark(self.split, self.count, offset, finish, None)

    def _kept(self, values: list[Any]) -> list[Any]:
        places = []
        for value in values:
            places.append(cgutils.alloca_once(self.builder, value.type))  # type: ignore[no-untyped-call]
            self.builder.store(value, places[-1])
        return places

    def _row(self, address: Any) -> list[Any]:
        return [load(self.builder, at(self.builder, address, BYTES * part), INTS) for part in range(_VECTORS)]

    def _each(self, first: Any, last: Any, offset: Any, body: Callable[[Any, list[Any]], None]) -> None:
        """Run a body for each link with its number and what it demands: values with the lag added."""
        builder = self.builder
        with cgutils.for_range_slice(builder, first, last, ir.Constant(LONG, 1), intp=LONG) as (link, _):
            address = load(builder, builder.add(self.links, builder.mul(link, ir.Constant(LONG, 8))), LONG)
            lag = splat(builder, load(builder, builder.add(self.lags, builder.mul(link, ir.Constant(LONG, 4))), INT))
            body(link, [builder.add(value, lag) for value in self._row(builder.add(address, offset))])

    def _raised(self, first: Any, last: Any, offset: Any, values: list[Any]) -> list[Any]:
        """The larger of values and of what links demand."""
        builder = self.builder
        kept = self._kept(values)

        def raise_each(_link: Any, demanded: list[Any]) -> None:
            for place, value in zip(kept, demanded, strict=True):
                builder.store(larger(builder, value, builder.load(place)), place)

        self._each(first, last, offset, raise_each)
        return [builder.load(place) for place in kept]

    def _mark(self, first: Any, last: Any, offset: Any, values: list[Any], where: list[Any] | None) -> None:
        """Store for each link the bits of the iterations in which what it demands is the value; a word is four parts, lowest first."""
        builder = self.builder
        group = builder.udiv(offset, ir.Constant(LONG, GROUP_BYTES))

        def mark(link: Any, demanded: list[Any]) -> None:
            word = builder.add(builder.mul(link, self.groups), group)
            address = builder.add(self.drives, builder.mul(word, ir.Constant(LONG, LANES // 8)))
            for part, (value, demand) in enumerate(zip(values, demanded, strict=True)):
                drives = builder.icmp_signed("==", demand, value)
                if where is not None:
                    drives = builder.and_(drives, where[part])
                place = builder.inttoptr(at(builder, address, WIDTH // 8 * part), ir.PointerType())
                builder.store(builder.bitcast(drives, ir.IntType(WIDTH)), place).align = 2

        self._each(first, last, offset, mark)
