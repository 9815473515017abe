"""How the engine's loops are compiled: typed decorators over Numba, each with one set of options."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

# The stubs of the library leave these options out.
_compiler: Any = numba.njit
Function = TypeVar("Function", bound=Callable[..., object])


def kernel(function: Function) -> Function:
    """Compile a function once per machine (kept on disk) and let go of the interpreter's lock while it runs."""
    return cast("Function", _compiler(cache=True, nogil=True, error_model="numpy")(function))


def pure_kernel(function: Function) -> Function:
    """Compile a kernel that makes no arrays: without counting references, which costs most of the time where many arrays are passed on."""
    return cast("Function", _compiler(cache=True, nogil=True, error_model="numpy", _nrt=False)(function))


def inner_kernel(function: Function) -> Function:
    """Compile a pure kernel that only kernels call: without the way in from Python, which costs most of the time to compile."""
    inner = _compiler(cache=True, nogil=True, error_model="numpy", _nrt=False, no_cpython_wrapper=True, no_cfunc_wrapper=True)
    return cast("Function", inner(function))
