"""The Django app of reporting: its pages in the navigation, and the snapshots that “seen as at” offers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    name = "mainstay.reporting"
    label = "reporting"

    def ready(self) -> None:
        # Imports here, because models exist only once the apps are loaded.
        from mainstay.register import panels as register_panels
        from mainstay.register.asat import use_snapshots
        from mainstay.register.menu import register_page
        from mainstay.reporting import panels
        from mainstay.reporting.cycle import link_panel
        from mainstay.reporting.portfolio import panels as portfolio_panels
        from mainstay.reporting.providing import FrozenSnapshots
        from mainstay.reporting.template import panel as template_panel
        from mainstay.reporting.tolerance import reports as tolerance_reports

        use_snapshots(FrozenSnapshots())
        register_page("reporting", _("Status"), "reporting.dashboards", permission="reporting.project_return:view", key="s", order=5)
        register_page("reporting", _("Packs"), "reporting.packs", permission="reporting.snapshot:view", key="p", order=10)
        register_panels.add("initiatives.initiative", panels.packs, order=40)
        register_panels.add("reporting.snapshot", panels.pack, order=10)
        register_panels.add("reporting.template", template_panel.file, order=10)
        register_page("reporting", _("Ready-made returns"), "reporting.ready_made", permission="reporting.definition:create", order=90)
        register_panels.add("reporting.commission", panels.returns, order=10)
        register_panels.add("reporting.project_return", panels.answers, order=10)
        register_panels.add("reporting.project_return", link_panel.link, order=20)
        register_panels.add("reporting.definition", panels.definition, order=10)
        register_panels.add("initiatives.initiative", panels.of_initiative, order=45)
        register_page("reporting", _("As published"), "reporting.portfolios", permission="reporting.published:view", order=20)
        register_panels.add("initiatives.initiative", portfolio_panels.history, order=46)
        register_panels.add("initiatives.initiative", tolerance_reports.panel, order=42)
        register_panels.add("communications.meeting", panels.known_then, order=20)
