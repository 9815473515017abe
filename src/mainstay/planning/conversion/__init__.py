"""A plan as a file has it → the engine's plan. Knows both vocabularies; needs no database."""

from mainstay.planning.conversion.network import activity_key, plan_data, plan_of_files

__all__ = ["activity_key", "plan_data", "plan_of_files"]
