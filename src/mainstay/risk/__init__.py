"""Threats and opportunities, their shared causes, and issues."""
