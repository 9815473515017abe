"""Rows of any register out of and into tables. `exporting` and `importing` are what pages, API and commands call."""
