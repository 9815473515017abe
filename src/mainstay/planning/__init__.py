"""Plans as they arrive, the integrated plan, milestones and dependencies."""
