"""The Django app of transition: its page in the navigation, the panels of a plan, the rules between its registers."""

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class TransitionConfig(AppConfig):
    name = "mainstay.transition"
    label = "transition"

    def ready(self) -> None:
        # Imports here, because models exist only once the apps are loaded.
        from mainstay.planning.models import Milestone
        from mainstay.register import panels as register_panels
        from mainstay.register import rules
        from mainstay.register.menu import register_page
        from mainstay.transition import dates, following, panels
        from mainstay.transition.confirming import judged_stay

        register_page("transition", _("Transitions"), "transition.programmes", permission="transition.plan:view", order=10)
        for order, build in enumerate((panels.go, panels.criteria, panels.cut_over, panels.stability_of)):
            register_panels.add("transition.plan", build, order=order)
        rules.add("transition.plan", dates.plan_faults)
        rules.add("transition.criterion", judged_stay)
        for name in ("criterion", "step", "measure"):
            rules.add(f"transition.{name}", dates.inside_plan)
        # Every door through which a milestone gets another date saves it: page, API, import, and a new plan that feeds it.
        post_save.connect(following.milestone_written, Milestone, dispatch_uid="transition.following")
