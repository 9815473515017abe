"""Portfolios of projects as offices publish them: any table → typed rows, with a sentence for each cell that says no figure."""

from mainstay.formats.portfolio.fields import Field
from mainstay.formats.portfolio.mapping import Mapping
from mainstay.formats.portfolio.publication import Entry, Publication, Unread
from mainstay.formats.portfolio.reading import read, read_book
from mainstay.formats.portfolio.readings import Absent, Amount, Rated, Why
from mainstay.formats.portfolio.scales import Scale
from mainstay.formats.portfolio.totals import Total, totals

__all__ = [
    "Absent",
    "Amount",
    "Entry",
    "Field",
    "Mapping",
    "Publication",
    "Rated",
    "Scale",
    "Total",
    "Unread",
    "Why",
    "read",
    "read_book",
    "totals",
]
