"""What holds a gate closed, who opens or waives it, and the lock: no initiative goes into delivery while a gate of it is closed."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.assurance.gate.model import Gate
from mainstay.assurance.lists import gates
from mainstay.assurance.recommendation.model import Recommendation
from mainstay.assurance.review.steps import DONE
from mainstay.initiatives import scale as scales
from mainstay.register.access import may_at_hand
from mainstay.register.spec import Register

OPENED = "delivery"
"""The state of an initiative that a closed gate keeps it from."""
UNDONE = ("open", "claimed")


def hindrances(gate: Gate) -> list[str]:
    """What keeps it closed, as sentences; only what has been released is looked at, so that nothing else shows through."""
    review = gate.review
    if review is None or review.is_withdrawn or review.state == "cancelled":
        return [_("No review is named whose outcome opens it.")]
    told = {"review": review}
    if review.state not in DONE:
        return [_("%(review)s has not been held and issued.") % told]
    scale = scales.named(review.rating_scale) if review.rating else None
    step = scale.step(review.rating) if scale else None
    if scale is None or step is None:
        return [_("The rating of %(review)s has not been released.") % told]
    found = []
    if review.rating not in gates.passing(review.rating_scale):
        text = _("%(review)s is rated %(rating)s on %(scale)s, which does not pass.")
        found.append(text % {**told, "rating": step.word, "scale": scale.short})
    rows = Recommendation.objects.filter(review=review.pk, is_released=True, is_withdrawn=False, state__in=UNDONE)
    refs = list(rows.filter(priority__in=gates.conditions()).order_by("number", "pk").values_list("ref", flat=True))
    if refs:
        found.append(_("Conditions of %(review)s are open: %(refs)s.") % {**told, "refs": ", ".join(refs)})
    return found


def refusal(register: type[Register], record: Any, move: str, account: Account | None) -> str:
    if not may_at_hand(account, "decide", register, record):
        return _("Only whoever decides here opens, waives or closes a gate: the senior responsible owner, or the head of office.")
    return " ".join(hindrances(record)) if move == "open" else ""


def name_waiver(record: Any, account: Account | None) -> Iterator[tuple[str, str]]:
    """Called once it is written, with whoever wrote it."""
    if record.state == "waived" and not record.waived_by:
        record.waived_by = account.name if account else ""
        Gate.objects.filter(pk=record.pk).update(waived_by=record.waived_by)
    yield from ()


def lock(initiative: Any, account: Account | None) -> Iterator[tuple[str, str]]:  # noqa: ARG001  # the signature of a rule
    """Asked once an initiative has been taken to another state: into delivery it goes only through its gates."""
    if initiative.state != OPENED:
        return
    for gate in Gate.objects.filter(initiative=initiative.pk, is_withdrawn=False).exclude(state="waived").select_related("review"):
        why = hindrances(gate)
        if gate.state == "closed" and not why:
            why = [_("Nothing stands in its way: whoever decides opens it.")]
        if why:
            yield "state", _("%(gate)s is closed. %(why)s") % {"gate": gate, "why": " ".join(why)}
