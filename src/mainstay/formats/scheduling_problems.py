"""Problems of the test libraries of resource-constrained scheduling (PSPLIB's .sm, Patterson's .rcp; single mode) and best values."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from mainstay.formats.errors import Damaged, TooLarge, UnknownFormat

ENDINGS = (".sm", ".rcp")
MOST_BYTES = 10_000_000
MOST_JOBS = 20_000
NUMBERS = re.compile(r"-?\d+")


@dataclass(frozen=True, slots=True)
class SchedulingProblem:
    """Jobs in the file's order, the dummies at both ends included; ``successors`` are places, counted from 0."""

    name: str
    durations: tuple[int, ...]
    demands: tuple[tuple[int, ...], ...]
    capacities: tuple[int, ...]
    successors: tuple[tuple[int, ...], ...]


def read_problem(path: Path) -> SchedulingProblem:
    """Read a file of either format. Raises FormatError with a sentence."""
    if path.stat().st_size > MOST_BYTES:
        raise TooLarge(f"The file has more than {MOST_BYTES // 1_000_000} MB, which no problem of this kind needs.")
    text = path.read_text(encoding="latin-1")
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UnknownFormat("Only .sm and .rcp files hold a scheduling problem; choose one of those.")
    found = read_sm(path.stem, text) if ending == ".sm" else read_rcp(path.stem, text)
    jobs = len(found.durations)
    if any(not 0 <= after < jobs for row in found.successors for after in row):
        raise Damaged("A job names a successor that is not in the file; check the file.")
    return found


def read_sm(name: str, text: str) -> SchedulingProblem:
    lines = text.splitlines()
    jobs = whole_number(lines, "jobs")
    renewable = whole_number(lines, "- renewable")
    if whole_number(lines, "- nonrenewable") or whole_number(lines, "- doubly"):
        raise UnknownFormat("The problem has resources that are used up; only renewable ones can be levelled.")
    links = rows_after(lines, "PRECEDENCE RELATIONS", jobs)
    requests = rows_after(lines, "REQUESTS/DURATIONS", jobs)
    (capacities,) = rows_after(lines, "RESOURCEAVAILABILITIES", 1, skipped="R")
    if any(len(row) < 3 or row[1] != 1 for row in links):
        raise UnknownFormat("The problem has several modes for a job; only single-mode problems can be levelled.")
    if any(len(row) != 3 + renewable for row in requests) or len(capacities) != renewable:
        raise Damaged("A job does not state a demand for each resource; check the file.")
    return SchedulingProblem(
        name=name,
        durations=tuple(row[2] for row in requests),
        demands=tuple(tuple(row[3:]) for row in requests),
        capacities=tuple(capacities),
        successors=tuple(tuple(after - 1 for after in row[3:]) for row in links),
    )


def whole_number(lines: list[str], label: str) -> int:
    """The number after the colon of the line that begins with `label`."""
    for line in lines:
        if line.strip().startswith(label) and ":" in line and (found := NUMBERS.search(line.split(":", 1)[1])):
            number = int(found[0])
            if not 0 <= number <= MOST_JOBS:
                raise TooLarge(f"The file announces {number:,} {label.strip('- ')}; {MOST_JOBS:,} is the most that is read.")
            return number
    raise Damaged(f"The file does not say its number of {label.strip('- ')}; check that it is a PSPLIB .sm file.")


def rows_after(lines: list[str], title: str, count: int, skipped: str = "jobnr") -> list[list[int]]:
    """The first rows of numbers after a title."""
    begin = next((place for place, line in enumerate(lines) if line.startswith(title)), None)
    if begin is None:
        raise Damaged(f"The file has no section {title.lower()}; check that it is a PSPLIB .sm file.")
    found: list[list[int]] = []
    for line in lines[begin + 1 :]:
        if line.startswith("*") or len(found) == count:
            break
        if line.strip() and not line.strip().startswith((skipped, "-")):
            found.append([int(number) for number in NUMBERS.findall(line)])
    if len(found) < count:
        raise Damaged(f"Section {title.lower()} ends before its {count} rows; check the file.")
    return found


def read_rcp(name: str, text: str) -> SchedulingProblem:
    """Numbers in order: jobs, resources, capacities, then for each job its duration, demands and successors."""
    numbers = [int(number) for number in NUMBERS.findall(text)]
    place = 0

    def take(count: int) -> list[int]:
        nonlocal place
        if count < 0 or place + count > len(numbers):
            raise Damaged("The file ends in the middle of a job; check that it is a Patterson .rcp file.")
        place += count
        return numbers[place - count : place]

    jobs, resources = take(2)
    if not 0 <= jobs <= MOST_JOBS or not 0 <= resources <= MOST_JOBS:
        raise Damaged("The file does not begin with a number of jobs and of resources; check that it is a Patterson .rcp file.")
    capacities = take(resources)
    durations, demands, successors = [], [], []
    for _job in range(jobs):
        (duration,) = take(1)
        durations.append(duration)
        demands.append(tuple(take(resources)))
        (count,) = take(1)
        successors.append(tuple(after - 1 for after in take(count)))
    return SchedulingProblem(name, tuple(durations), tuple(demands), tuple(capacities), tuple(successors))


def read_best_values(path: Path) -> dict[str, int]:
    """A CSV with a name and a value in each row: the last number of the second column, or the column `ub`; "77" and "85..90" both do."""
    found = {}
    with path.open(newline="", encoding="utf-8-sig") as stream:
        rows = csv.reader(stream)
        header = [name.strip().lower() for name in next(rows, [])]
        column = header.index("ub") if "ub" in header else 1
        for row in rows:
            numbers = NUMBERS.findall(row[column].replace("..", " ")) if len(row) > column else []
            if numbers:
                found[row[0].strip().removesuffix(".sm").removesuffix(".rcp")] = abs(int(numbers[-1]))
    if not found:
        raise Damaged("The file of best values has no row with a name and a number; give a CSV of name and value.")
    return found
