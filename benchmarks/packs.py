"""A board's pack of a programme of 50 projects: seconds to freeze it, and to make each document of it.

`python -m benchmarks packs`; MAINSTAY_BENCH_PACK says how many projects. A portfolio is filled for it and thrown away.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

COUNT = int(os.environ.get("MAINSTAY_BENCH_PACK", "50"))
AIM = 20
"""Seconds in which a pack of 50 projects is to stand in all its forms."""


def main() -> int:
    """Fill a portfolio, then measure in a process of its own, since settings hold one installation."""
    with tempfile.TemporaryDirectory(prefix="mainstay-bench-") as home:
        told = {**os.environ, "MAINSTAY_HOME": home}
        for step in (["init", "--quiet"], ["demo", "--projects", str(COUNT)]):
            subprocess.run([sys.executable, "-m", "mainstay.cli.main", *step], env=told, check=True, capture_output=True)
        return subprocess.run([sys.executable, "-m", "benchmarks.packs", "measure"], env=told, check=False).returncode


def measure() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mainstay.project.settings")
    import django

    django.setup()
    from mainstay.accounts.models import Account
    from mainstay.initiatives.models import Initiative
    from mainstay.register.history import Actor
    from mainstay.render import html
    from mainstay.reporting import making

    actor = Actor(Account.objects.filter(is_administrator=True).order_by("pk").first(), "command")
    programme = Initiative.objects.filter(kind="programme").order_by("pk").first()
    if programme is None:
        return 1
    projects = Initiative.objects.filter(parent=programme).count()
    whole = 0.0
    snapshot, spent = told(f"{projects} projects frozen", lambda: making.freeze(programme, "Benchmark", actor, audience="Programme board"))
    whole += spent
    for form in making.FORMATS:
        (_name, content), spent = told(form, lambda form=form: making.make(snapshot, form))  # type: ignore[misc]  # the loop's own value
        whole += spent
        print(f"    {len(content) / 1e6:.1f} MB")
    _page, spent = told("page", lambda: html.fragment(making.report_of(snapshot)))
    whole += spent
    print(f"all of it {whole:.1f} s; aim {AIM} s")
    return 0


def told(name: str, act: Callable[[], Any]) -> tuple[Any, float]:
    """What `act` gives, and its seconds by the clock, printed with those of the processor."""
    started, busy = time.perf_counter(), time.process_time()
    made = act()
    clock = time.perf_counter() - started
    print(f"{name:<20}{clock:>7.2f} s {time.process_time() - busy:>7.2f} s of the processor")
    return made, clock


if __name__ == "__main__":
    sys.exit(measure() if sys.argv[1:] == ["measure"] else main())
