"""Whole numbers that come as text, in addresses, forms and files: ids, versions, pages. Anything else is none, and raises nothing."""

LONGEST_ID = 18
"""Digits that fit every database's whole numbers."""
LONGEST_VERSION = 9


def whole_number(text: str, longest: int = LONGEST_ID) -> int | None:
    """The number that `text` writes with plain digits, at most `longest` of them; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= longest else None
