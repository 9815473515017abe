"""Times of pages of the installation in MAINSTAY_HOME, as 95th percentiles and as ratios to a view that does nothing.

Fill it before: `mainstay init && mainstay demo --projects 5000`.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial

import django
from django.http import HttpRequest, HttpResponse
from django.urls import path

TIMES = 15


def nothing(_request: HttpRequest) -> HttpResponse:
    """The yardstick: a view that does nothing, without middleware."""
    return HttpResponse(b"ok")


urlpatterns = [path("nothing/", nothing)]


def p95(act: Callable[[], object], times: int = TIMES) -> tuple[float, float]:
    """Milliseconds that 95 of 100 calls do not exceed: by the clock, and of the processor alone, which other work lengthens less.

    The first call, which compiles templates, does not count.
    """
    act()
    clock, processor = [], []
    for _ in range(times):
        started, busy = time.perf_counter(), time.process_time()
        act()
        clock.append((time.perf_counter() - started) * 1000)
        processor.append((time.process_time() - busy) * 1000)
    return nineteenth(clock), nineteenth(processor)


def nineteenth(values: list[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[18]


def main() -> int:
    """Print a line for each page: its time, how many times that of a bare view, its queries."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mainstay.project.settings")
    django.setup()
    from django.contrib.auth import get_user_model  # models need the apps loaded
    from django.db import DatabaseError, connections
    from django.test import Client
    from django.test.utils import override_settings

    try:
        account = get_user_model().objects.order_by("pk").first()
    except DatabaseError:
        account = None
    if account is None:
        print("The installation has no account: run mainstay init and mainstay demo first.", file=sys.stderr)
        return 1
    with override_settings(MIDDLEWARE=[], ROOT_URLCONF="benchmarks.pages"):
        idle = Client()
        bare, _processor = p95(lambda: idle.get("/nothing/"), 200)
    print(f"a view that does nothing {bare:.2f} ms")
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(account)
    for address in addresses():
        asked: list[str] = []

        def count(execute: Callable[..., object], sql: str, *rest: object, asked: list[str] = asked) -> object:
            asked.append(sql)
            return execute(sql, *rest)

        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(count))
            status = client.get(address).status_code
        clock, processor = p95(partial(client.get, address))
        ratio = clock / bare
        print(f"{address:<44}{status} {clock:>9.1f} ms {processor:>9.1f} ms of processor {ratio:>9,.0f} x {len(asked):>5} queries")
    return 0


def addresses() -> Iterator[str]:
    """The first page, the list of each register, and one list sorted, filtered and searched."""
    from mainstay.register.spec import REGISTERS  # needs the apps loaded

    yield "/"
    for register in REGISTERS.values():
        yield register.url()
    risks = REGISTERS["risk.risk"].url()
    yield from (f"{risks}?{query}" for query in ("sort=title", "sort=owner", "state=open", "in=20", "per=200", "q=ground", "page=50"))


if __name__ == "__main__":
    sys.exit(main())
