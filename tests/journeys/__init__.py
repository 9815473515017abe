"""A PMO's work in a real browser."""
