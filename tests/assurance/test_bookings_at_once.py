"""Several coordinators take the same reviewer for the same days at the same moment: one has them, the others are told why not."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.jobs.installation import ROOT, Installation, on_same_kind, set_up

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("bookings at once")]
COORDINATORS = 3
FOUND = """
from mainstay.register.history import faults
from mainstay.assurance.models import Member, Review
out = {
    'booked': Member.objects.filter(state='booked').count(),
    'dated': Review.objects.filter(title='Wanted', starts_on__isnull=False).count(),
    'faults': [str(fault) for fault in faults()],
}
"""


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Installation]:
    with on_same_kind(tmp_path_factory.mktemp("home"), "bookings") as made:
        set_up(made, migrated).python("from tests.assurance import coordinators\ncoordinators.set_up()\nout = coordinators.propose()")
        yield made


def together(installation: Installation, work: str) -> list[str]:
    """What each is told, all having begun at once."""
    start = installation.home / f"start-{work}"
    command = [sys.executable, "-m", "tests.assurance.coordinators", work]
    writers = [
        subprocess.Popen(
            [*command, str(number), str(start)],
            cwd=ROOT,
            env=installation.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(COORDINATORS)
    ]
    for writer in writers:
        assert writer.stderr is not None
        assert writer.stderr.readline() == "ready\n"
    start.touch()
    told = []
    for writer in writers:
        out, fault = writer.communicate(timeout=120)
        assert writer.returncode == 0, fault[-2000:]
        told.append(json.loads(out))
    return sorted(told)


def test_of_those_who_book_or_accept_at_once_one_has_the_reviewer(installation: Installation) -> None:
    """First by hand, for days in March; then by accepting three proposals of the same week in May."""
    told = together(installation, "book")
    assert told.count("done") == 1
    assert sum("is booked from 7 Mar 2050" in text for text in told) == COORDINATORS - 1
    assert installation.python(FOUND) == {"booked": 1, "dated": 0, "faults": []}
    told = together(installation, "accept")
    assert told.count("done") == 1
    assert sum("is booked from 9 May 2050" in text for text in told) == COORDINATORS - 1
    assert installation.python(FOUND) == {"booked": 2, "dated": 1, "faults": []}
