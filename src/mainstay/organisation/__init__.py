"""Offices of the P3O model and the people of the organisation."""
