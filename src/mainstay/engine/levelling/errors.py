"""What levelling refuses, each with one sentence."""

from collections.abc import Sequence

from mainstay.engine.errors import EngineError


class LevellingError(EngineError):
    """A problem that has no answer, or that is stated wrongly."""


class CapacityError(LevellingError):
    """One activity needs more of a resource than there ever is."""

    def __init__(self, activity: str, resource: str, amount: object, most: object) -> None:
        super().__init__(
            f"Activity {activity} needs {amount} of {resource}, of which there are never more than {most}; "
            "lower the demand or raise the capacity."
        )


class CircleError(LevellingError):
    """Activities that wait for each other."""

    def __init__(self, activities: Sequence[str]) -> None:
        shown = [*activities, activities[0]] if len(activities) <= 12 else [*activities[:6], "…", *activities[-5:], activities[0]]
        super().__init__(f"These activities wait for each other: {' → '.join(shown)}; remove one of the links between them.")
