"""`mainstay portfolio read` as a process of its own, without settings and database: what it prints and how it ends."""

import json
import subprocess
import sys
from pathlib import Path

TABLE = (
    "Harbour board;;;\n"
    "Project name;Department;Delivery Confidence Assessment;Whole life cost (£m)\n"
    "Quay Wall;PORTS;Amber/Red;120,5\n"
    "Ferry Slip;PORTS;Reset;Exempt under Section 43 of the Freedom of Information Act 2000\n"
)


def mainstay(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mainstay.cli.main", "portfolio", *map(str, arguments)]
    return subprocess.run(command, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, timeout=120, check=False)


def test_a_publication_is_printed_as_one_object(tmp_path: Path) -> None:
    (tmp_path / "ports_2021.csv").write_bytes(TABLE.encode("cp1252"))
    ended = mainstay("read", tmp_path / "ports_2021.csv", "--as-at", "2021-03-31", "--json")
    assert (ended.returncode, ended.stderr) == (0, "")
    told = json.loads(ended.stdout)
    assert (told["projects"], told["scale"], told["as_at"]) == (2, "DCA-5", "2021-03-31")
    cost = told["totals"]["whole_life_cost"]
    assert (cost["sum"], cost["unpublished"], cost["unpublished_share"], cost["absent"]) == ("120500000.0", 1, 0.5, {"exempt": 1})
    assert told["entries"][1]["whole_life_cost"]["sections"] == ["43"]
    assert told["ratings"] == {"Amber/Red": 1, "reset": 1}


def test_a_bad_file_is_told_and_spoils_none_of_the_others(tmp_path: Path) -> None:
    (tmp_path / "good.csv").write_bytes(TABLE.encode("cp1252"))
    (tmp_path / "menu.csv").write_text("Lunch;Price\nSoup;3\n")
    ended = mainstay("read", tmp_path / "menu.csv", tmp_path / "absent.csv", tmp_path / "good.csv")
    assert ended.returncode == 3
    assert "2 projects" in ended.stdout
    assert "1 of 2 not published (50.0%: 1 exempt)" in ended.stdout
    assert [line.rpartition(": ")[2][:12] for line in ended.stderr.splitlines()] == ["No row or co", "There is no "]
    assert "Traceback" not in ended.stderr


def test_a_day_that_is_none_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    ended = mainstay("load", tmp_path, "--into", "GMPP", "--as-at", "uk_2021.csv=soon")
    assert ended.returncode == 1
    assert "does not name a file and a day" in ended.stderr
