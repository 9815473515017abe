"""Tests of transition."""
