"""The shape of the house: sizes of modules, functions and templates, names that say something, arrows of foreign keys."""

import ast
from pathlib import Path
from statistics import median

import pytest
from django.apps import apps

SOURCE = Path(__file__).resolve().parents[1] / "src" / "mainstay"
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted(SOURCE.rglob("*.html"))
EMPTY_NAMES = {"utils", "helpers", "common", "base", "misc", "manager", "util", "helper", "managers"}
LONGEST_MODULE, LONGEST_FUNCTION, LONGEST_TEMPLATE, MEDIAN_MODULE, REGISTER_DECLARATION = 400, 60, 150, 100, 150

LONG_FUNCTIONS: dict[str, str] = {}
"""Functions over the limit: place → reason."""

LARGE_REGISTERS = {
    "assurance.recommendation": "its own life and that of the report it stands in: response, verification, what the next review found",
    "assurance.review": "the window, the days, the team and the decision of a review, each with what follows from the others",
    "initiatives.initiative": "the one tree that access, scope and every path hang on: five kinds, budgets, dates, ratings",
    "planning.dependency": "two sides of one hand-over, giver and taker, each with its dates, its consent and what follows from them",
    "risk.risk": "a quantified record of some thirty fields: money and time at three points, before and after the response",
}
"""Declarations of registers over the limit: register → reason."""

ROWS = [
    ("cli",),
    ("project",),
    ("web", "api"),
    ("reporting", "exchange"),
    ("assurance",),
    ("forecasts", "transition"),
    ("planning", "risk", "communications"),
    ("initiatives",),
    ("organisation",),
    ("register",),
    ("jobs",),
    ("accounts",),
]
ROW_OF = {name: number for number, names in enumerate(reversed(ROWS)) for name in names}


def place(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def length(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_module_is_too_long() -> None:
    assert {place(path): size for path in MODULES if (size := length(path)) > LONGEST_MODULE} == {}


def test_modules_are_small_on_the_whole() -> None:
    assert median(length(path) for path in MODULES if path.name != "__init__.py") <= MEDIAN_MODULE


def test_no_template_is_too_long() -> None:
    assert {place(path): size for path in TEMPLATES if (size := length(path)) > LONGEST_TEMPLATE} == {}


def test_no_function_is_too_long() -> None:
    found = {
        f"{place(path)}:{node.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    }
    assert found == set(LONG_FUNCTIONS)


def test_names_say_something() -> None:
    assert [place(path) for path in SOURCE.rglob("*") if path.stem in EMPTY_NAMES and path.suffix in {".py", ""}] == []


def test_every_module_says_what_lives_in_it() -> None:
    assert [place(path) for path in MODULES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))] == []


def test_imports_in_functions_give_a_reason() -> None:
    found = []
    for path in MODULES:
        lines = path.read_text(encoding="utf-8").splitlines()
        for node in ast.walk(ast.parse("\n".join(lines))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found += [
                    f"{place(path)}:{inner.lineno}"
                    for inner in ast.walk(node)
                    if isinstance(inner, ast.Import | ast.ImportFrom) and not reason_near(lines, inner.lineno)
                ]
    assert sorted(set(found)) == []


def reason_near(lines: list[str], number: int) -> bool:
    """A comment on the line, or on one of the lines above it up to the start of the block of imports."""
    while number >= 1 and (lines[number - 1].strip().startswith(("import ", "from ", "#")) or "#" in lines[number - 1]):
        if "#" in lines[number - 1]:
            return True
        number -= 1
    return False


@pytest.mark.parametrize("folder", sorted({path.parent for path in SOURCE.rglob("register.py")}), ids=lambda path: path.name)
def test_a_register_is_small(folder: Path) -> None:
    """The declaration, that is; other modules in the folder are the function's own code."""
    is_large = length(folder / "model.py") + length(folder / "register.py") > REGISTER_DECLARATION
    assert is_large == (f"{folder.parent.name}.{folder.name}" in LARGE_REGISTERS)
    assert {"model.py", "register.py", "samples.yaml", "guide.md"} <= {path.name for path in folder.iterdir()}


def test_foreign_keys_point_down() -> None:
    wrong = []
    for model in apps.get_models():
        own = model._meta.app_label
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if field.concrete and target is not None and own in ROW_OF and target._meta.app_label in ROW_OF:
                other = target._meta.app_label
                if other != own and ROW_OF[other] >= ROW_OF[own]:
                    wrong.append(f"{own}.{model.__name__}.{field.name} -> {other}")
    assert wrong == []
