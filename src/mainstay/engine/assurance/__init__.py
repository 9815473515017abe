"""The calendar of assurance reviews: when and by whom each is held. Start at ``scheduling.propose``; ``interviews`` is within a review."""
