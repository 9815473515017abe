"""Sending packs to people: each delivery with its message in one transaction and once, so that a run that is killed is simply run again."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.organisation.models import Person
from mainstay.post import writing
from mainstay.post.models import Message
from mainstay.register import derived, numbering, words
from mainstay.register.document import DocumentError
from mainstay.register.history import Actor
from mainstay.register.record import Marking, Source
from mainstay.register.store import StoreError
from mainstay.reporting import announcing, making
from mainstay.reporting.delivery.model import Delivery, Occasion
from mainstay.reporting.delivery.register import DeliveryRegister
from mainstay.reporting.distribution.due import due
from mainstay.reporting.distribution.entitled import may_have_file, refusal
from mainstay.reporting.distribution.model import Distribution
from mainstay.reporting.snapshot.model import Snapshot


def run(day: date | None = None) -> dict[str, int]:
    """Everything that is due. Safe to run at any time, and at the same time as another run."""
    return send_all(Run(Actor(None, "job")), list(due(day or timezone.localdate())))


def send_to_list(snapshot: Snapshot, actor: Actor) -> dict[str, int]:
    """The pack to all on its list now, whatever their days; those who have it are left in peace."""
    rows = Distribution.objects.filter(initiative=snapshot.initiative, state="listed", is_withdrawn=False)
    people = rows.select_related("person", "person__account").order_by("pk")
    return send_all(Run(actor), [(snapshot, row.person, row.with_file, Occasion.BY_HAND) for row in people])


class Run:
    """One run: a pack's PDF is made once for all who are sent it."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.files: dict[int, tuple[str, bytes] | None] = {}

    def file_of(self, snapshot: Snapshot) -> tuple[str, bytes] | None:
        if snapshot.pk not in self.files:
            try:
                self.files[snapshot.pk] = making.make(snapshot, "pdf")
            except (StoreError, DocumentError):
                # The pack's page says what is wrong with it; the message has the link to that page.
                self.files[snapshot.pk] = None
        return self.files[snapshot.pk]


def send_all(run: Run, wanted: list[tuple[Snapshot, Person, bool, Occasion]]) -> dict[str, int]:
    counts = {"sent": 0, "refused": 0}
    for snapshot, person, with_file, occasion in wanted:
        state = deliver(run, snapshot, person, with_file, occasion)
        if state:
            counts[state] += 1
    return counts


def deliver(run: Run, snapshot: Snapshot, person: Person, with_file: bool, occasion: Occasion) -> str:
    """One pack to one person; the state of what was written, "" where it stands already. What is refused may be asked for again."""
    why_not = refusal(person, snapshot.initiative.path, snapshot.initiative)
    file = run.file_of(snapshot) if with_file and not why_not and is_open(snapshot) else None
    if file is not None and not may_have_file(person, snapshot, len(file[1])):
        file = None
    try:
        with transaction.atomic():
            before = Delivery.objects.select_for_update(of=("self",)).filter(snapshot=snapshot, person=person).first()
            if before is not None and (before.state != "refused" or before.refusal == why_not):
                return ""
            message = None if why_not else written(snapshot, person, occasion, file)
            values = {"state": "refused" if why_not else "sent", "refusal": why_not[:300], "message": message, "has_file": file is not None}
            if before is None:
                introduce(snapshot, person, occasion, values, run.actor)
            else:
                derived.derive(DeliveryRegister, before, values, run.actor, verb="send")
            if message is not None:
                announcing.sent_to_list(snapshot)
    except IntegrityError:
        # Another run has just written it.
        return ""
    return str(values["state"])


def introduce(snapshot: Snapshot, person: Person, occasion: Occasion, values: Mapping[str, Any], actor: Actor) -> None:
    row = Delivery(
        initiative=snapshot.initiative,
        title=_("%(pack)s to %(person)s") % {"pack": snapshot.title[:90], "person": person.title[:90]},
        source=Source.DERIVED,
        marking=snapshot.marking,
        snapshot=snapshot,
        person=person,
        occasion=occasion,
        **values,
    )
    row.ref = numbering.free_reference(DeliveryRegister, row)
    row.save(force_insert=True)
    derived.introduce(DeliveryRegister, [row], actor, verb="send")


def is_open(snapshot: Snapshot) -> bool:
    return Marking.OFFICIAL == snapshot.marking == snapshot.initiative.marking


def written(snapshot: Snapshot, person: Person, occasion: Occasion, file: tuple[str, bytes] | None) -> Message | None:
    """The message. Of a marked pack it says its name and where it is, and nothing else."""
    told = {
        "title": snapshot.title,
        "place": snapshot.initiative,
        "day": words.day(timezone.localdate(snapshot.frozen_at)),
        "why": snapshot.correction,
        "old": snapshot.supersedes.title if snapshot.supersedes else "",
    }
    lines = []
    if is_open(snapshot):
        lines.append(_("The pack %(title)s of %(place)s was frozen on %(day)s.") % told)
        if occasion == Occasion.CORRECTION:
            lines.append(_("It stands in the place of %(old)s, which you were sent before. What was wrong: %(why)s") % told)
    elif occasion == Occasion.CORRECTION:
        lines.append(_("It stands in the place of %(old)s, which you were sent before.") % told)
    lines.append(_("Read it here: %(url)s") % {"url": f"{settings.PUBLIC_URL}/reporting/pack/{snapshot.pk}/"})
    if file is not None:
        lines.append(_("The PDF is attached."))
    subject = (_("Corrected pack: %(title)s") if occasion == Occasion.CORRECTION else _("Pack: %(title)s")) % told
    if not is_open(snapshot):
        subject = f"{Marking.SENSITIVE.value}: {subject}"
    enclosure = writing.enclose(*file) if file else None
    return writing.write(
        f"pack-{snapshot.pk}-{person.pk}", person.email, person.title, subject, "\n\n".join(lines) + "\n", enclosure=enclosure
    )
