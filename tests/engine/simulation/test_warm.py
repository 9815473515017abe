"""What an installation compiles is all that a run needs: nobody waits for a compiler later."""

import sys

import pytest
from numba.core.dispatcher import Dispatcher

from mainstay.engine.simulation import run, warm
from mainstay.engine.simulation.convergence import Convergence
from tests.engine.simulation.models import whole_model


def compiled() -> dict[str, int]:
    """Each kernel of the simulation → for how many kinds of arguments it has been compiled in this process."""
    modules = [module for name, module in sys.modules.items() if name.startswith("mainstay.engine.simulation.")]
    found = {id(one): one for module in modules for one in vars(module).values() if isinstance(one, Dispatcher)}
    return {f"{one.py_func.__module__}.{one.py_func.__name__}": len(one.overloads) for one in found.values()}


@pytest.mark.parametrize("options", [{}, {"sampling": "latin_hypercube"}, {"sampling": "sobol"}, {"threads": 2}], ids=str)
def test_every_kind_of_run_finds_its_code_ready(options: dict[str, object]) -> None:
    warm()
    ready = compiled()
    for seed in (1, 2):
        run(whole_model(seed), iterations=128, seed=seed, **options)  # type: ignore[arg-type]  # each a keyword of it
    run(whole_model(3), iterations=2000, seed=3, until=Convergence(error_days=1e6, most=2000))
    assert {name: (ready.get(name), count) for name, count in compiled().items() if count != ready.get(name)} == {}
    assert ready["mainstay.engine.simulation.kernels.run_block"] == 1, "of all runs of this process"
