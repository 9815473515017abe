"""Several coordinators take the same reviewer for the same days at the same moment: one has them, the others are told why not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.jobs.installation import Installation, begun_together, on_same_kind, set_up

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
    return sorted(begun_together(installation, "tests.assurance.coordinators", ((work, number) for number in range(COORDINATORS))))


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
