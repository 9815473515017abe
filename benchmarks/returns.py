"""The returns of 500 projects out as workbooks and back: seconds, and how many times reading one workbook each of them takes.

`python -m benchmarks.returns`; MAINSTAY_BENCH_RETURNS says how many. A portfolio is filled for it and thrown away.
"""

import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

COUNT = int(os.environ.get("MAINSTAY_BENCH_RETURNS", "500"))
AIM = 120
"""Seconds in which 500 workbooks are to be collated."""
SAMPLES = 10


def main() -> int:
    """Fill a portfolio, then measure in a process of its own, since settings hold one installation."""
    with tempfile.TemporaryDirectory(prefix="mainstay-bench-") as home:
        told = {**os.environ, "MAINSTAY_HOME": home}
        for step in (["init", "--quiet"], ["demo", "--projects", str(COUNT)]):
            subprocess.run([sys.executable, "-m", "mainstay.cli.main", *step], env=told, check=True, capture_output=True)
        return subprocess.run([sys.executable, "-m", "benchmarks.returns", "measure"], env=told, check=False).returncode


def measure() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mainstay.project.settings")
    import django

    django.setup()
    from mainstay.accounts.models import Account
    from mainstay.formats.spreadsheet import read
    from mainstay.register.history import Actor
    from mainstay.reporting.cycle.workbook import handing, loading

    actor = Actor(Account.objects.filter(is_administrator=True).order_by("pk").first(), "command")
    commission = commissioned(actor)
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        files = []
        for name, content in handing.hand_out_all(commission, actor):
            files.append((Path(folder) / name, name))
            files[-1][0].write_bytes(content)
        out = time.perf_counter() - started
        for path, _name in files:
            fill(path)
        started = time.perf_counter()
        for path, name in files[:SAMPLES]:
            read(path, name)
        one = (time.perf_counter() - started) / min(SAMPLES, len(files))
        started = time.perf_counter()
        made = list(loading.load_files(files, actor, expected=commission))
        back = time.perf_counter() - started
    taken, written = sum(each.outcome == "taken" for each in made), sum(each.written for each in made)
    print(f"{len(files)} workbooks written in {out:.1f} s, {1000 * out / len(files):.0f} ms each")
    print(f"{taken} of {len(made)} loaded with {written:,} answers in {back:.1f} s, {1000 * back / len(made):.0f} ms each; aim {AIM} s")
    print(f"    {back / len(made) / one:.1f} times reading one workbook in a process of its own, {1000 * one:.0f} ms")
    for each in made:
        for fault in each.faults[:1]:
            print(f"    NOT EXPECTED: {each.name}: {fault}")
    return 0 if taken == len(made) and back <= AIM else 1


def commissioned(actor: Any) -> Any:
    """A highlight report asked of all projects of the portfolio."""
    from mainstay.initiatives.models import Initiative
    from mainstay.register import actions
    from mainstay.reporting.cycle import commissioning, shipped
    from mainstay.reporting.definition.register import DefinitionRegister

    place = Initiative.objects.filter(kind="portfolio").order_by("path").first()
    assert place is not None
    definition = shipped.take("highlight", str(place.pk), actor)
    definition = actions.move(DefinitionRegister, definition.pk, definition.version, "use", actor)
    asked = [one.initiative.pk for one in commissioning.candidates(definition, actor.account)][:COUNT]
    return commissioning.commission(definition, asked, (date(2026, 10, 1), date(2026, 10, 31)), actor)


def fill(path: Path) -> None:
    """Rating, reason and money on the first sheet, and the first asked cell of each other one that holds a number."""
    import openpyxl

    book = openpyxl.load_workbook(path)
    answers = {"q.rating": "Amber", "q.summary": "Behind, with the means to recover.", "q.spent": 1_250_000}
    for sheet in book.worksheets:
        codes = {str(cell.value): cell.column - 1 for cell in sheet[1] if cell.value}
        if "mainstay:key" not in codes:
            continue
        for line in sheet.iter_rows():
            key = str(line[codes["mainstay:key"]].value)
            if key in answers:
                line[codes["mainstay:answer"]].value = answers[key]
            elif key.startswith("r.") and "mainstay:confidence" in codes:
                line[codes["mainstay:confidence"]].value = 70
    book.save(path)


if __name__ == "__main__":
    sys.exit(measure() if sys.argv[1:] == ["measure"] else main())
