"""Triage: how likely an initiative is to go wrong and how much that would matter, and whether it therefore needs a review."""
