"""Making and changing a record."""

PAGES = ()
