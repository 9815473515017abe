"""What the API offers stands line by line in tests/golden/openapi.txt, so that a change of it is seen and meant.

`RENEW_GOLDEN=1 .venv/bin/pytest tests/api/test_golden.py -n 0` writes the file anew; look at the difference before it is committed.
"""

import os
from difflib import unified_diff
from pathlib import Path

import pytest

from mainstay.api.service import all_operations
from tests.contract.addresses import API

GOLDEN = Path(__file__).parents[1] / "golden" / "openapi.txt"


def test_the_api_offers_what_the_golden_file_says() -> None:
    offered = sorted(f"{one.method:6} {API}{one.path}  {one.name}  {one.permission}" for one in all_operations())
    if os.environ.get("RENEW_GOLDEN"):
        GOLDEN.write_text("\n".join(offered) + "\n", encoding="utf-8")
    changed = list(unified_diff(GOLDEN.read_text(encoding="utf-8").splitlines(), offered, "golden", "offered", n=0, lineterm=""))
    if changed:
        pytest.fail(
            "The API offers something else than before. If that is meant, run\n"
            "  RENEW_GOLDEN=1 .venv/bin/pytest tests/api/test_golden.py -n 0\n"
            "and tell of the change in CHANGELOG.md.\n" + "\n".join(changed),
            pytrace=False,
        )
