"""The records of this package: the table of contents."""

from mainstay.reporting.snapshot.model import Snapshot

__all__ = ["Snapshot"]
