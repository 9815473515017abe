"""At the same moment a party outside answers twice, and two projects promise each other what they wait for: one answer, one promise."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.jobs.installation import ROOT, on_same_kind, set_up

pytestmark = pytest.mark.slow


def test_one_answer_and_one_promise_stand(tmp_path: Path, migrated: Path) -> None:
    with on_same_kind(tmp_path, "outside") as installation:
        set_up(installation, migrated).python("from tests.planning.outside import writers; writers.set_up(); out = 1")
        start = tmp_path / "start"
        writers = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.planning.outside.writers", what, str(number), str(start)],
                cwd=ROOT,
                env=installation.environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for what in ("answer", "promise")
            for number in range(2)
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
        assert sorted(told[:2]) == ["Stale", "taken"]
        assert sorted(told[2:]) == ["circle", "saved"]
        found = installation.python("from tests.planning.outside import writers; out = writers.found()")
    assert found == {"state": "offered", "version": 3, "promises": 1}
