"""At the same moment a party outside answers twice, and two projects promise each other what they wait for: one answer, one promise."""

from pathlib import Path

import pytest

from tests.jobs.installation import begun_together, on_same_kind, set_up

pytestmark = pytest.mark.slow


def test_one_answer_and_one_promise_stand(tmp_path: Path, migrated: Path) -> None:
    with on_same_kind(tmp_path, "outside") as installation:
        set_up(installation, migrated).python("from tests.planning.outside import writers; writers.set_up(); out = 1")
        works = [(what, number) for what in ("answer", "promise") for number in range(2)]
        told = begun_together(installation, "tests.planning.outside.writers", works)
        assert sorted(told[:2]) == ["Stale", "taken"]
        assert sorted(told[2:]) == ["circle", "saved"]
        found = installation.python("from tests.planning.outside import writers; out = writers.found()")
    assert found == {"state": "offered", "version": 3, "promises": 1}
