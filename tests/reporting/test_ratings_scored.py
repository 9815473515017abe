"""Ratings of a real year against the next one, counted a second way with the csv module over projects whose names are the same."""

import csv
import re
from collections import Counter
from decimal import Decimal
from io import StringIO

from mainstay.formats import portfolio
from mainstay.reporting.models import Published
from mainstay.reporting.portfolio import rows, scoring, series
from tests.shared_data import shared_data

COLOURS = ("green", "amber/green", "amber", "amber/red", "red")
AMOUNT = re.compile(r"£?(-?[\d,]+(?:\.\d+)?)")


def raw(year: int) -> dict[str, dict[str, str]]:
    text = (shared_data("uk-gmpp") / f"uk_{year}.csv").read_bytes().decode("cp1252")
    return {" ".join(row["project_name"].lower().split()): row for row in csv.DictReader(StringIO(text, newline=""))}


def cost(row: dict[str, str]) -> Decimal | None:
    found = AMOUNT.fullmatch(row["wlc_baseline_incl_NCG"].strip())
    return Decimal(found.group(1).replace(",", "")) if found else None


def test_a_real_year_is_scored_as_it_is_counted_by_hand() -> None:
    before, after = raw(2018), raw(2019)
    names = sorted(before.keys() & after.keys())
    assert len(names) > 90
    positions: list[Published] = []
    for year in (2018, 2019):
        found = portfolio.read(shared_data("uk-gmpp") / f"uk_{year}.csv")
        positions += [
            Published(initiative_id=names.index(entry.name.lower()), **rows.position(entry, found, f"uk_{year}"))
            for entry in found.entries
            if entry.name.lower() in names
        ]
    steps = series.steps(positions)
    moved, rated, grown = Counter[tuple[int, int]](), Counter[int](), Counter[int]()
    for name in names:
        then, now = (year[name]["colour_rating"].strip().lower() for year in (before, after))
        if then in COLOURS and now in COLOURS:
            moved[COLOURS.index(then), COLOURS.index(now)] += 1
        old, new = cost(before[name]), cost(after[name])
        if then in COLOURS and old is not None and new is not None and old > 0:
            rated[COLOURS.index(then)] += 1
            grown[COLOURS.index(then)] += new > old * Decimal("1.1")
    counts = scoring.moves(steps)[0].counts
    assert {(one, other): counts[one][other] for one, other in moved} == dict(moved)
    assert sum(map(sum, counts)) == moved.total()
    groups = next(each for each in scoring.scored(steps) if each.outcome == "cost").score.groups
    assert [(group.count, group.happened) for group in groups] == [(rated[place], grown[place]) for place in range(5)]
