"""The reference pages say what the declarations say."""

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "scripts" / "write_reference.py"
_spec = importlib.util.spec_from_file_location("write_reference", SCRIPT)
assert _spec is not None and _spec.loader is not None
write_reference = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(write_reference)


@pytest.mark.parametrize("name", sorted(write_reference.PAGES))
def test_a_reference_page_is_current(name: str) -> None:
    """Run `make reference` where this fails."""
    assert (write_reference.REFERENCE / name).read_text(encoding="utf-8") == write_reference.PAGES[name]()
