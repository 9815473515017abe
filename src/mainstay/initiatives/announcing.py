"""Telling channels of what happened to an initiative: those that listen there, above it, or at the offices that serve it."""

from mainstay.initiatives.initiative.model import Initiative
from mainstay.organisation.models import Office
from mainstay.post.channels import OPEN, ChannelEvent
from mainstay.post.channels import announce as announce_at


def announce(initiative: Initiative, event: ChannelEvent, key: str, title: str, sentence: str, link: str, marking: str) -> int:
    """In the caller's transaction. The higher of both markings counts; a marked thing is told by its title alone."""
    strict = next((one for one in (marking, initiative.marking) if one != OPEN), OPEN)
    return announce_at(event, lambda: places_of(initiative), key, title, sentence, link, strict)


def places_of(initiative: Initiative) -> set[str]:
    """The initiative and all above it, and the office that serves the nearest of them with all above that."""
    above = [int(step) for step in initiative.path.split("/") if step]
    offices = dict(Initiative.objects.filter(pk__in=above, office__isnull=False).values_list("pk", "office"))
    nearest = next((offices[pk] for pk in reversed(above) if pk in offices), None)
    path = "" if nearest is None else Office.objects.values_list("path", flat=True).get(pk=nearest)
    return {f"initiative:{pk}" for pk in above} | {f"office:{step.lstrip('o')}" for step in path.split("/") if step}
