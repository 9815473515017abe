"""Actions and decisions: what was asked of whom, and what was resolved."""
