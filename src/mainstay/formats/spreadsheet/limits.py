"""What one reading of a table may cost."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """`area` bounds rows times columns as the sheet spans them: memory follows the span, however few cells are filled."""

    file_mb: int = 25
    rows: int = 100_000
    columns: int = 16_384
    area: int = 4_000_000
    characters: int = 40_000_000
    memory_mb: int = 1_024
    seconds: int = 30


MOST_IN_CELL = 32_767
"""Characters that Excel itself lets a cell have."""
