"""Assurance: reviews and approvals of initiatives, who reviews, what is found, and what becomes of it."""
