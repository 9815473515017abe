"""Telling a channel: one request, and what its answer means for the message."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.utils.translation import gettext as _

from mainstay.post import outgoing, sealing
from mainstay.post.models import Channel, Message, State
from mainstay.post.payloads import payload

LONGEST_PAUSE = timedelta(hours=24)
TRY_LATER = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class Outcome:
    """The state that a message has after an attempt, why, and how long the receiver asks to be left alone."""

    state: State
    reason: str = ""
    not_before: timedelta = timedelta()


def call(message: Message, channel: Channel) -> Outcome:
    if channel.removed_at is not None:
        return Outcome(State.FAILED, _("The channel was removed before this was sent."))
    try:
        url = sealing.unsealed(channel.sealed)
        answer = outgoing.post(url, payload(message, channel.form), key=sha256(message.key.encode()).hexdigest()[:32])
    except sealing.Unreadable:
        return Outcome(State.FAILED, _("The key of the installation has changed. Enter the address of the channel again."))
    except outgoing.Refused as fault:
        return Outcome(State.FAILED, str(fault))
    except outgoing.NotSent as fault:
        return Outcome(State.WAITING, str(fault))
    except outgoing.Unclear:
        return Outcome(State.UNCLEAR, unclear())
    return judged(answer)


def judged(answer: outgoing.Answer) -> Outcome:
    """What a status means. The words of the answer are not read: they could tell of what lies behind."""
    if 200 <= answer.status < 300:
        return Outcome(State.SENT)
    if 300 <= answer.status < 400:
        return Outcome(State.FAILED, _("The receiver sends on to another address, which is not followed. Enter the final address."))
    if answer.status in TRY_LATER or answer.status >= 500:
        pause = min(timedelta(seconds=answer.retry_after or 0), LONGEST_PAUSE)
        return Outcome(State.WAITING, _("The receiver answered %(status)d and is asked again.") % {"status": answer.status}, pause)
    if answer.status in (401, 403, 404, 410):
        told = _("The receiver answered %(status)d: it does not know this address any more. Enter a new one.")
        return Outcome(State.FAILED, told % {"status": answer.status})
    return Outcome(State.FAILED, _("The receiver answered %(status)d and does not take the message.") % {"status": answer.status})


def unclear() -> str:
    return _("No answer came, so it is not known whether it arrived. Look into the channel, and send it again if it is not there.")
