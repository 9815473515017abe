"""Which channels are told of an event: what other packages call, inside the transaction that gives the reason for it."""

from collections.abc import Callable, Collection

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.post import outgoing, sealing
from mainstay.post.models import Channel, Form, Message, State
from mainstay.post.writing import LONGEST_SUBJECT

OPEN = "OFFICIAL"
"""The lowest marking; of what carries a higher one only the title leaves the house."""


class ChannelEvent(models.TextChoices):
    """What a channel can be told of."""

    ASKED = "asked", gettext_lazy("A return is asked")
    REMINDER = "reminder", gettext_lazy("A return is due today and was not sent")
    CALL = "call", gettext_lazy("A return is late: the office calls")
    SPONSOR = "sponsor", gettext_lazy("A sponsor was told of a late return")
    FROZEN = "frozen", gettext_lazy("A return is NOT REPORTED in the pack")
    SNAPSHOT = "snapshot", gettext_lazy("A period was frozen, or a frozen one corrected")
    PACK = "pack", gettext_lazy("A pack was sent to its list")


Places = Callable[[], Collection[str]]


def announce(event: ChannelEvent, places: Places, key: str, title: str, sentence: str, link: str, marking: str = OPEN) -> int:
    """Write one message for each channel that listens for `event` at one of `places`; how many listen. The same key tells once.

    Where it is is asked for only if somebody listens: most installations have few channels, or none.
    """
    interested = [one for one in Channel.objects.filter(is_on=True, removed_at=None) if event.value in one.events]
    here = places() if any(one.place for one in interested) else ()
    listening = [one for one in interested if hears(one, here)]
    for channel in listening:
        write(channel, f"{key}-{event.value}", title, sentence if marking == OPEN else "", link)
    return len(listening)


def hears(channel: Channel, places: Collection[str]) -> bool:
    return not channel.place or channel.place in places


def write(channel: Channel, key: str, title: str, sentence: str, link: str) -> Message:
    values = {
        "channel": channel,
        "name": channel.name,
        "subject": " ".join(title.split())[:LONGEST_SUBJECT],
        "body": " ".join(sentence.split()),
        "link": link,
    }
    return Message.objects.get_or_create(key=f"{key}-channel-{channel.pk}", defaults=values)[0]


def set_address(channel: Channel, url: str) -> None:
    """Keep the secret address of a channel. Raises outgoing.Refused, with a sentence, where nothing may be sent there."""
    channel.host = outgoing.target_of(url).host
    channel.sealed = sealing.seal(url)


def try_out(channel: Channel) -> Message:
    """A message that says nothing but that it arrives."""
    sentence = _("If you can read this, Mainstay reaches this channel.")
    return write(channel, f"trial-{timezone.now():%Y%m%d%H%M%S%f}", _("Trial message from Mainstay"), sentence, "")


@transaction.atomic
def remove(channel: Channel) -> None:
    """Forget the address; what was sent stays in the list, what waits is given up."""
    channel.removed_at, channel.is_on, channel.sealed = timezone.now(), False, ""
    channel.save()
    waiting = Message.objects.filter(channel=channel, state=State.WAITING)
    waiting.update(state=State.FAILED, error=_("The channel was removed before this was sent."))


__all__ = ["Channel", "ChannelEvent", "Form", "announce", "hears", "remove", "set_address", "try_out"]
