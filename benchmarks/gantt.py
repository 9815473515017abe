"""The interactive drawing at 20,000 bars: bytes and time of its data on the server, of one frame while scrolling in Chromium.

Makes a programme of 20 projects with 1,000 activities each in an installation of its own, serves it, and looks at it.
"""

import gzip
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import django

PROJECTS, EACH, GROUP = 20, 1000, 20
PORT = 8829
TIMES = 20
FRAMES = 400
BIN = Path(sys.executable).parent


def nineteenth(values: list[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[18]


def schedule_of(number: int, first: date) -> Any:
    """A seeded plan: groups of twenty under a summary, each activity after one of the ten before it."""
    from mainstay.exchange.demo.schedules import DAY as SHIFTS  # models need the apps loaded
    from mainstay.formats.schedule import Activity, Baseline, Calendar, Link, Schedule

    rnd = random.Random(number)
    day = datetime.combine(first + timedelta(days=rnd.randint(0, 200)), datetime.min.time().replace(hour=8))
    rows, links = [], []
    for uid in range(1, EACH + 1):
        if uid % GROUP == 1:
            rows.append(
                Activity(
                    uid=uid, id=uid, wbs=f"{uid}", activity_id=f"S{uid}", outline_level=1, name=f"Package {uid // GROUP + 1}", summary=True
                )
            )
            continue
        parent = uid - (uid - 1) % GROUP
        days = rnd.randint(1, 15)
        start = day + timedelta(days=uid)
        number_of = {"uid": uid, "id": uid, "outline_level": 2, "parent_uid": parent}
        base = Baseline(0, start, start + timedelta(days=days, hours=9), days * 480, None, None)
        rows.append(
            Activity(
                **number_of, wbs=f"{parent}.{uid}", activity_id=f"A{uid:04d}", name=f"Work {uid} of package",
                start=start, finish=start + timedelta(days=days, hours=9), duration_minutes=days * 480, baselines=(base,),
            )
        )  # fmt: skip
        before = uid - rnd.randint(1, 10)
        if before > 0 and before % GROUP != 1:
            links.append(Link(before, uid))
    week = tuple(SHIFTS if number < 5 else () for number in range(7))
    calendar = Calendar(1, "Five-day week", week, None, (), (), "", 480, 2400)
    return Schedule(
        name=f"Plan {number}", start=day, status_date=day, default_calendar_uid=1, minutes_per_day=480, minutes_per_week=2400,
        default_start_minute=480, default_finish_minute=1020, calendars=(calendar,), activities=tuple(rows), links=tuple(links),
    )  # fmt: skip


def fill() -> tuple[Any, Any]:
    """The programme and the account that reads it."""
    from mainstay.accounts.models import Account  # models need the apps loaded
    from mainstay.initiatives.initiative.register import InitiativeRegister
    from mainstay.planning.receiving import receive
    from mainstay.register import actions
    from mainstay.register.history import Actor

    account = Account.objects.order_by("pk")[0]
    by = Actor(account, "command", "benchmark", "benchmark")
    programme = actions.create(InitiativeRegister, {"code": "BIG", "title": "Large programme", "kind": "programme"}, by)
    for number in range(PROJECTS):
        values = {"code": f"BIG-{number:02d}", "title": f"Project {number}", "kind": "project", "parent": programme.pk}
        project: Any = actions.create(InitiativeRegister, values, by)
        receive(project, schedule_of(number, date(2026, 1, 5)), f"plan {number}.xml", str(number).encode(), by)
    return programme, account


def on_the_server(programme: Any, account: Any) -> None:
    from django.test import Client  # as above

    from mainstay.planning.calculations import calculated

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(account)
    url = f"/planning/integrated/{programme.pk}/bars.json"
    begun = time.perf_counter()
    found = calculated(programme)
    seconds = time.perf_counter() - begun
    print(f"{len(found.programme.lines):,} bars of {PROJECTS} projects scheduled in {seconds:.1f} s; {found.programme.fault or 'no fault'}")
    times = []
    for _ in range(TIMES + 1):
        begun = time.perf_counter()
        answer = client.get(url, headers={"accept-encoding": "gzip"})
        times.append((time.perf_counter() - begun) * 1000)
    whole = gzip.decompress(answer.content)
    print(f"data: {len(answer.content):,} bytes sent, {len(whole):,} as JSON")
    print(f"data: first {times[0]:,.0f} ms, then 95th percentile {nineteenth(times[1:]):.0f} ms")
    line = found.programme.lines[found.programme.path[0]]
    tried = f"/planning/integrated/{programme.pk}/scenario.json?change={found.programme.projects[line.project].code}:{line.uid}::40"
    times = []
    for _ in range(6):
        begun = time.perf_counter()
        told = client.get(tried)
        times.append((time.perf_counter() - begun) * 1000)
    moved = len(json.loads(told.content).get("lines", ()))
    print(f"scenario: {moved:,} bars move; first {times[0]:,.0f} ms, then median {statistics.median(times[1:]):,.0f} ms")


SCROLL = """async (frames) => {
  const box = document.querySelector('[data-gantt-box]');
  performance.clearMeasures();
  const gaps = []; let last = performance.now();
  for (let frame = 0; frame < frames; frame += 1) {
    box.scrollTop = (frame * 1370) % (box.scrollHeight - box.clientHeight);
    if (frame % 3 === 0) box.scrollLeft = (frame * 13) % Math.max(1, box.scrollWidth - box.clientWidth);
    await new Promise(requestAnimationFrame);
    const now = performance.now(); gaps.push(now - last); last = now;
  }
  return [performance.getEntriesByName('mainstay:gantt').map((entry) => entry.duration), gaps];
}"""


def in_the_browser(programme: Any, account: Any) -> None:
    from django.conf import settings  # as above
    from django.test import Client
    from playwright.sync_api import sync_playwright

    client = Client()
    client.force_login(account)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=os.environ.get("MAINSTAY_CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": f"http://127.0.0.1:{PORT}"}])
        page = context.new_page()
        begun = time.perf_counter()
        page.goto(f"http://127.0.0.1:{PORT}/planning/integrated/{programme.pk}/?show=projects")
        page.wait_for_selector("[data-gantt][data-ready]", timeout=120_000)
        print(f"browser: whole after {time.perf_counter() - begun:.1f} s")
        for words, zoom in (("at quarters", 0), ("at weeks, with 8 times the ticks", 4)):
            for _ in range(zoom):
                page.click("[data-gantt-act=in]")
            drawn, gaps = page.evaluate(SCROLL, FRAMES)
            print(f"{words}: {len(drawn)} frames, scripting median {statistics.median(drawn):.1f}, longest {max(drawn):.1f} ms")
            high, between = nineteenth(drawn), nineteenth(gaps)
            print(f"{words}: scripting 95th percentile {high:.1f} ms; from frame to frame 95th percentile {between:.1f} ms")
        browser.close()


def main() -> int:
    with tempfile.TemporaryDirectory() as home:
        os.environ["MAINSTAY_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mainstay.project.settings")
        subprocess.run([BIN / "mainstay", "init"], check=True, stdout=subprocess.DEVNULL)
        django.setup()
        programme, account = fill()
        on_the_server(programme, account)
        server = subprocess.Popen([BIN / "mainstay", "serve", "--port", str(PORT)], stdout=subprocess.DEVNULL)
        try:
            for _ in range(120):
                try:
                    urlopen(f"http://127.0.0.1:{PORT}/sign-in/", timeout=5).close()
                    break
                except (URLError, OSError):
                    time.sleep(0.5)
            in_the_browser(programme, account)
        finally:
            server.terminate()
            server.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
