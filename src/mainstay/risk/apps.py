"""The Django app of risk: its page in the navigation and on the page of an initiative."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RiskConfig(AppConfig):
    name = "mainstay.risk"
    label = "risk"

    def ready(self) -> None:
        # Imports here, because models exist only once the apps are loaded.
        from mainstay.register import panels as register_panels
        from mainstay.register import rules
        from mainstay.register.menu import register_page
        from mainstay.register.panels import WORK
        from mainstay.risk import appetite, drawing_down, other_panels, panels, record_panels, responding
        from mainstay.risk.risk.response_lists import known_list

        register_page("risk", _("Heat map"), "risk.heat_maps", permission="risk.risk:view", order=60)
        register_page("risk", _("Proximity"), "risk.proximities", permission="risk.risk:view", order=61)
        register_page("risk", _("Appetite"), "risk.appetites", permission="risk.risk:view", order=62)
        register_panels.add("initiatives.initiative", panels.exposure, order=40)
        for order, build in enumerate(
            (
                *(record_panels.picture, record_panels.figures, record_panels.responses, record_panels.next_steps),
                *(record_panels.warnings, record_panels.against_appetite, record_panels.levels),
            )
        ):
            register_panels.add("risk.risk", build, order=order)
        register_panels.add("risk.assumption", other_panels.make_risk)
        register_panels.add("risk.indicator", other_panels.readings)
        register_panels.add("risk.workshop", other_panels.session)
        register_panels.add("risk.budget", other_panels.budget)
        register_panels.add(WORK, other_panels.due_for_review, order=15)
        rules.add("initiatives.standard", known_list)
        rules.add("initiatives.standard", appetite.sound)
        rules.add("risk.risk", responding.risk_in_list)
        rules.add("risk.response", responding.response_in_list)
        rules.add("risk.drawdown", drawing_down.decided_stays)
        rules.add_beside("risk.drawdown", ("state", "amount", "budget", "is_withdrawn"), drawing_down.drawdown_fits)
        rules.add_beside("risk.budget", ("amount",), drawing_down.budget_covers)
