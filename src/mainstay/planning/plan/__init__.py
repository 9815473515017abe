"""Plans as they arrived, version by version."""
