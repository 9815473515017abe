"""How the engine's loops are compiled: one typed decorator over Numba with one set of options."""

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., object])


def kernel(function: Function) -> Function:
    """Compile a function once per machine (kept on disk) and let go of the interpreter's lock while it runs."""
    return cast("Function", numba.njit(cache=True, nogil=True, error_model="numpy")(function))


def inner_kernel(function: Function) -> Function:
    """Compile a function that only kernels call: without the way in from Python, which costs most of the time to compile."""
    inner = numba.njit(cache=True, nogil=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True)
    return cast("Function", inner(function))
