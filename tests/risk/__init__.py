"""Tests of risk."""
