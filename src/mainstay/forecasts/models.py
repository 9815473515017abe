"""The records of this package: the table of contents."""

from mainstay.forecasts.run.model import Run

__all__ = ["Run"]
