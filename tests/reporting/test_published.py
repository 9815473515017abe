"""Publications taken into a portfolio: positions with their reasons, initiatives that follow, doubtful ones that wait for a person."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mainstay.formats import portfolio
from mainstay.formats.portfolio import Publication
from mainstay.initiatives.models import Initiative
from mainstay.register.access import visible_to
from mainstay.register.errors import Invalid, Refused
from mainstay.register.history import Actor
from mainstay.register.models import Change
from mainstay.reporting.models import Published
from mainstay.reporting.portfolio import loading, taking
from mainstay.reporting.portfolio.loading import Loaded
from mainstay.reporting.published.register import PublishedRegister
from tests.contract.worlds import World
from tests.shared_data import shared_data

HEAD = "Project name;Department;Delivery Confidence Assessment;Start date;End date;Whole life cost (£m);Whole life cost narrative\n"
FIRST = HEAD + (
    "Quay Wall;PORTS;Amber/Red;01/04/2019;31/03/2022;120.5;On plan\n"
    "Ferry Slip Phase 1;PORTS;Exempt under Section 43 of the FoI Act 2000;01/04/2019;TBC;Exempt under Section 43 of the FoI Act 2000;\n"
    "Commercial Pilotage Programme;PORTS;Green;01/04/2019;31/03/2021;Low: 10, Mid: 12, High: 20;\n"
)
SECOND = HEAD + (
    "Quay Wall Programme;PORTS;Red;01/04/2019;31/12/2023;150;Grown\n"
    "Ferry Slip Phase 2;PORTS;Green;01/04/2021;31/03/2024;40;\n"
    "Commercial Pilotage Expansion Programme;PORTS;Amber/Green;01/04/2019;31/03/2021;12;\n"
)


def publication(folder: Path, name: str, text: str, day: date | None) -> Publication:
    (folder / name).write_text(text, encoding="utf-8")
    return portfolio.read(folder / name, mapping=portfolio.Mapping(as_at=day))


@pytest.fixture
def both(tmp_path: Path) -> tuple[Publication, Publication]:
    return (
        publication(tmp_path, "ports_2020.csv", FIRST, date(2020, 3, 31)),
        publication(tmp_path, "ports_2021.csv", SECOND, date(2021, 3, 31)),
    )


def test_each_project_becomes_an_initiative_with_a_position(world: World, both: tuple[Publication, Publication]) -> None:
    actor = Actor(world.owner, "page")
    seen = taking.preview(both[0], world.programme, actor)
    told = taking.take_in(seen, actor, {})
    assert told == {"projects": 3, "positions": 3, "changed": 0}
    made = list(Initiative.objects.filter(parent=world.programme, code__startswith="SCR-000").order_by("code"))
    assert [each.title for each in made] == ["Quay Wall", "Ferry Slip Phase 1", "Commercial Pilotage Programme"]
    assert (made[0].budget, made[0].ends_on) == (Decimal("120500000.00"), date(2022, 3, 31))
    rows = {row.title: row for row in Published.objects.filter(publication="ports_2020")}
    exempt = rows["Ferry Slip Phase 1"]
    assert (exempt.cost, exempt.rating, exempt.ends_on) == (None, "", None)
    assert exempt.cost_why.startswith("exempt: Exempt under Section 43")
    assert exempt.rating_why.startswith("exempt")
    assert exempt.ends_why == "not provided: TBC"
    pilotage = rows["Commercial Pilotage Programme"]
    assert (pilotage.cost_low, pilotage.cost, pilotage.cost_high) == (Decimal(10_000_000), Decimal(12_000_000), Decimal(20_000_000))
    assert Change.objects.filter(register="reporting.published", verb="create", reason="Published in ports_2020.").count() == 3


def test_a_later_publication_follows_the_projects_and_asks_about_doubtful_ones(world: World, both: tuple[Publication, Publication]) -> None:
    actor = Actor(world.owner, "page")
    taking.take_in(taking.preview(both[0], world.programme, actor), actor, {})
    seen = taking.preview(both[1], world.programme, actor)
    assert [line.entry.name for line in seen.doubtful] == ["Commercial Pilotage Expansion Programme"]
    with pytest.raises(Invalid, match="may be known ones"):
        taking.take_in(seen, actor, {})
    assert not Published.objects.filter(publication="ports_2021").exists()
    assert taking.take_in(seen, actor, {2: True}) == {"projects": 1, "positions": 3, "changed": 2}
    quay = Initiative.objects.get(title="Quay Wall Programme")
    assert (quay.version, quay.budget, quay.ends_on) == (2, Decimal(150_000_000), date(2023, 12, 31))
    assert [row.colour for row in Published.objects.filter(initiative=quay).order_by("figures_on")] == ["Amber/Red", "Red"]
    assert Initiative.objects.filter(title="Ferry Slip Phase 1").exists()


def test_whom_a_person_calls_new_is_new(world: World, both: tuple[Publication, Publication]) -> None:
    actor = Actor(world.owner, "page")
    taking.take_in(taking.preview(both[0], world.programme, actor), actor, {})
    told = taking.take_in(taking.preview(both[1], world.programme, actor), actor, {2: False})
    assert told["projects"] == 2
    assert Initiative.objects.filter(title="Commercial Pilotage Programme").exists()


def test_a_publication_is_taken_in_once(world: World, both: tuple[Publication, Publication]) -> None:
    actor = Actor(world.owner, "page")
    taking.take_in(taking.preview(both[0], world.programme, actor), actor, {})
    with pytest.raises(Invalid, match="already"):
        taking.take_in(taking.preview(both[0], world.programme, actor), actor, {})


def test_an_older_publication_changes_no_initiative(world: World, both: tuple[Publication, Publication]) -> None:
    actor = Actor(world.owner, "page")
    taking.take_in(taking.preview(both[1], world.programme, actor), actor, {})
    told = taking.take_in(taking.preview(both[0], world.programme, actor), actor, {2: True})
    assert told["changed"] == 0
    assert Initiative.objects.get(title="Quay Wall Programme").budget == Decimal(150_000_000)


def test_who_may_not_write_there_writes_nothing(world: World, both: tuple[Publication, Publication]) -> None:
    before = Initiative.objects.count()
    for account in (world.member, world.stranger, world.nobody):
        with pytest.raises((Refused, Invalid)):
            taking.take_in(taking.preview(both[0], world.programme, Actor(account, "page")), Actor(account, "page"), {})
    assert Initiative.objects.count() == before


def test_positions_are_seen_by_those_who_see_the_initiative(world: World, both: tuple[Publication, Publication]) -> None:
    actor = Actor(world.owner, "page")
    taking.take_in(taking.preview(both[0], world.programme, actor), actor, {})
    for account, count in ((world.owner, 3), (world.member, 3), (world.stranger, 0), (world.nobody, 0)):
        assert visible_to(account, PublishedRegister).filter(publication="ports_2020").count() == count


def test_a_folder_stops_where_nobody_decides(world: World, both: tuple[Publication, Publication], tmp_path: Path) -> None:
    """What came before stays; nothing of the file with the open question is written, and the next run goes on from there."""
    actor, told = Actor(world.owner, "command"), Loaded()
    found = loading.publications(loading.files_of(tmp_path), {"ports_2020.csv": date(2020, 3, 31)}, told)
    lines = list(loading.load(found, world.programme, actor, lambda _seen, _line: None, told))
    assert lines == ["ports_2020.csv: 3 projects, 3 positions, 0 changed."]
    assert [name for _file, name, _why in told.open] == ["Commercial Pilotage Expansion Programme"]
    assert not Published.objects.filter(publication="ports_2021").exists()
    again = Loaded()
    assert list(loading.load(found, world.programme, actor, lambda _seen, _line: True, again)) == [
        "ports_2020.csv: has been taken in already.",
        "ports_2021.csv: 1 projects, 3 positions, 2 changed.",
    ]
    assert loading.as_json(again)["here"] == ["ports_2020.csv"]


@pytest.mark.slow
def test_five_real_publications_in_one_portfolio(world: World) -> None:
    """Every row of every file stands once; the sums in the register are those of the files."""
    actor, told = Actor(world.administrator, "command"), Loaded()
    found = loading.publications(loading.files_of(shared_data("uk-gmpp")), {}, told)
    assert list(told.left_out) == ["mapping_columns.xlsx"]
    into = loading.portfolio_called("GMPP", "Government Major Projects Portfolio", actor)
    lines = list(loading.load(found, into, actor, lambda _seen, _line: True, told))
    assert len(lines) == 5
    assert {name: each["positions"] for name, each in told.taken.items()} == {
        "uk_2014.csv": 199,
        "uk_2018.csv": 133,
        "uk_2019.csv": 133,
        "uk_2021.csv": 184,
        "uk_2022.csv": 235,
    }
    for one in found:
        rows = Published.objects.filter(publication=Path(one.file).stem, initiative__path__startswith=into.path)
        costs = [cost for cost in rows.values_list("cost", flat=True) if cost is not None]
        total = portfolio.totals(one)[portfolio.Field.COST]
        assert len(costs) == total.published
        assert sum(costs) == pytest.approx(total.value, abs=1)
        assert rows.exclude(cost_why="").count() == total.unpublished
    assert next(loading.load(found, into, actor, lambda _seen, _line: True, told)).endswith("has been taken in already.")
