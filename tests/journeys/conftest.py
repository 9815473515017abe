"""A real browser on a live server: fixtures for journeys. Skipped in so many words where there is no Chromium or no Playwright.

`visit(account)` opens a page signed in as that account; `find_faults(page)` runs axe over what the page shows now.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from mainstay.accounts.models import Account
from mainstay.register import guards
from tests.contract.worlds import World

AXE = Path(__file__).parents[1] / "web/axe/axe.min.js"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Visit = Callable[..., Any]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium."""
    if not shutil.which(CHROMIUM):
        pytest.skip(f"There is no Chromium at {CHROMIUM}: browser tests are skipped. Install it, or name it in CHROMIUM.")
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: browser tests are skipped.")
    # Playwright's loop runs in this thread, and Django would refuse its ORM there; the tests use both, one after the other.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def place(transactional_db: None, world: World, live_server: Any) -> Iterator[str]:
    """The address of a running Mainstay with the world in it."""
    yield str(live_server.url)
    # The database refuses to forget its history, also to the emptying of tables after this test; emptying puts the guards back.
    with connection.cursor() as cursor:
        for name in guards.NAMES if connection.vendor == "sqlite" else (*guards.NAMES, f"{guards.TABLE}_no_truncate"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + ("" if connection.vendor == "sqlite" else f" ON {guards.TABLE}"))


@pytest.fixture
def visit(browser: Any, place: str) -> Iterator[Visit]:
    """Open a page as an account: `visit(account, "/risk/risk/", width=390, dark=True, scripts=False)`; None for nobody signed in."""
    contexts = []

    def go(
        account: Account | None, path: str = "/", *, width: int = 1440, height: int = 900, dark: bool = False, scripts: bool = True
    ) -> Any:
        context = browser.new_context(
            base_url=place,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
        )
        context.set_default_timeout(10_000)
        context.set_default_navigation_timeout(20_000)
        contexts.append(context)
        if account is not None:
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(account), "url": place}])
        page = context.new_page()
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(f"error: {error}"))
        page.on(
            "console",
            lambda message: page.problems.append(message.text) if message.type == "error" and "status of 4" not in message.text else None,
        )
        page.goto(path)
        return page

    yield go
    for context in contexts:
        context.close()


def session_of(account: Account) -> str:
    """A session as signing in makes it."""
    store = SessionStore()
    store[SESSION_KEY] = str(account.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store.create()
    return str(store.session_key)


@pytest.fixture(scope="session")
def find_faults() -> Callable[..., list[str]]:
    """What axe finds on the page as it is now, one line for each element; by these rules only, where some are named."""
    source = AXE.read_text(encoding="utf-8")

    def run(page: Any, rules: Sequence[str] = ()) -> list[str]:
        if not page.evaluate("() => 'axe' in window"):  # half a megabyte of script, and each page is looked at four times
            page.evaluate(source)
        asked = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": TAGS}
        found = page.evaluate("asked => axe.run(document, {runOnly: asked, resultTypes: ['violations']})", asked)
        return [
            f"{fault['id']}: {node['html'][:160]} {node['failureSummary'][:160]}"
            for fault in found["violations"]
            for node in fault["nodes"]
        ]

    return run
