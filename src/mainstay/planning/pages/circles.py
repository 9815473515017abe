"""What an integrated plan leaves out because plans wait for each other, in sentences, as far as the reader may see the projects."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.accounts.models import Account
from mainstay.planning.calculations import Calculated
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.models import Dependency
from mainstay.planning.programme import Circle, Programme
from mainstay.register.access import visible_to


@dataclass(frozen=True, slots=True)
class Told:
    """One notice: what was done about it first, then why."""

    lead: str
    text: str
    url: str = ""
    """The agreement that was left out."""
    ref: str = ""


def told(account: Account | None, found: Calculated, visible: Sequence[int], of: int | None = None) -> list[Told]:
    """One notice for each circle all of whose projects the reader may see; the others are counted. `of` is the place of one project."""
    programme, allowed = found.programme, set(visible)
    circles = [circle for circle in programme.circles if of is None or of in projects_of(programme, circle)]
    seen = [circle for circle in circles if projects_of(programme, circle) <= allowed]
    keys = [circle.agreement for circle in seen if circle.agreement is not None]
    records: dict[int, Dependency] = (
        {row.pk: row for row in visible_to(account, DependencyRegister).filter(pk__in=keys).select_related("initiative")} if keys else {}
    )
    notices = [notice(programme, circle, records.get(circle.agreement or 0)) for circle in seen]
    if hidden := len(circles) - len(seen):
        text = ngettext(
            "%(count)d reason lies in a project that you may not see.", "%(count)d reasons lie in projects that you may not see.", hidden
        )
        notices.append(Told(_("Not everything goes together."), text % {"count": hidden}))
    return notices


def projects_of(programme: Programme, circle: Circle) -> set[int]:
    ends = {programme.lines[place].project for place in (*circle.lines, circle.source, circle.target) if place >= 0}
    return ends | ({circle.project} if circle.project >= 0 else set())


def notice(programme: Programme, circle: Circle, record: Dependency | None) -> Told:
    if circle.project >= 0:
        lead = _("%(project)s keeps the dates of its file.") % {"project": programme.projects[circle.project].code}
        return Told(lead, _("The others are calculated, and wait for it by those dates. %(why)s") % {"why": circle.text})
    lead = _("Left out of the calculation: %(link)s.") % {"link": link_words(programme, circle)}
    if record is None:
        return Told(lead, circle.text)
    return Told(lead, circle.text, DependencyRegister.url("detail", record), f"{record.ref} {record.title}")


def link_words(programme: Programme, circle: Circle) -> str:
    """`SCR-HB B2 Hand over → SCR Q1 Order steel`."""
    ends = [programme.lines[place] for place in (circle.source, circle.target) if place >= 0]
    return " → ".join(f"{programme.projects[line.project].code} {line.code} {line.name}" for line in ends)
