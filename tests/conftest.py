"""Fixtures that every test may use: the world of two programmes, and browsers signed in to it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from mainstay.accounts.models import Account
from tests.contract import worlds
from tests.contract.worlds import World


@pytest.fixture(autouse=True, scope="session")
def _files_of_tests(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Files kept by tests go to a folder that is thrown away."""
    settings.FILES = Path(tmp_path_factory.mktemp("files"))
    settings.ANCHORS = Path(tmp_path_factory.mktemp("anchors")) / "anchors.jsonl"


@pytest.fixture
def world(db: None) -> World:
    """Two programmes, five accounts, rows of every register: see `worlds.World`."""
    return worlds.ready()


@pytest.fixture
def signed_in() -> Callable[[Account | None], Client]:
    """A browser of this account; `None` is somebody who has not signed in."""

    def make(account: Account | None) -> Client:
        client = Client()
        if account is not None:
            client.force_login(account)
        return client

    return make
