"""Workbooks handed out: made of what their taker may see, with an entry in the history of who took them away."""

from collections.abc import Iterator

from mainstay.register.access import visible_to
from mainstay.register.history import Actor, Event, record_event
from mainstay.reporting.commission.model import Commission
from mainstay.reporting.cycle import asking
from mainstay.reporting.cycle.workbook import writing
from mainstay.reporting.project_return.model import OPEN_FOR_ANSWERS, Return
from mainstay.reporting.project_return.register import ReturnRegister


def hand_out(record: Return, actor: Actor) -> tuple[str, bytes]:
    """The name and the content of the workbook of a return that is open for answers."""
    content = writing.write(asking.asked_of(record, actor.account))
    event = Event(ReturnRegister.key, "export", record.pk, record.ref, record.initiative.path, reason=f"workbook, {len(content)} bytes")
    record_event(event, actor)
    return writing.file_name(record), content


def hand_out_all(commission: Commission, actor: Actor) -> Iterator[tuple[str, bytes]]:
    """The workbooks of all returns of a commission that are open, and whose answers `actor` may give."""
    rows = visible_to(actor.account, ReturnRegister, "change").filter(commission=commission, is_withdrawn=False)
    for pk in list(rows.filter(state__in=OPEN_FOR_ANSWERS).order_by("initiative__code").values_list("pk", flat=True)):
        if record := asking.return_of(pk, actor.account, "change"):
            yield hand_out(record, actor)
