"""Several people send the same return at the same moment: one return goes off, and the others are told what was overtaken."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.jobs.installation import Installation, begun_together, on_same_kind, set_up

pytestmark = pytest.mark.slow
FOUND = """
from mainstay.register.history import faults
from mainstay.register.models import Change
from mainstay.reporting.models import Return
row = Return.objects.get(pk={pk})
events = Change.objects.filter(register='reporting.project_return', record_id=row.pk)
out = {{
    'state': row.state,
    'summary': row.answers.get('summary', ''),
    'sent': list(events.filter(verb='send').values_list('actor_name', 'channel')),
    'said': [one.after['answers']['summary'] for one in events.filter(verb='change') if 'summary' in (one.after.get('answers') or {{}})],
    'faults': [str(fault) for fault in faults()],
}}
"""
PEOPLE = {
    "two who sign in": ["page", "page", "page", "page"],
    "page and link": ["page", "link", "page", "link"],
    "workbook and form": ["workbook", "page", "workbook", "page"],
    "workbook and link": ["workbook", "link", "workbook", "link"],
}


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Installation]:
    with on_same_kind(tmp_path_factory.mktemp("home"), "returns") as made:
        set_up(made, migrated).python("from tests.reporting.cycle import writers\nwriters.set_up()\nout = 1")
        yield made


def together(installation: Installation, pk: int, ways: list[str]) -> list[str]:
    """What each of them is told, all having sent at once."""
    works = ((way, pk, f"{way} {number}", installation.home) for number, way in enumerate(ways))
    return [str(told) for told in begun_together(installation, "tests.reporting.cycle.writers", works)]


@pytest.mark.parametrize("people", PEOPLE)
def test_one_of_all_who_send_at_once_sends_it_and_the_others_are_told(installation: Installation, people: str) -> None:
    ways = PEOPLE[people]
    month = list(PEOPLE).index(people) + 1
    pk = installation.python(f"from tests.reporting.cycle import writers\nout = writers.ask({month}, {str(installation.home)!r})")
    told = together(installation, pk, ways)
    found = installation.python(FOUND.format(pk=pk))
    assert told.count("sent") == 1, told
    winner = told.index("sent")
    said = f"Said by {ways[winner]} {winner}."
    assert (found["state"], found["summary"], found["said"]) == ("sent", said, [said])
    assert found["sent"] == [["Pat Manager", "link" if ways[winner] == "link" else found["sent"][0][1]]]
    assert found["faults"] == []
    for number, sentence in enumerate(told):
        if number != winner:
            assert_told(sentence, ways[number], f"Said by {ways[number]} {number}.", said)


def assert_told(sentence: str, way: str, yours: str, stands: str) -> None:
    """It says what stands and what is not saved; a workbook, which is kept by its sender, may also be told only that it came too late."""
    overtaken = yours in sentence and "is not saved" in sentence and (stands in sentence or "sent this return on" in sentence)
    assert overtaken or (way == "workbook" and ("sent" in sentence or stands in sentence)), sentence
