"""Recurring work: started when it is due, once, whoever looks; and old jobs cleared away."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from mainstay.jobs import kinds, work
from mainstay.jobs.models import OVER, Job, Recurrence

KEEP = timedelta(days=90)


def start_due() -> list[Job]:
    """Start each recurring kind of work that is due and move its next moment on."""
    started = []
    now = timezone.now()
    for kind in kinds.recurring():
        assert kind.every is not None  # noqa: S101 (recurring() gives only such)
        with transaction.atomic():
            Recurrence.objects.get_or_create(kind=kind.name)
            due = Recurrence.objects.select_for_update().get(kind=kind.name)
            if due.next_at > now:
                continue
            key = f"{kind.name} {due.next_at:%Y-%m-%dT%H:%M:%S}"
            due.move_on(kind.every, now)
            due.save()
            started.append(work.start(kind.name, {}, by=None, title=kind.name, key=key))
    return started


def clear_old() -> int:
    """Forget jobs that have long been over."""
    return Job.objects.filter(state__in=OVER, ended_at__lt=timezone.now() - KEEP).delete()[0]
