"""The proof that nothing has been touched: the chain of the history, the guards of the database, every kept file, every snapshot."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from mainstay.forecasts.models import Run
from mainstay.jobs.progress import Progress
from mainstay.planning.models import Plan
from mainstay.register import anchors, guards, history, store
from mainstay.register.models import Attachment, Change

CHUNK = 2000


@dataclass(slots=True)
class Report:
    """What was looked at, how many of each, and one sentence for each thing that is wrong."""

    looked_at: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def verify(progress: Progress | None = None) -> Report:
    tell = progress or Progress()
    report = Report()
    report.faults += [f"The database's guard {name} is missing. Run `mainstay init` to put it back." for name in guards.missing()]
    report.looked_at["guards"] = len(guards.NAMES)
    report.faults += [fault.text for fault in history.faults(told(tell, report))]
    report.faults += [fault.text for fault in anchors.faults()]
    report.looked_at["anchors"] = sum(1 for _line in anchors.lines())
    digests = dict(kept())
    for number, (digest, what) in enumerate(digests.items(), 1):
        tell(number, len(digests), "kept files")
        try:
            store.get(digest)
        except store.StoreError as fault:
            report.faults.append(f"{what}: {fault}")
    report.looked_at["kept files"] = len(digests)
    return report


def told(progress: Progress, report: Report) -> Iterator[Change]:
    """All changes in order, counted on the way."""
    total = Change.objects.count()
    number = 0
    for number, change in enumerate(Change.objects.order_by("sequence").iterator(chunk_size=CHUNK), 1):
        if number % CHUNK == 0:
            progress(number, total, "history")
        yield change
    report.looked_at["events of the history"] = number


def kept() -> Iterator[tuple[str, str]]:
    """Each digest under which a file is kept, and whose it is."""
    for plan in rows(Plan.objects.all(), "ref", "title", "file_digest", "document_digest"):
        yield plan["file_digest"], f"{plan['title']}, file"
        yield plan["document_digest"], f"{plan['title']}, content"
    for run in rows(Run.objects.all(), "title", "input_digest", "result_digest", "samples_digest"):
        yield run["input_digest"], f"{run['title']}, input"
        yield run["result_digest"], f"{run['title']}, result"
        if run["samples_digest"]:
            yield run["samples_digest"], f"{run['title']}, samples"
    for attachment in rows(Attachment.objects.all(), "name", "digest"):
        yield attachment["digest"], f"Attachment {attachment['name']}"


def rows(found: Any, *names: str) -> Iterator[dict[str, Any]]:
    yield from found.values(*names).iterator(chunk_size=CHUNK)
