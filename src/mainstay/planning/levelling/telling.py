"""A proposal that is accepted is told to those who direct the projects that it moves: their plans are theirs to change."""

from collections import Counter

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.initiatives.models import Initiative
from mainstay.planning.levelling.effect import ProjectEffect
from mainstay.planning.levelling.model import Levelling
from mainstay.planning.promises.escalation import nearest
from mainstay.post import writing
from mainstay.register import words
from mainstay.register.access import below

MANAGERS = ("project_manager", "programme_manager")


def accepted(record: Levelling) -> int:
    """Tell the nearest managers of each project in which something moves, once; how many were told. In the transaction of the step."""
    effect = record.effect
    counts = Counter(one.project for one in effect.moved if not one.is_milestone)
    projects = {one.code: one for one in effect.projects}
    places = Initiative.objects.filter(below("path", [record.initiative.path]), code__in=counts).order_by("path")
    told = 0
    for place in places:
        for person in nearest(place, MANAGERS):
            key = f"levelling-{record.pk}-v{record.version}-{place.pk}-{person.pk}"
            subject, text = message(record, place, counts[place.code], projects[place.code])
            told += writing.write(key, person.email, person.title, subject, text) is not None
    return told


def message(record: Levelling, place: Initiative, count: int, project: ProjectEffect) -> tuple[str, str]:
    subject = _("Levelling accepted: %(place)s") % {"place": place}
    moves = ngettext("%(count)d activity starts", "%(count)d activities start", count) % {"count": count}
    text = _(
        "%(ref)s %(title)s is accepted. In the plan of %(place)s %(moves)s at another time, so that nobody is asked for more than there "
        "is; it then finishes on %(after)s, by its links alone on %(before)s.\n\nThe plan itself has not changed: it is yours. What moves, "
        "and the plan as a file with these dates: %(url)s\n"
    ) % {
        "ref": record.ref,
        "title": record.title,
        "place": place,
        "moves": moves,
        "after": words.day(project.after.date()),
        "before": words.day(project.before.date()),
        "url": f"{settings.PUBLIC_URL}{reverse('planning.proposal', args=[record.pk])}",
    }
    return subject, text
