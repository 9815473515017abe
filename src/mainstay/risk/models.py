"""The records of this package: the table of contents."""
