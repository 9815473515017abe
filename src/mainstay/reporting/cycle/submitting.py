"""A form of a return that has come: its answers saved and, where asked, sent; of several people at the same moment one sends it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from mainstay.register.errors import Invalid, NotFound, Stale
from mainstay.register.history import Actor
from mainstay.reporting.cycle import answering
from mainstay.reporting.cycle.answering import Saved
from mainstay.reporting.cycle.asking import asked_of, return_of
from mainstay.reporting.cycle.overtaken import too_late
from mainstay.reporting.project_return.model import OPEN_FOR_ANSWERS

MOST_TRIES = 5


@dataclass(slots=True)
class Submitted:
    """What became of a form."""

    saved: Saved
    faults: dict[str, str] = field(default_factory=dict)
    """A sentence for each answer that is not saved or that is missing, by the key of its input."""
    is_sent: bool = False


def submit(pk: int, given: Mapping[str, str], was: Mapping[str, str], actor: Actor, *, send: bool) -> Submitted:
    """Save the answers and send the return. Raises NotFound, and AlreadySent where somebody else has sent it first."""
    saved = save(pk, given, was, actor)
    made = Submitted(saved, dict(saved.faults))
    if not send or made.faults:
        return made
    try:
        answering.send(pk, saved.record.version, actor)
        made.is_sent = True
    except Invalid as fault:
        made.faults = {key: " ".join(texts) for key, texts in fault.errors.items()}
    except Stale:
        refuse_sent(pk, given, was, actor)
        made.faults = {"": _("Somebody has answered since. Look at what stands now, and send it again.")}
    return made


def save(pk: int, given: Mapping[str, str], was: Mapping[str, str], actor: Actor) -> Saved:
    """Save; where somebody else writes at the same moment, look again at what stands, so that each answer is judged by itself."""
    for _number in range(MOST_TRIES - 1):
        try:
            return answering.save(pk, given, was, actor)
        except Stale:
            continue
    return answering.save(pk, given, was, actor)


def refuse_sent(pk: int, given: Mapping[str, str], was: Mapping[str, str], actor: Actor) -> None:
    """Raise AlreadySent where the return is with the office by now; all of `given` that stands is in it."""
    record = return_of(pk, actor.account, "change")
    if record is None:
        raise NotFound
    if record.state not in OPEN_FOR_ANSWERS:
        raise too_late(asked_of(record, actor.account, given), given, was)
