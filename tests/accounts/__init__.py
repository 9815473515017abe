"""Tests of accounts, tokens and the sign-in policy."""
