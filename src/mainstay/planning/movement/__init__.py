"""What moved between two versions of a plan: which activity is which, and what of it has changed. No database."""

from mainstay.planning.movement.comparing import Change, Kind, Movement, movement

__all__ = ["Change", "Kind", "Movement", "movement"]
