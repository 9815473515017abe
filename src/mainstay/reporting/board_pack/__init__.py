"""The board's pack: its facts, how they are gathered and judged, and how they are told."""
