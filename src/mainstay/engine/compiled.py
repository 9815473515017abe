"""How the engine's loops are compiled: one typed decorator over Numba with one set of options."""

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., object])


def kernel(function: Function) -> Function:
    """Compile a function once per machine (kept on disk) and let go of the interpreter's lock while it runs."""
    return cast("Function", numba.njit(cache=True, nogil=True, error_model="numpy")(function))
