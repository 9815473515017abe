"""What channels are told of returns and packs: title, sentence and link, and the name of no person."""

from django.conf import settings
from django.utils.translation import gettext as _

from mainstay.initiatives.announcing import announce
from mainstay.post.channels import ChannelEvent
from mainstay.register import words
from mainstay.reporting.project_return.model import Return
from mainstay.reporting.snapshot.model import Snapshot


def step_taken(row: Return, rung: str) -> None:
    """A step of the chase was taken."""
    event = ChannelEvent(rung)
    told = {"title": row.title, "place": row.initiative, "day": words.day(row.due_on), "freeze": words.day(row.commission.freezes_on)}
    title, sentence = {
        ChannelEvent.ASKED: (_("Return asked: %(title)s"), _("%(place)s answers by %(day)s.")),
        ChannelEvent.REMINDER: (_("Due today: %(title)s"), _("The return of %(place)s has not been sent.")),
        ChannelEvent.CALL: (_("Late: %(title)s"), _("The return of %(place)s was due on %(day)s. The office calls.")),
        ChannelEvent.SPONSOR: (
            _("Sponsor told: %(title)s"),
            _("The return of %(place)s was due on %(day)s. The pack freezes on %(freeze)s."),
        ),
        ChannelEvent.FROZEN: (_("NOT REPORTED: %(title)s"), _("%(place)s sent no return for the pack that froze on %(freeze)s.")),
    }[event]
    link = f"{settings.PUBLIC_URL}/reporting/returns/{row.pk}/"
    announce(row.initiative, event, f"return-{row.pk}", title % told, sentence % told, link, row.marking)


def frozen(snapshot: Snapshot) -> None:
    """A period was frozen, or a frozen one corrected."""
    told = {"title": snapshot.title, "place": snapshot.initiative}
    if snapshot.supersedes is None:
        title, sentence = _("Period frozen: %(title)s"), _("The facts of %(place)s are frozen, and the pack can be read.")
    else:
        told["old"] = snapshot.supersedes.title
        title, sentence = _("Pack corrected: %(title)s"), _("The pack %(old)s of %(place)s is superseded. Read the new one.")
    key = f"snapshot-{snapshot.pk}"
    announce(snapshot.initiative, ChannelEvent.SNAPSHOT, key, title % told, sentence % told, address(snapshot), snapshot.marking)


def sent_to_list(snapshot: Snapshot) -> None:
    """A pack was sent to the first person of its list."""
    told = {"title": snapshot.title, "place": snapshot.initiative}
    title, sentence = _("Pack sent: %(title)s") % told, _("The pack of %(place)s was sent to its list.") % told
    announce(snapshot.initiative, ChannelEvent.PACK, f"snapshot-{snapshot.pk}", title, sentence, address(snapshot), snapshot.marking)


def address(snapshot: Snapshot) -> str:
    return f"{settings.PUBLIC_URL}/reporting/pack/{snapshot.pk}/"
