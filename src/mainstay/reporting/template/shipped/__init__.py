"""The templates that are shipped: files like anybody's, taken in through the same check. `scripts/write_templates.py` writes them."""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext_lazy as _

from mainstay.initiatives.initiative.model import Initiative
from mainstay.register import actions
from mainstay.register.history import Actor
from mainstay.reporting.template import storing
from mainstay.reporting.template.model import Template
from mainstay.reporting.template.register import TemplateRegister

SHIPPED = {
    "highlight-report.docx": (_("Highlight report"), _("Each month, one page or two for each project.")),
    "board-slides.pptx": (_("Board slides"), _("The board's meeting: position, decisions, what moved, risks, outlook, each project.")),
    "exception-report.docx": (_("Exception report"), _("When limits are passed: what is asked first, then what is beyond them.")),
    "portfolio-dashboard.xlsx": (_("Portfolio dashboard"), _("Lists as tables of Excel, counted by formulas on a first sheet.")),
    "one-page-a3.pptx": (_("One page, A3"), _("The position on one sheet, for the wall and for those with a minute.")),
}


def take(place: Initiative, actor: Actor) -> list[Template]:
    """All of them, put into use for an initiative."""
    return [taken(place, name, actor) for name in SHIPPED]


def taken(place: Initiative, name: str, actor: Actor) -> Template:
    title, purpose = SHIPPED[name]
    held = storing.received(SimpleUploadedFile(name, (Path(__file__).parent / name).read_bytes()))
    made = storing.add(place, held, {"title": str(title), "purpose": str(purpose)}, actor)
    in_use: Template = actions.move(TemplateRegister, made.pk, made.version, "use", actor)
    return in_use
