"""Times of pages as 95th percentiles and as ratios to a view that does nothing.

Of the installation in MAINSTAY_HOME, filled before by `mainstay init && mainstay demo --projects 5000`; without it, of a portfolio
filled for this run.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from typing import Any

import django
from django.http import HttpRequest, HttpResponse
from django.urls import path

from benchmarks import _portfolio

TIMES = 15
AIM = 100
"""Milliseconds that a page may take."""


def nothing(_request: HttpRequest) -> HttpResponse:
    """The yardstick: a view that does nothing, without middleware."""
    return HttpResponse(b"ok")


urlpatterns = [path("nothing/", nothing)]


def measured(act: Callable[[], object], times: int = TIMES) -> tuple[float, float, float]:
    """Milliseconds that 95 of 100 calls do not exceed and those of the middle one, by the clock; and the 95 of the processor alone.

    Other work lengthens the time of the processor less, but on PostgreSQL it lacks what the database does.

    The first call, which compiles templates, does not count.
    """
    act()
    clock, processor = [], []
    for _ in range(times):
        started, busy = time.perf_counter(), time.process_time()
        act()
        clock.append((time.perf_counter() - started) * 1000)
        processor.append((time.process_time() - busy) * 1000)
    return nineteenth(clock), statistics.median(clock), nineteenth(processor)


def nineteenth(values: list[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[18]


def main() -> int:
    """Print a line for each page: its time, how many times that of a bare view, its queries."""
    _portfolio.home()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mainstay.project.settings")
    django.setup()
    from django.contrib.auth import get_user_model  # models need the apps loaded
    from django.db import DatabaseError, connections
    from django.test import Client
    from django.test.utils import override_settings

    from mainstay.cli.commands.serve import settle  # as above

    try:
        account = get_user_model().objects.order_by("pk").first()
    except DatabaseError:
        account = None
    if account is None:
        print("The installation has no account: run mainstay init and mainstay demo first.", file=sys.stderr)
        return 1
    with override_settings(MIDDLEWARE=[], ROOT_URLCONF="benchmarks.pages"):
        idle = Client()
        bare, _middle, _processor = measured(lambda: idle.get("/nothing/"), 200)
    print(f"a view that does nothing {bare:.2f} ms")
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(account)
    print("of each page: status; 95th percentile and middle by the clock, 95th of the processor; ratio to nothing; queries")
    settle()
    slow: dict[str, list[str]] = {"clock": [], "processor": []}
    for address in addresses():
        asked: list[str] = []

        def count(execute: Callable[..., object], sql: str, *rest: object, asked: list[str] = asked) -> object:
            asked.append(sql)
            return execute(sql, *rest)

        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(count))
            status = client.get(address).status_code
        clock, middle, processor = measured(partial(client.get, address))
        ratio = clock / bare
        slow["clock"] += [address] if clock > AIM else []
        slow["processor"] += [address] if processor > AIM else []
        print(f"{address:<52}{status} {clock:>8.1f} {middle:>8.1f} {processor:>8.1f} ms {ratio:>7,.0f} x {len(asked):>4} queries")
    for way, found in slow.items():
        print(f"above {AIM} ms by the {way}: {', '.join(found) or 'none'}")
    return 0


QUERIES = (
    "sort=title",
    "sort=owner",
    "sort=-initiative",
    "sort=review_on",
    "sort=-cost_likely",
    "state=open",
    "per=200",
    "page=50",
    "page=1000",
    "q=ground",
    "q=ground+conditions+17",
    "title.has=ground",
    "review_on.to=today&sort=review_on",
)


def addresses() -> Iterator[str]:
    """The pages of the shell, the list of each register, one list sorted, filtered and searched, a record's pages, those of initiatives."""
    from mainstay.initiatives.models import Initiative  # models need the apps loaded
    from mainstay.register.spec import REGISTERS  # as above

    yield from ("/", "/search/?q=ground", "/search/?q=V001-050", "/guides/", "/settings/tokens/", "/jobs/", "/imports/")
    yield from (register.url() for register in REGISTERS.values())
    register = REGISTERS["risk.risk"]
    yield from (f"{register.url()}?{query}" for query in QUERIES)
    count = register.model._default_manager.count()
    record: Any = register.model._default_manager.order_by("pk")[count // 2 : count // 2 + 1].first()
    if record:
        yield f"{register.url()}?owner={record.owner_id}"
        yield from (register.url(verb, record) for verb in ("detail", "history", "edit"))
        yield register.url("create")
    yield from (register.url("guide"), register.url("import"))
    yield from of_cycle()
    yield from ("/planning/integrated/", "/forecasts/", "/reporting/packs/", "/reporting/status/", "/risk/heat-map/")
    tree = REGISTERS["initiatives.initiative"]
    for kind in ("project", "programme", "portfolio"):
        if place := Initiative.objects.filter(kind=kind).order_by("pk").first():
            yield f"{register.url()}?in={place.pk}"
            yield from (tree.url(verb, place) for verb in ("detail", "history", "edit"))
            yield from (f"/planning/integrated/{place.pk}/{part}" for part in ("", "table/", "dependencies/"))
            yield from (f"/{page}/{place.pk}/" for page in ("forecasts", "reporting/packs", "reporting/status", "risk/heat-map"))
            yield f"/reporting/status/{place.pk}/timeliness/"


def of_cycle() -> Iterator[str]:
    """Each commission with its returns, the last one's last page of them, and a return that is being filled with what it was asked by."""
    from mainstay.register.spec import REGISTERS  # as above
    from mainstay.reporting.models import Commission, Return  # as above

    definitions, commissions, returns = (REGISTERS[f"reporting.{name}"] for name in ("definition", "commission", "project_return"))
    rows = list(Commission.objects.order_by("-pk")[:4])
    yield from (commissions.url("detail", row) for row in rows)
    yield from (f"/reporting/commissions/{row.pk}/{part}" for row in rows[:2] for part in ("returns/?page=99", "workbooks/"))
    yield from (f"{returns.url()}?{query}" for query in ("sort=-days_late", "sort=initiative", "sort=-rating", "state=open"))
    if row := Return.objects.filter(state="started").order_by("pk").last():
        yield from (returns.url("detail", row), f"/reporting/returns/{row.pk}/", f"{returns.url()}?owner={row.owner_id}")
    for definition in {row.definition_id: row.definition for row in rows}.values():
        yield from (definitions.url("detail", definition), f"/reporting/commissioning/{definition.pk}/")
    if rows:
        yield from (f"/reporting/status/{rows[-1].initiative_id}/?{query}" for query in ("rating=red", "rating=none", "page=99"))


if __name__ == "__main__":
    sys.exit(main())
