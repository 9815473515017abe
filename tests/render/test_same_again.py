"""The same report gives the same bytes, in another process and at another hour as well."""

import hashlib
import subprocess
import sys

import pytest

from mainstay.render import MEDIA_TYPES, Format, write
from mainstay.render.html import fragment
from tests.render.sample import board_pack

AGAIN = """
import hashlib, sys
from mainstay.render import write
from tests.render.sample import board_pack
print(hashlib.sha256(write(board_pack(), sys.argv[1])).hexdigest())
"""


@pytest.mark.parametrize("kind", MEDIA_TYPES)
def test_the_same_report_gives_the_same_bytes(kind: Format) -> None:
    first = hashlib.sha256(write(board_pack(), kind)).hexdigest()
    other = subprocess.run(
        [sys.executable, "-c", AGAIN, kind],
        capture_output=True,
        text=True,
        check=True,
        env={"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "PYTHONPATH": "src:."},
    )
    assert other.stdout.strip() == first


def test_the_same_report_gives_the_same_page() -> None:
    assert fragment(board_pack()) == fragment(board_pack())


def test_an_unknown_format_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="no report format 'odt'"):
        write(board_pack(), "odt")  # type: ignore[arg-type]  # the mistake that is tested
