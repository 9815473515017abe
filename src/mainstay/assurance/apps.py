"""The Django app of assurance: its compartments, its pages in the navigation, panels, and the rules between its registers."""

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _

CLASHING = ("held_on", "begins", "minutes", "interviewee", "others", "panel", "state", "is_withdrawn")
"""Fields of an interview from which it follows whom it holds when."""


class AssuranceConfig(AppConfig):
    name = "mainstay.assurance"
    label = "assurance"
    verbose_name = _("Assurance")

    def ready(self) -> None:
        # Imports here, because models exist only once the apps are loaded.
        from mainstay.assurance import following, placing
        from mainstay.assurance.assessment import chain, reopening
        from mainstay.assurance.compartments import Compartments
        from mainstay.assurance.gate import opening
        from mainstay.assurance.interview import clashing
        from mainstay.assurance.member import independence
        from mainstay.assurance.recommendation import closing
        from mainstay.assurance.report import issuing, reassessing, releasing
        from mainstay.initiatives.authority import Appointments
        from mainstay.initiatives.models import Initiative
        from mainstay.planning.models import Milestone
        from mainstay.register import rules
        from mainstay.register.access import use_authority

        use_authority(Compartments(Appointments()))
        self.menu()
        self.panels()
        rules.add("assurance.review", placing.review_moves_with_its_milestone)
        rules.add("assurance.review", issuing.stays)
        rules.add("assurance.recipient", placing.of_its_report)
        for name in ("report", "recommendation", "member", "document", "interview", "gate"):
            rules.add(f"assurance.{name}", placing.of_its_review)
        rules.add("assurance.recommendation", closing.judged_stay)
        rules.add("assurance.assessment", chain.judged_stay)
        rules.add("assurance.assessment", chain.answers_fit)
        rules.add_beside("assurance.recommendation", ("state",), closing.name_verifier)
        rules.add_beside("assurance.assessment", ("state",), chain.name_taker)
        rules.add_beside("assurance.member", ("state", "review", "reviewer", "part", "is_withdrawn"), independence.stands)
        rules.add_beside("assurance.review", ("starts_on", "ends_on", "state", "interests"), independence.team_stands)
        # Changes of many rows at once are judged by the gate alone.
        rules.add("assurance.member", independence.booked_stands)
        rules.add("assurance.review", independence.team_suits)
        for name in ("report", "recommendation"):
            rules.add_beside(f"assurance.{name}", ("is_released",), releasing.by_its_owner)
        rules.add_beside("assurance.interview", CLASHING, clashing.stands)
        rules.add_beside("assurance.gate", ("state",), opening.name_waiver)
        rules.add_beside("initiatives.initiative", ("state",), opening.lock)
        rules.add_beside("assurance.report", ("is_released", "state", "reassess_on"), reassessing.propose)
        # Every door through which a milestone gets another date saves it: page, API, import, and a new plan that feeds it.
        post_save.connect(following.milestone_written, Milestone, dispatch_uid="assurance.following")
        post_save.connect(reopening.initiative_written, Initiative, dispatch_uid="assurance.reopening")

    def menu(self) -> None:
        """The pages that are no registers."""
        from mainstay.register.menu import register_page  # as above

        register_page("assurance", _("Assurance plan"), "assurance.plans", permission="assurance.review:view", order=10)
        register_page("assurance", _("Calendar of reviews"), "assurance.calendars", permission="assurance.review:view", order=15)

    def panels(self) -> None:
        """What the pages of its records show beside their fields."""
        from mainstay.assurance import panels, workspace  # as above
        from mainstay.assurance.calendar.panel import bookings  # as above
        from mainstay.register.panels import add  # as above

        for key, builders in (
            (
                "review",
                (
                    panels.rating,
                    workspace.after_red,
                    panels.wrong,
                    workspace.documents,
                    workspace.interviews,
                    panels.team,
                    panels.found_there,
                    workspace.carried,
                ),
            ),
            ("report", (panels.rating,)),
            ("recommendation", (panels.verified, panels.repeated)),
            ("assessment", (panels.result,)),
            ("gate", (workspace.gate,)),
            ("reviewer", (bookings,)),
        ):
            for order, build in enumerate(builders):
                add(f"assurance.{key}", build, order=order)
        add("initiatives.initiative", workspace.gates_of, order=20)
