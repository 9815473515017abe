"""A pack made from a template and a snapshot, as a file; who took it away stands in the history."""

import re

from mainstay.register import store
from mainstay.register.history import Actor, Event, record_event
from mainstay.reporting.distribution import receipts
from mainstay.reporting.snapshot.model import Snapshot
from mainstay.reporting.snapshot.register import SnapshotRegister
from mainstay.reporting.template.model import Template
from mainstay.reporting.templating import limited


def pack_of(snapshot: Snapshot, template: Template) -> tuple[str, bytes]:
    """The file's name and content. Raises StoreError, DocumentError or TemplateFault, each with a sentence."""
    content = limited.made(store.get(template.digest), template.kind, store.get(snapshot.digest), snapshot.digest)
    return f"{file_name(snapshot, template.title)}.{template.kind}", content


def file_name(snapshot: Snapshot, title: str) -> str:
    """`SCR October 2026 Highlight report`: nothing that a file system or a header could take amiss."""
    name = re.sub(r"[^\w .,()-]+", " ", f"{snapshot.initiative.code} {snapshot.title} {title}")
    return re.sub(" +", " ", name).strip(" .")[:150]


def taken(snapshot: Snapshot, template: Template, size: int, actor: Actor) -> None:
    """Tell the history which template, in which edition, the pack was made from."""
    reason = f"{template.kind} from {template.ref} edition {template.edition} ({template.digest[:16]}), {size} bytes"
    given(snapshot, reason, actor)


def given(snapshot: Snapshot, reason: str, actor: Actor) -> None:
    """A pack was given to somebody as a file: who took it stands in the history, and in the receipt of a person to whom it was sent."""
    record_event(Event(SnapshotRegister.key, "export", snapshot.pk, snapshot.ref, snapshot.initiative.path, reason=reason), actor)
    receipts.taken(snapshot, actor)
