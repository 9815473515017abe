"""Which project is which: numbers guard, departments are renamed, and what is only alike is asked."""

import pytest

from mainstay.formats.portfolio.departments import may_be_same
from mainstay.formats.portfolio.likeness import instalment, likeness
from mainstay.formats.portfolio.succession import Known, Match, Sureness, matches


def only(known: list[Known], name: str, department: str = "", number: str = "") -> Match:
    return matches(known, [Known(name, department, number)])[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Digital Border, Tranche 1", "Digital Border, Tranche 3"),
        ("High Speed Line Phase 2a", "High Speed Line Phase 2b"),
        ("High Speed Line Phase One", "High Speed Line Phase Two"),
        ("Frigate Type 26", "Frigate Type 31"),
        ("Carrier Mark II", "Carrier Mark III"),
        ("Boats 1-3", "Boats 4-7"),
    ],
)
def test_instalments_never_merge(one: str, other: str) -> None:
    assert likeness(one, other) == 0.0
    assert only([Known(one)], other).known is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HS2 Phase2a", "HS2 Phase 2a"),
        ("Geological Store Programme (GSP)", "GEOLOGICAL STORE"),
        ("Games 2012 Legacy", "Games 2012 Legacy Programme"),
    ],
)
def test_the_same_name_written_otherwise_is_certain(one: str, other: str) -> None:
    assert only([Known(one)], other).sureness is Sureness.CERTAIN


def test_years_are_no_instalments() -> None:
    assert instalment("Games 2012 Phase 2") == {"2"}


def test_departments_are_renamed() -> None:
    assert may_be_same("DECC", "BEIS")
    assert may_be_same("MHCLG", "DLUHC")
    assert may_be_same("DEFRA & DFT", "DEFRA")
    assert may_be_same("", "MOD")
    assert not may_be_same("MOD", "DFT")
    assert only([Known("Smart Meters", "DECC")], "Smart Meters", "BEIS").sureness is Sureness.CERTAIN
    assert only([Known("Shared Services", "MOD")], "Shared Services", "DFT").sureness is Sureness.DOUBTFUL


def test_alike_names_ask_a_person() -> None:
    found = only(
        [Known("Commercial Capability Programme", "CO"), Known("Vetting", "CO")], "Commercial Capability Expansion Programme", "CO"
    )
    assert (found.known, found.sureness) == (0, Sureness.DOUBTFUL)
    assert "it was called" in found.why
    assert only([Known("High Speed Line Phase One")], "High Speed Line (Phase 1)").sureness is Sureness.DOUBTFUL
    assert only([Known("Prison Education")], "Harbour Wall").sureness is Sureness.NONE


def test_the_core_of_an_identifier_decides_nothing() -> None:
    known = [Known("Quay Wall", "MOD", "MOD_0001_1112-Q1")]
    assert only(known, "Harbour Light", "MOD", "MOD_0001_1819-Q3").known is None
    assert only(known, "Quay Wall", "MOD", "MOD_0001_1819-Q3").sureness is Sureness.DOUBTFUL
    assert only(known, "Quay Walls", "MOD", "MOD_0001_1112-Q1").sureness is Sureness.CERTAIN
    assert only(known, "Harbour Light", "MOD", "MOD_0001_1112-Q1").sureness is Sureness.DOUBTFUL


def test_an_identifier_or_name_that_stands_twice_tells_nothing() -> None:
    known = [Known("Quay Wall", "A", "1"), Known("Ferry Slip", "A", "1")]
    assert only(known, "Harbour Light", "A", "1").known is None
    twice = matches([Known("Quay Wall")], [Known("Quay Wall"), Known("Quay Wall")])
    assert [each.sureness for each in twice].count(Sureness.CERTAIN) == 0
