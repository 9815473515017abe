"""The proof that no snapshot has been altered since it was frozen: row, history and kept document must say the same."""

from collections.abc import Iterator

from mainstay.register import store
from mainstay.register.history import Fault
from mainstay.register.models import Change
from mainstay.reporting.snapshot.model import Snapshot

KEY = "reporting.snapshot"


def verify() -> Iterator[Fault]:
    """Walk all snapshots, and all events of freezing, and name each that does not fit."""
    frozen = {change.record_id: change for change in Change.objects.filter(register=KEY, verb="freeze").order_by("sequence")}
    for snapshot in Snapshot.objects.select_related("initiative").order_by("pk").iterator(chunk_size=500):
        called = f"Snapshot {snapshot.title} of {snapshot.initiative.code}"
        change = frozen.pop(snapshot.pk, None)
        if change is None:
            yield Fault(snapshot.sequence, f"{called} is not in the history.")
            continue
        told = {name: change.after.get(name) for name in ("digest", "sequence", "title", "marking", "supersedes")}
        held = {
            "digest": snapshot.digest,
            "sequence": snapshot.sequence,
            "title": snapshot.title,
            "marking": snapshot.marking,
            "supersedes": snapshot.supersedes_id,
        }
        wrong = sorted(name for name in told if told[name] != held[name])
        if wrong:
            yield Fault(change.sequence, f"{called} is not what was frozen: {', '.join(wrong)} differ from the history.")
            continue
        try:
            size = len(store.get(snapshot.digest))
        except store.StoreError as fault:
            yield Fault(change.sequence, f"{called}: {fault}")
        else:
            if size != snapshot.size:
                yield Fault(change.sequence, f"{called} is said to be {snapshot.size} bytes and is {size}.")
    for change in frozen.values():
        yield Fault(change.sequence, f"Snapshot {change.after.get('title', change.ref)} was frozen and is no longer there.")
