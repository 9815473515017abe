"""The Django app of planning: its pages in the navigation, what it adds to an initiative's page, the rules of its registers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanningConfig(AppConfig):
    name = "mainstay.planning"
    label = "planning"

    def ready(self) -> None:
        # Imports here, because models exist only once the apps are loaded.
        from mainstay.planning import panels
        from mainstay.planning.milestone import showing as milestone_panel
        from mainstay.planning.promises import circling, link_panel, sides
        from mainstay.planning.promises import panels as promise_panels
        from mainstay.planning.rules import activities_exist, feeders_exist
        from mainstay.register import panels as register_panels
        from mainstay.register import rules
        from mainstay.register.menu import register_page

        register_page("planning", _("Integrated plans"), "planning.plans", permission="planning.plan:view", key="l", order=10)
        register_panels.add("initiatives.initiative", panels.integrated, order=20)
        register_panels.add("planning.plan", panels.versions, order=10)
        register_panels.add("planning.levelling", panels.proposal, order=10)
        register_panels.add("planning.dependency", promise_panels.promise, order=10)
        register_panels.add("planning.dependency", link_panel.link, order=30)
        register_panels.add(register_panels.WORK, promise_panels.drifting, order=40)

        register_panels.add("planning.milestone", milestone_panel.feeders, order=5)
        register_panels.add("initiatives.initiative", milestone_panel.dates, order=19)

        rules.add("planning.dependency", activities_exist)
        rules.add("planning.milestone", feeders_exist)
        rules.add_beside("planning.dependency", circling.FIELDS, circling.closes_no_circle)
        rules.add_beside("planning.dependency", ("promised_by", "delivered_on"), sides.givers_date)
        rules.add_beside("planning.dependency", ("needed_by",), sides.getters_date)
