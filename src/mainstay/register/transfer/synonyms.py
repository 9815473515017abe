"""Headings that registers of the field go by, for fields of these names in any register; kept in the YAML file beside this."""

from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_suffix(".yaml")


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Field → headings as `header.normal` writes them."""
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {name: tuple(headings) for name, headings in told.items()}
