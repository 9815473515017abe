"""Whether a pack may be sent to a person: asked of the one door for access, for that person's own sign-in."""

from django.utils.translation import gettext as _

from mainstay.organisation.models import Person
from mainstay.register.access import may, paths_for
from mainstay.register.record import Marking
from mainstay.reporting.snapshot.model import Snapshot
from mainstay.reporting.snapshot.register import SnapshotRegister

MOST_ATTACHED = 5 * 1024 * 1024


def refusal(person: Person, path: str, place: object) -> str:
    """Why packs of the initiative at `path` are not sent to `person`; "" where nothing speaks against it."""
    told = {"person": person.title, "place": place}
    if person.is_withdrawn or person.has_left:
        return _("%(person)s has left. Take the person off the list.") % told
    if not person.email:
        return _("%(person)s has no e-mail address. Enter it among the people.") % told
    if person.account is None or not person.account.is_active:
        return _("%(person)s has no sign-in, so that nothing says what this person may see. Give one, and a role.") % told
    if not any(path.startswith(one) for one in paths_for(person.account, SnapshotRegister, "view")):
        return _("%(person)s may not see packs of %(place)s. Appoint the person there, or take the name off the list.") % told
    return ""


def may_have_file(person: Person, snapshot: Snapshot, size: int) -> bool:
    """A file that is marked, large, or for somebody who only reads stays here: the message has the link."""
    is_open = Marking.OFFICIAL == snapshot.marking == snapshot.initiative.marking
    return is_open and size <= MOST_ATTACHED and may(person.account, "export", SnapshotRegister, snapshot)
