"""Several processes freeze under one name at once, on a database of their own: one gets it, the others are told, nothing is half done."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.jobs.installation import Installation, set_up

BUILD = """
from tests.contract import worlds
worlds.build()
from mainstay.reporting.models import Snapshot
Snapshot.objects.all().delete()
"""
FREEZE = """
from mainstay.register.errors import Invalid
from mainstay.reporting.freezing import freeze
from tests.contract.worlds import World, actor
world = World()
for name in ("October 2026", "November 2026"):
    try:
        freeze(world.programme, name, actor(world.owner))
        print("frozen", name)
    except Invalid as fault:
        print("told", fault.errors["name"][0])
"""
CHECK = """
from mainstay.register import history
from mainstay.reporting.models import Snapshot
from mainstay.reporting.snapshot import verify
print(Snapshot.objects.count(), list(history.faults()), list(verify()))
"""
START = "import os, django\nos.environ['DJANGO_SETTINGS_MODULE'] = 'mainstay.project.settings'\ndjango.setup()\n"


@pytest.mark.slow
def test_two_names_wanted_by_three_processes(tmp_path: Path, migrated: Path) -> None:
    set_up(Installation(tmp_path), migrated)
    environment = {**os.environ, "MAINSTAY_HOME": str(tmp_path), "MAINSTAY_TESTING": "1"}
    root = Path(__file__).resolve().parents[2]

    def begin(script: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", START + script]
        return subprocess.Popen(command, env=environment, cwd=root, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def end(process: subprocess.Popen[str]) -> list[str]:
        output, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
        return output.splitlines()

    end(begin(BUILD))
    said = [line for process in [begin(FREEZE) for _number in range(3)] for line in end(process)]
    assert sorted(line for line in said if line.startswith("frozen")) == ["frozen November 2026", "frozen October 2026"]
    assert sum("already" in line for line in said) == 4
    assert end(begin(CHECK)) == ["2 [] []"]
