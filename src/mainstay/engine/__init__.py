"""Arithmetic of plans, risks and money. Pure: no Django, no files, no network."""
