"""Several processes write at the same moment: nothing is lost, nothing done twice, one chain of history (E5, F1, F3, F5, F8)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.jobs.installation import Installation, begun_together, on_same_kind, set_up

pytestmark = pytest.mark.slow
WRITERS, EACH = 4, 15
SET_UP = """
from mainstay.accounts.models import Account
from mainstay.register import actions
from mainstay.register.history import Actor
from mainstay.register.spec import REGISTERS
actor = Actor(Account.objects.create_user('chief@example.org', 'Ada Chief', is_administrator=True), 'command')
actions.create(REGISTERS['organisation.person'], {'title': 'Pat Writer', 'email': 'pat@example.org'}, actor)
actions.create(REGISTERS['initiatives.initiative'], {'code': 'W', 'title': 'Writers', 'kind': 'project'}, actor)
out = 1
"""
FOUND = """
from mainstay.register.history import faults
from mainstay.register.models import Change
from mainstay.communications.models import Action
out = {
    'refs': sorted(Action.objects.values_list('ref', flat=True)),
    'events': Change.objects.filter(register='communications.action').count(),
    'faults': [str(fault) for fault in faults()],
}
"""


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Installation]:
    with on_same_kind(tmp_path_factory.mktemp("home"), "writers") as made:
        set_up(made, migrated).python(SET_UP)
        yield made


def together(installation: Installation, work: str, count: int = 1, *, numbered: bool = False) -> list[list[str]]:
    """What each writer says, all having begun at once; `numbered` gives each its own number in place of the count."""
    works = ((work, number if numbered else count) for number in range(WRITERS))
    return begun_together(installation, "tests.register.writers", works)


def test_writers_at_once_lose_nothing(installation: Installation) -> None:
    before = installation.python(FOUND)
    refs = [ref for one in together(installation, "write_many", EACH) for ref in one]
    assert len(set(refs)) == len(refs) == WRITERS * EACH, "every reference once"
    found = installation.python(FOUND)
    assert found == {"refs": sorted([*before["refs"], *refs]), "events": before["events"] + WRITERS * EACH, "faults": []}


def test_a_request_that_all_send_at_once_is_done_once(installation: Installation) -> None:
    before = installation.python(FOUND)
    told = {ref for one in together(installation, "write_once") for ref in one}
    assert len(told) == 1
    found = installation.python(FOUND)
    assert found == {"refs": sorted([*before["refs"], *told]), "events": before["events"] + 1, "faults": []}


def test_of_those_who_read_one_version_one_saves_it(installation: Installation) -> None:
    installation.python("from tests.register import writers\nout = writers.first()")
    told = sorted(one for (one,) in together(installation, "change_one"))
    assert told == ["saved", *["stale"] * (WRITERS - 1)]
    assert installation.python(FOUND)["faults"] == []


def test_of_those_who_close_a_circle_together_one_is_refused(installation: Installation) -> None:
    """Each promises the next of a ring of four what it needs itself: any three fit together, and the last to come is told why not."""
    installation.python("from tests.register import writers\nout = writers.ring()")
    told = sorted(one for (one,) in together(installation, "promise_next", numbered=True))
    assert [text[:6] for text in told[1:]] == ["saved "] * (WRITERS - 1)
    assert told[0].startswith("This closes a circle: ")
    assert installation.python(FOUND)["faults"] == []
