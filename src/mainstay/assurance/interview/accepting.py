"""A proposed timetable accepted as a whole."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.assurance.interview.register import InterviewRegister
from mainstay.register import actions
from mainstay.register.access import visible_to
from mainstay.register.errors import Refused
from mainstay.register.history import Actor


@transaction.atomic
def accept(review: Any, actor: Actor) -> int:
    """Take every proposed interview to accepted; how many they were. One that cannot be undoes all."""
    seen = visible_to(actor.account, InterviewRegister, "change").filter(review=review.pk, is_withdrawn=False, state="proposed")
    rows = list(seen.order_by("pk"))
    if not rows:
        raise Refused(_("Nothing is proposed. Propose a timetable first."))
    for row in rows:
        actions.move(InterviewRegister, row.pk, row.version, "accept", actor)
    return len(rows)
