"""Files of other tools, read into neutral dataclasses. Pure: no Django, no database."""
