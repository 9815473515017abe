"""Two more ways to compile, beside those of `mainstay.engine.compiled`: merged into the caller, and written as vector instructions.

Compiled code is kept on disk. Numba renews it when the file of the kernel itself changes: after an edit of a function that kernels
of another file inline, delete ``__pycache__``. No ``fastmath`` anywhere: a sum may not be reordered and a multiply-add not be fused
silently, so every processor gives the same bits.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
from numba.extending import intrinsic as numba_intrinsic

Function = TypeVar("Function", bound=Callable[..., object])


def inlined(function: Function) -> Function:
    """Merge a small function into the kernels that call it, so that their loops still become vector code."""
    merged = numba.njit(inline="always", nogil=True, error_model="numpy", _nrt=False)  # type: ignore[call-overload]  # undeclared: without references
    return cast("Function", merged(function))


def intrinsic(generator: Callable[..., object]) -> Callable[..., Any]:
    """Declare a function whose code is generated as portable LLVM instructions; the generator's signature gives its types."""
    return cast("Callable[..., Any]", numba_intrinsic(generator))
