"""Tests of the tree of initiatives, appointments and standards."""
