"""The Django app of planning: its pages in the navigation, what it adds to an initiative's page, the rules of its registers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanningConfig(AppConfig):
    name = "mainstay.planning"
    label = "planning"

    def ready(self) -> None:
        # Imports here, because models exist only once the apps are loaded.
        from mainstay.planning import panels
        from mainstay.planning.rules import activities_exist
        from mainstay.register import panels as register_panels
        from mainstay.register import rules
        from mainstay.register.menu import register_page

        register_page("planning", _("Integrated plans"), "planning.plans", permission="planning.plan:view", key="l", order=10)
        register_panels.add("initiatives.initiative", panels.integrated, order=20)
        register_panels.add("planning.plan", panels.versions, order=10)
        register_panels.add("planning.levelling", panels.proposal, order=10)

        for key in ("planning.dependency", "planning.milestone"):
            rules.add(key, activities_exist)
