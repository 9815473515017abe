"""The plan on a page, to print: landscape PDF, and slides of native shapes. One layout for both."""

from mainstay.render.plan_page.page import Bar, PlanPage

__all__ = ["Bar", "PlanPage"]
