"""The installation that is measured: the one that MAINSTAY_HOME names, or a portfolio filled for this run and thrown away after it."""

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from atexit import register as at_exit
from functools import cache
from pathlib import Path

PROJECTS = int(os.environ.get("MAINSTAY_BENCH_PROJECTS", "1000"))
COLUMNS = 20
NAMED = os.environ.get("MAINSTAY_HOME")


@cache
def home() -> Path:
    """Where it lies. Filling prints what it took: the same commands as anyone's, in processes of their own."""
    if NAMED:
        return Path(NAMED)
    made = Path(tempfile.mkdtemp(prefix="mainstay-bench-"))
    at_exit(shutil.rmtree, made, ignore_errors=True)
    os.environ["MAINSTAY_HOME"] = str(made)
    command("init", "--quiet")
    told, busy, clock = command("demo", "--projects", str(PROJECTS), "--json")
    rows = json.loads(told.splitlines()[-1])["rows"]
    plain = plainly(made / "plain.sqlite3", rows)
    print(f"{PROJECTS:,} projects, {rows:,} rows with their history and search: {clock:.1f} s, {busy:.1f} s of the processor")
    print(f"    {rows / clock:,.0f} rows a second; {clock / plain:,.0f} times a bare insert of as many rows of {COLUMNS} columns")
    told, busy, clock = command("verify")
    print(f"the whole history verified in {clock:.1f} s, {busy:.1f} s of the processor")
    if (database := made / "mainstay.sqlite3").exists():
        print(f"the database holds {database.stat().st_size / 1e6:,.0f} MB, {database.stat().st_size / max(rows, 1):,.0f} bytes a row")
    return made


def command(*arguments: str) -> tuple[str, float, float]:
    """What `mainstay …` printed, with its seconds of the processor and of the clock."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    told = subprocess.run([sys.executable, "-m", "mainstay.cli.main", *arguments], check=True, capture_output=True, text=True).stdout
    clock, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return told, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock


def plainly(path: Path, rows: int) -> float:
    """The yardstick: seconds for as many rows in one bare table."""
    started = time.perf_counter()
    database = sqlite3.connect(path)
    database.execute(f"CREATE TABLE plain (id INTEGER PRIMARY KEY, {', '.join(f'c{number}' for number in range(COLUMNS))})")
    marks = ", ".join("?" * COLUMNS)
    database.executemany(f"INSERT INTO plain VALUES (NULL, {marks})", ([str(row)] * COLUMNS for row in range(rows)))
    database.commit()
    database.close()
    return time.perf_counter() - started
