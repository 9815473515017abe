"""Rating scales in reports: the rating that a claim keeps, and what is told where the scale changes."""
