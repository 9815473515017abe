"""kill -9 while a period is frozen and while its pack is rendered: no half-frozen period, no half pack (G2)."""

import sys
from pathlib import Path

import pytest

from tests.jobs.installation import Installation, set_up

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="kills processes that it has forked"),
]
POINTS = 20
BUILD = """
from tests.contract import worlds
worlds.build()
"""


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Installation:
    made = set_up(Installation(tmp_path_factory.mktemp("home")), migrated)
    made.python(f"{BUILD}\nout = 1")
    return made


def test_killed_while_freezing(installation: Installation) -> None:
    told = installation.python(f"from tests.reporting import killed\nout = killed.freezing({POINTS})")
    assert told["half"] == []
    assert told["faults"] == []
    assert told["count"] == POINTS + 1
    assert told["again"] >= POINTS // 4, "hardly any was killed in time"


def test_killed_while_rendering(installation: Installation, tmp_path: Path) -> None:
    told = installation.python(f"from tests.reporting import killed\nout = killed.rendering({POINTS}, {str(tmp_path)!r})")
    assert told["half"] == []
    assert told["files"] == 4
    assert told["ended"] < POINTS
    assert 0 < told["kept"] < 4 * POINTS


def test_killed_while_packs_are_sent(installation: Installation) -> None:
    told = installation.python(f"from tests.reporting import killed_sending\nout = killed_sending.sending({POINTS // 2})")
    assert told["half"] == [], "each person has each pack once, with one message and one entry in the history"
    assert told["faults"] == []
    assert told["ended"] < POINTS // 2 and told["part"] > 0
