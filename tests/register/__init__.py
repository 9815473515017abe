"""Tests of the register mechanism."""
