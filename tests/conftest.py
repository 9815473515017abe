"""Fixtures that every test may use: the world of two programmes, browsers signed in to it, and a database as an installation has it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker

from mainstay.accounts.models import Account
from tests.contract import worlds
from tests.contract.worlds import World
from tests.jobs import installation


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a module sets up for all of its tests is set up by one worker, once; workers begin with such groups."""
    for item in items:
        known = getattr(item, "_fixtureinfo", None)  # the only place that tells the scopes of a test's fixtures
        scopes = {definitions[-1].scope for definitions in known.name2fixturedefs.values()} if known else set()
        if "module" in scopes and item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))


@pytest.fixture(autouse=True, scope="session")
def _files_of_tests(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Files kept by tests go to a folder that is thrown away."""
    settings.FILES = Path(tmp_path_factory.mktemp("files"))
    settings.ANCHORS = Path(tmp_path_factory.mktemp("anchors")) / "anchors.jsonl"


@pytest.fixture(scope="session")
def django_db_use_migrations() -> bool:
    """Tables of the tests' own SQLite follow from the models; `test_migrations` holds that migrations lead to the same ones."""
    return connection.vendor != "sqlite"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A home whose SQLite database all migrations have been over, for `installation.set_up` to copy; made once for all workers."""
    base = tmp_path_factory.getbasetemp()
    return installation.once_migrated((base if worker_id == "master" else base.parent) / "migrated")


@pytest.fixture
def standing(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World | None]:
    """The world, where the test's transaction has not begun yet and will be rolled back; elsewhere `worlds.ready` puts it there."""
    if connection.vendor != "sqlite" or connection.in_atomic_block or "transactional_db" in request.fixturenames:
        yield None
        return
    with django_db_blocker.unblock():
        stand = worlds.standing()
        made = stand.__enter__()
    yield made
    with django_db_blocker.unblock():
        stand.__exit__(None, None, None)


@pytest.fixture
def world(standing: World | None, db: None) -> World:
    """Two programmes, five accounts, rows of every register: see `worlds.World`."""
    return standing or worlds.ready()


@pytest.fixture
def signed_in() -> Callable[[Account | None], Client]:
    """A browser of this account; `None` is somebody who has not signed in."""

    def make(account: Account | None) -> Client:
        client = Client()
        if account is not None:
            client.force_login(account)
        return client

    return make
