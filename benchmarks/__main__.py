"""Runs the benchmarks that stand beside this file, one after the other: `python -m benchmarks [NAME…]`. Prints; never a test."""

import sys
from importlib import import_module
from pathlib import Path

NAMES = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))


def main(names: list[str]) -> int:
    """Each benchmark is a module with `main() -> int`."""
    worst = 0
    for name in names or NAMES:
        if name not in NAMES:
            print(f"There is no benchmark {name}. There are: {', '.join(NAMES)}.", file=sys.stderr)
            return 2
        print(f"== {name}")
        worst = max(worst, import_module(f"benchmarks.{name}").main() or 0)
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
