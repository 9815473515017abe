"""Plans as a table of text (CSV): written and read again. Made of activities, links and who works on what; nothing else fits."""

from mainstay.formats.plans.text.reading import from_csv, is_plan_table
from mainstay.formats.plans.text.writing import to_csv

__all__ = ["from_csv", "is_plan_table", "to_csv"]
