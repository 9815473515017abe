"""An installation of its own for tests with real processes: a home, a database, and what looks into it from outside."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "mainstay.sqlite3"


@dataclass
class Installation:
    """A database of its own, reached only through processes, as an installation is."""

    home: Path

    @property
    def temporary(self) -> Path:
        """Where its processes put what they need for a while."""
        return self.home / "temporary"

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAINSTAY", "DATABASE", "PYTEST", "DJANGO"))}
        self.temporary.mkdir(exist_ok=True)
        return {
            **kept,
            "TMPDIR": str(self.temporary),
            "MAINSTAY_HOME": str(self.home),
            "DJANGO_SETTINGS_MODULE": "mainstay.project.settings",
            "PYTHONPATH": str(ROOT),
        }

    def python(self, code: str) -> Any:
        """Run code in the installation; what it leaves in `out` comes back."""
        before = "import django; django.setup()\nimport json\nfrom mainstay.jobs.models import Job\nfrom tests.jobs import sample_work"
        whole = f"{before}\n{code}\nprint(json.dumps(out, default=str))"
        done = subprocess.run([sys.executable, "-c", whole], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout)

    def start(self, kind: str, **arguments: Any) -> int:
        return int(self.python(f"from mainstay.jobs import work\nout = work.start({kind!r}, {arguments!r}, by=None, title='Work').pk"))

    def job(self, pk: int) -> dict[str, Any]:
        """What stands of a job, read straight from the SQLite file: a process would take seconds of the processor for each look."""
        with closing(sqlite3.connect(self.home / DATABASE, timeout=20)) as database:
            database.row_factory = sqlite3.Row
            row = database.execute("SELECT * FROM jobs_job WHERE id = ?", (pk,)).fetchone()
        return {**dict(row), "result": json.loads(row["result"] or "null")}

    def until(self, pk: int, *states: str, seconds: float = 30) -> dict[str, Any]:
        deadline = time.monotonic() + seconds
        while (found := self.job(pk))["state"] not in states:
            assert time.monotonic() < deadline, found
            time.sleep(0.05)
        return found


class OnServer(Installation):
    """The same on a database of its own on the PostgreSQL server that the suite runs on."""

    url = ""

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "DATABASE_URL": self.url}

    def job(self, pk: int) -> dict[str, Any]:
        """There is no file to read: a process of its own asks."""
        found: dict[str, Any] = self.python(f"out = Job.objects.filter(pk={pk}).values().get()")
        return found


def begun_together(installation: Installation, module: str, works: Iterable[Iterable[object]]) -> list[Any]:
    """What each of several processes says, in order, all having begun `module` at once, each with the words of its work."""
    start = installation.home / f"start-{uuid.uuid4().hex}"
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", module, *map(str, words), str(start)],
            cwd=ROOT,
            env=installation.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for words in works
    ]
    for writer in writers:
        assert writer.stderr is not None
        line = writer.stderr.readline()
        assert line == "ready\n", line + writer.stderr.read()[-2000:]
    start.touch()
    told = []
    for writer in writers:
        out, fault = writer.communicate(timeout=120)
        assert writer.returncode == 0, fault[-2000:]
        told.append(json.loads(out))
    return told


MIGRATE = "from django.core.management import call_command\ncall_command('migrate', verbosity=0)\nout = 1"


def once_migrated(home: Path, seconds: float = 300) -> Path:
    """The home, with a database that all migrations have been over: whoever comes first makes it, the others wait."""
    done = home / "done"
    try:
        home.mkdir()
    except FileExistsError:
        wait_for(done, seconds)
        return home
    Installation(home).python(MIGRATE)
    done.write_text("done")
    return home


def set_up(made: Installation, migrated: Path) -> Installation:
    """Give it the tables of this release: a copy of the migrated ones, or on a server the migrations themselves."""
    if isinstance(made, OnServer):
        made.python(MIGRATE)
    else:
        shutil.copyfile(migrated / DATABASE, made.home / DATABASE)
    return made


@contextmanager
def on_same_kind(home: Path, name: str) -> Iterator[Installation]:
    """An installation on the kind of database that the suite runs on; on a server its database goes with it."""
    if connection.vendor == "sqlite":
        yield Installation(home)
        return
    database = f"{name}_{uuid.uuid4().hex[:8]}"
    server = OnServer(home)
    server.url = urlparse(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl()
    on_server(f'CREATE DATABASE "{database}"')
    yield server
    on_server(f'DROP DATABASE "{database}" WITH (FORCE)')


def on_server(statement: str) -> None:
    """A statement that no transaction may hold."""
    import psycopg  # only where the suite runs on PostgreSQL

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(statement.encode())


def wait_for(path: Path, seconds: float = 20) -> str:
    deadline = time.monotonic() + seconds
    while not path.exists() or not path.read_text():
        assert time.monotonic() < deadline, path
        time.sleep(0.05)
    return path.read_text()
