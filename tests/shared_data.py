"""Where the real files lie that are too many or not ours to ship; tests that need them skip without them."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def shared_data(name: str) -> Path:
    """The folder `name` of the shared data, or skip the test."""
    place = Path(os.environ.get("MAINSTAY_SHARED_DATA", ROOT.parent / "shared" / "data")) / name
    if not place.exists():
        pytest.skip(f"needs the shared data {name}, which are not here")
    return place
