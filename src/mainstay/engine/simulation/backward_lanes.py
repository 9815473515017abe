"""One node backward: which iterations reach the end through it, eight words of 64 iterations at once where there are as many."""
# ruff: noqa: ARG001 - the signatures that Numba asks for

from typing import Any, Final

from llvmlite import ir
from numba import types
from numba.core import cgutils

from mainstay.engine.simulation.compiled import intrinsic
from mainstay.engine.simulation.vector_code import INT, LONG, function, load, store

_WORD: Final = 8
"""Bytes of a word."""
_TOGETHER: Final = 8


@intrinsic
def backward_row(
    typingctx: Any,
    own: Any,
    reaches: Any,
    rows: Any,
    alive: Any,
    drives: Any,
    source: Any,
    project: Any,
    links: Any,
    groups: Any,
    counts: Any,
) -> Any:
    """Count the bits of a node, pass them on to its predecessors along the links that drive, and clear them.

    ``own`` are the number of the node's project and of its row. ``reaches`` are the addresses of rows of words, first for the end of the
    programme, then for that of the own project; ``rows`` the bytes of one. ``alive`` is the address of the words that are counted, or 0 for
    all; ``drives`` that of the words of the node's links, link by link; ``source`` and ``project`` those of the row and the project of
    each predecessor. ``counts`` are the addresses of the two counts that are added to. For the own project only links inside it are
    followed; a project below 0 stands for all.
    """
    address = types.intp
    pair = types.UniTuple(types.intp, 2)  # type: ignore[no-untyped-call]
    signature = types.void(pair, pair, address, address, address, address, address, types.intp, types.intp, pair)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        groups = args[8]
        whole = builder.and_(groups, ir.Constant(LONG, -_TOGETHER))
        for width, first, last in ((_TOGETHER, ir.Constant(LONG, 0), whole), (1, whole, groups)):
            with cgutils.for_range_slice(builder, first, last, ir.Constant(LONG, width), intp=LONG) as (word, _):
                _Words(builder, args, width, builder.mul(word, ir.Constant(LONG, _WORD))).generate()
        return context.get_dummy_value()

    return signature, generate


class _Words:
    """What is generated for some words that lie an offset of bytes into each row."""

    def __init__(self, builder: Any, args: Any, width: int, offset: Any) -> None:
        self.builder, self.width, self.offset = builder, width, offset
        self.project, slot = (builder.extract_value(args[0], k) for k in range(2))
        self.reaches = [builder.extract_value(args[1], k) for k in range(2)]
        self.bytes, self.alive, self.drives, self.source, self.projects, self.links, self.groups = args[2:9]
        self.counts = [builder.extract_value(args[9], k) for k in range(2)]
        self.vector = ir.VectorType(LONG, width)
        self.slot = builder.mul(slot, self.bytes)

    def generate(self) -> None:
        builder = self.builder
        places = [builder.add(builder.add(rows, self.slot), self.offset) for rows in self.reaches]
        found = [load(builder, place, self.vector) for place in places]
        with builder.if_then(self._any(builder.or_(*found))):
            for place in places:
                store(builder, ir.Constant(self.vector, [0] * self.width), place)
            self._count(found)
            with cgutils.for_range(builder, self.links, intp=LONG) as loop:
                self._pass_on(loop.index, found)

    def _any(self, words: Any) -> Any:
        builder = self.builder
        bits = builder.icmp_unsigned("!=", words, ir.Constant(self.vector, [0] * self.width))
        kind = ir.IntType(self.width)
        return builder.icmp_unsigned("!=", builder.bitcast(bits, kind), ir.Constant(kind, 0))

    def _count(self, found: list[Any]) -> None:
        builder = self.builder
        everything = builder.icmp_unsigned("==", self.alive, ir.Constant(LONG, 0))
        kept = cgutils.alloca_once_value(builder, ir.Constant(self.vector, [-1] * self.width))  # type: ignore[no-untyped-call]
        builder.store(ir.Constant(self.vector, [-1] * self.width), kept)
        with builder.if_then(builder.not_(everything)):
            builder.store(load(builder, builder.add(self.alive, self.offset), self.vector), kept)
        counted = builder.load(kept)
        ones = function(builder, f"llvm.ctpop.v{self.width}i64", self.vector, self.vector)
        total = function(builder, f"llvm.vector.reduce.add.v{self.width}i64", LONG, self.vector)
        for words, address in zip(found, self.counts, strict=True):
            more = builder.call(total, [builder.call(ones, [builder.and_(words, counted)])])
            store(builder, builder.add(load(builder, address, LONG), more), address)

    def _pass_on(self, link: Any, found: list[Any]) -> None:
        builder = self.builder
        row = builder.add(builder.mul(builder.mul(link, self.groups), ir.Constant(LONG, _WORD)), self.offset)
        drives = load(builder, builder.add(self.drives, row), self.vector)
        place = builder.mul(link, ir.Constant(LONG, 4))
        slot = builder.sext(load(builder, builder.add(self.source, place), INT), LONG)
        project = builder.sext(load(builder, builder.add(self.projects, place), INT), LONG)
        followed = builder.or_(
            builder.icmp_signed("<", self.project, ir.Constant(LONG, 0)), builder.icmp_signed("==", self.project, project)
        )
        inside = builder.sext(followed, LONG)
        mask = builder.insert_element(ir.Constant(self.vector, ir.Undefined), inside, ir.Constant(INT, 0))
        zeros = ir.Constant(ir.VectorType(INT, self.width), [0] * self.width)
        masks = [None, builder.shuffle_vector(mask, ir.Constant(self.vector, ir.Undefined), zeros)]
        for rows, words, only in zip(self.reaches, found, masks, strict=True):
            at = builder.add(builder.add(rows, builder.mul(slot, self.bytes)), self.offset)
            passed = builder.and_(words, drives)
            passed = passed if only is None else builder.and_(passed, only)
            store(builder, builder.or_(load(builder, at, self.vector), passed), at)
