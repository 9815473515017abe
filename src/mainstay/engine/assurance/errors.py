"""What the scheduling of reviews refuses, each with one sentence."""

from mainstay.engine.errors import EngineError


class ReviewError(EngineError):
    """A review, reviewer or room that is stated wrongly, or named without being there."""
