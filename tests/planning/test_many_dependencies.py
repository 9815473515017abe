"""Pages of a portfolio with more dependencies than can be read: the busiest stand in the matrix, and where the rest is, is said."""

from mainstay.initiatives.models import Initiative
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.models import Dependency
from mainstay.planning.pages.dependencies import MOST_IN_MATRIX, busiest, matrix, matrix_of
from mainstay.planning.pages.parts import all_of
from mainstay.planning.promises.parties import Party
from mainstay.planning.viewing import MOST, AgreementLine

PLACES = [Initiative(pk=number, code=f"P{number:03d}", title=f"Project {number}") for number in range(1, MOST_IN_MATRIX + 12)]

PARTIES = [Party(place.code, place.title, place.pk) for place in PLACES]


def line(giver: int, getter: int, state: str = "agreed") -> AgreementLine:
    record = Dependency(giver=PLACES[giver], initiative=PLACES[getter], state=state)
    return AgreementLine(record, "", "", "", None, None)


def test_the_busiest_stand_in_the_matrix_and_the_rest_is_said() -> None:
    lines = [line(giver, 0) for giver in range(1, len(PLACES))] + [line(len(PLACES) - 1, 0)]
    givers, getters = busiest(lines)
    assert len(givers) == MOST_IN_MATRIX
    assert PARTIES[-1] in givers
    assert getters == [PARTIES[0]]
    assert sum(cell.count for row in matrix(lines, givers, getters) for cell in row.cells if cell) == MOST_IN_MATRIX + 1
    assert f"the {MOST_IN_MATRIX} that give" in matrix_of(lines, givers, getters)


def test_a_few_all_stand_in_the_matrix() -> None:
    lines = [line(1, 2), line(2, 1), line(1, 2, "accepted")]
    givers, getters = busiest(lines)
    assert givers == getters == [PARTIES[1], PARTIES[2]]
    cells = [[cell and cell.count for cell in row.cells] for row in matrix(lines, givers, getters)]
    assert cells == [[None, 1], [1, None]]
    assert str(MOST_IN_MATRIX) not in matrix_of(lines, givers, getters)


def test_a_full_page_names_the_list_with_the_rest() -> None:
    assert all_of(DependencyRegister, PLACES[0], [line(1, 2)] * (MOST - 1)) is None
    told = all_of(DependencyRegister, PLACES[0], [line(1, 2)] * MOST)
    assert told is not None
    assert told["url"] == f"{DependencyRegister.url()}?in=1"
