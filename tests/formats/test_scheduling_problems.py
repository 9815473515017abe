"""Problems of the test libraries: both formats say the same, and damaged ones are told in a sentence."""

from pathlib import Path

import pytest

from mainstay.formats.errors import Damaged, FormatError, UnknownFormat
from mainstay.formats.scheduling_problems import read_best_values, read_problem

SM = """projects                      :  1
jobs (incl. supersource/sink ):  4
horizon                       :  9
RESOURCES
  - renewable                 :  2   R
  - nonrenewable              :  0   N
  - doubly constrained        :  0   D
************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        1          1           4
   3        1          1           4
   4        1          0
************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  R 2
------------------------------
  1      1     0       0    0
  2      1     4       3    0
  3      1     5       2    1
  4      1     0       0    0
************
RESOURCEAVAILABILITIES:
  R 1  R 2
    4    1
************
"""
RCP = "4 2\n4 1\n0 0 0 2 2 3\n4 3 0 1 4\n5 2 1 1 4\n0 0 0 0\n"


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="latin-1")
    return path


def test_both_formats_hold_the_same_problem(tmp_path: Path) -> None:
    one = read_problem(written(tmp_path, "one.sm", SM))
    two = read_problem(written(tmp_path, "one.rcp", RCP))
    assert one == two
    assert one.successors == ((1, 2), (3,), (3,), ())
    assert one.demands[2] == (2, 1)


@pytest.mark.parametrize(
    ("name", "text", "kind", "sentence"),
    [
        ("a.sm", "nothing", Damaged, "does not say its number"),
        ("a.sm", SM.replace("   2        1 ", "   2        2 "), UnknownFormat, "several modes"),
        ("a.sm", SM.replace("nonrenewable              :  0", "nonrenewable              :  1"), UnknownFormat, "used up"),
        ("a.sm", SM.replace("  3      1     5       2    1\n", ""), Damaged, "ends before its 4 rows"),
        ("a.sm", SM.replace("  2   3\n", "  2   9\n"), Damaged, "not in the file"),
        ("a.sm", SM.replace("    4    1\n", ""), Damaged, "ends before its 1 rows"),
        ("a.sm", SM.replace(":  4\n", ":  99999999\n"), FormatError, "most that is read"),
        ("a.rcp", RCP[:-4], Damaged, "in the middle"),
        ("a.rcp", "hello", Damaged, "in the middle"),
        ("a.txt", RCP, UnknownFormat, "Only .sm and .rcp"),
    ],
)
def test_damaged_files_are_told(tmp_path: Path, name: str, text: str, kind: type[FormatError], sentence: str) -> None:
    with pytest.raises(kind, match=sentence):
        read_problem(written(tmp_path, name, text))


def test_best_values_in_the_forms_that_are_published(tmp_path: Path) -> None:
    assert read_best_values(written(tmp_path, "a.csv", "problem,optimum\nj301_1.sm,43\nj6013_1.sm,102..112\n")) == {
        "j301_1": 43,
        "j6013_1": 112,
    }
    assert read_best_values(written(tmp_path, "b.csv", "instance,lb,ub,proven\nj3010_1,41,42,0\n")) == {"j3010_1": 42}
    with pytest.raises(Damaged, match="no row"):
        read_best_values(written(tmp_path, "c.csv", "x,y\n"))
