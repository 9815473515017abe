"""The real publications of the United Kingdom's major projects: rows, totals, gaps and ratings, each counted a second way here."""

import csv
import re
from collections import Counter
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest

from mainstay.formats.portfolio import Field, Publication, Scale, read, totals
from mainstay.formats.portfolio.reading import rated
from mainstay.formats.portfolio.succession import Sureness, known_of, matches
from tests.shared_data import shared_data

PUBLISHED = {2014: (199, None), 2018: (133, 423), 2019: (133, 442), 2021: (184, 542), 2022: (235, None)}
"""Projects and whole-life cost in £bn as the annual reports of these years state them, where they state what is published."""
COST = {2014: "Total budgeted whole life costs", 2018: "wlc_baseline", 2019: "wlc_baseline", 2021: "wlc_baseline", 2022: "wlc_baseline"}
COLOURS = {"Green", "Amber/Green", "Amber", "Amber/Red", "Red"}
PLAIN = re.compile(r"^-?£?-?[\d,]+(?:\.\d+)?$")


def raw(path: Path, year: int) -> list[dict[str, str]]:
    """The file's own rows with nothing but the csv module: heading → cell, of a repeated heading the last that says anything."""
    text = path.read_bytes().decode("cp1252")
    lines = list(csv.reader(StringIO(text, newline=""), delimiter=";" if year > 2020 else ","))
    if year == 2014:
        lines = [list(each) for each in zip(*lines, strict=True)]
    rows = []
    for line in lines[1:]:
        if any(cell.strip() for cell in line):
            row: dict[str, str] = {}
            for heading, cell in zip(lines[0], line, strict=True):
                row[heading] = cell.strip() or row.get(heading, "")
            rows.append(row)
    return rows


@pytest.fixture(scope="module")
def publications() -> dict[int, Publication]:
    folder = shared_data("uk-gmpp")
    return {year: read(folder / f"uk_{year}.csv") for year in PUBLISHED}


@pytest.mark.parametrize("year", PUBLISHED)
def test_rows_and_sums(publications: dict[int, Publication], year: int) -> None:
    found = publications[year]
    rows = raw(shared_data("uk-gmpp") / f"uk_{year}.csv", year)
    projects, billions = PUBLISHED[year]
    assert len(found.entries) == len(rows) == projects
    heading = next(each for each in rows[0] if each.startswith(COST[year]))
    plain = [row[heading].replace("£", "").replace(",", "") for row in rows if PLAIN.match(row[heading])]
    total = totals(found)[Field.COST]
    assert total.value == sum(map(Decimal, plain)) * 1_000_000
    assert (total.published, total.unpublished) == (len(plain), len(rows) - len(plain))
    assert sum(total.absent.values()) == total.unpublished
    assert "unreadable" not in total.absent
    if billions:
        assert round(total.value / 10**9) == billions


@pytest.mark.parametrize("year", PUBLISHED)
def test_ratings(publications: dict[int, Publication], year: int) -> None:
    found = publications[year]
    rows = raw(shared_data("uk-gmpp") / f"uk_{year}.csv", year)
    heading = next(each for each in rows[0] if each.startswith(("MPA RAG", "colour_rating")))
    plain = Counter(text for row in rows if (text := row[heading].replace(" ", "").title()) in COLOURS)
    counts = rated(found.entries)
    assert {colour: counts[colour] for colour in plain} == plain
    assert counts.total() == len(rows)
    assert found.scale is (Scale.DCA_3 if year == 2022 else Scale.DCA_5)


def test_the_one_cell_that_is_no_figure_is_told(publications: dict[int, Publication]) -> None:
    told = {year: [str(each) for each in found.unread] for year, found in publications.items() if found.unread}
    assert list(told) == [2021]
    assert len(told[2021]) == 1
    assert "Legal sensitivity" in told[2021][0]


def test_projects_are_followed_from_year_to_year(publications: dict[int, Publication]) -> None:
    """Names that are exactly equal and identifiers that are equal are all followed; no project continues two."""
    for earlier, later in ((2018, 2019), (2019, 2021), (2021, 2022)):
        known, new = known_of(publications[earlier]), known_of(publications[later])
        found = matches(known, new)
        taken = [each.known for each in found if each.known is not None]
        assert len(taken) == len(set(taken))
        for each in found:
            here = new[each.at]
            same = [at for at, there in enumerate(known) if there.id == here.id and here.id] or [
                at for at, there in enumerate(known) if there.name.lower() == here.name.lower()
            ]
            if same:
                assert each.known == same[0], here.name


def test_an_identifier_with_quite_another_name_asks_a_person(publications: dict[int, Publication]) -> None:
    found = matches(known_of(publications[2021]), known_of(publications[2022]))
    doubtful = {publications[2022].entries[each.at].name for each in found if each.sureness is Sureness.DOUBTFUL}
    assert {"HMP Five Wells New Prison", "Skills Bootcamps and Free Courses for Jobs"} <= doubtful
    assert "HS2 Phase 2a" not in doubtful
