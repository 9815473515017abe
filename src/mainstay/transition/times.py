"""When a step of a cut-over began and ended, put right by hand: what the clock stamped stays in the history, with the reason."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.register import actions, words
from mainstay.register.derived import derive
from mainstay.register.errors import Invalid
from mainstay.register.history import Actor
from mainstay.transition.models import CutOverStep
from mainstay.transition.step.register import CutOverStepRegister

VERB = "corrected the times"
FORM = "%Y-%m-%dT%H:%M"


def stamped(step: CutOverStep) -> list[str]:
    """The times that this step has and that may be wrong: those of a step that waits have not come."""
    return [name for name in ("started_at", "ended_at") if getattr(step, name) is not None]


def typed(moment: datetime) -> str:
    """A time on the clocks of the office, as an input of the browser holds it."""
    return words.local(moment).strftime(FORM)


def read(text: str, label: str, held: datetime) -> datetime:
    """A time of the office's clocks. One that is left as it stands keeps the seconds that no input shows."""
    if text.strip() == typed(held):
        return held
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        values = {"label": label, "text": text.strip()[:40]}
        raise Invalid({"time": [_("%(label)s is “%(text)s”. Enter a day and a time such as 2026-11-30 18:05.") % values]}) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(settings.LOCAL_TIME_ZONE))


@transaction.atomic
def correct(pk: int, version: int | None, texts: dict[str, str], reason: str, actor: Actor) -> CutOverStep:
    """Put the times of a step right.

    Raises
    ------
    NotFound, Refused, Stale, Invalid
        Then nothing is written.
    """
    step: CutOverStep = actions.locked(CutOverStepRegister, pk, version, actor, "change")
    names = stamped(step)
    if not names:
        raise Invalid({"time": [_("This step has not begun: it has no time that could be put right.")]})
    if not reason.strip():
        raise Invalid({"reason": [_("Say why the time is corrected: what the clock stamped stays in the history beside it.")]})
    values = {name: read(texts.get(name, ""), CutOverStepRegister.label(name), getattr(step, name)) for name in names}
    for name, moment in values.items():
        if moment > timezone.now():
            raise Invalid({"time": [_("%(label)s: this time has not come yet.") % {"label": CutOverStepRegister.label(name)}]})
    if len(values) > 1 and values["ended_at"] < values["started_at"]:
        raise Invalid({"time": [_("A step ends after it has started. Correct one of the two times.")]})
    if not derive(CutOverStepRegister, step, values, actor, verb=VERB, reason=reason.strip()):
        raise Invalid({"time": [_("These are the times that stand already. Change one of them.")]})
    step.refresh_from_db()
    return step
