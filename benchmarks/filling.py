"""Prints what filling a large portfolio takes, and proving its history: `MAINSTAY_BENCH_PROJECTS=5000 python -m benchmarks filling`."""

from benchmarks import _portfolio


def main() -> int:
    """Fills one for this run, unless MAINSTAY_HOME names an installation."""
    home = _portfolio.home()
    if _portfolio.NAMED:
        print(f"{home} is there already; unset MAINSTAY_HOME to have a portfolio filled for this run.")
    return 0
