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


def p95(act: Callable[[], object], times: int = TIMES) -> float:
    """Milliseconds that 95 of 100 calls do not exceed; the first call, which compiles templates, does not count."""
    act()
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        act()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.quantiles(taken, n=20, method="inclusive")[18]


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
        bare = p95(lambda: idle.get("/nothing/"), 200)
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
        taken = p95(partial(client.get, address))
        print(f"{address:<44}{status} {taken:>9.1f} ms {taken / bare:>9,.0f} x {len(asked):>5} queries")
    return 0


def addresses() -> Iterator[str]:
    """The first page and the list of each register."""
    from mainstay.register.spec import REGISTERS  # needs the apps loaded

    yield "/"
    for register in REGISTERS.values():
        yield register.url()


if __name__ == "__main__":
    sys.exit(main())
