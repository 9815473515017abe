"""A calendar that came into force is told once to whom it concerns: reviewers with their days as a calendar, owners of reviews."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from mainstay.assurance.models import Review, Reviewer
from mainstay.assurance.proposal.content import Placed
from mainstay.assurance.proposal.model import Proposal
from mainstay.formats.calendar_events import CalendarEvent, to_icalendar
from mainstay.organisation.models import Person
from mainstay.post import writing
from mainstay.register.words import day


def accepted(proposal: Proposal, taken: Collection[Placed]) -> int:
    """How many messages were written; in the transaction of the acceptance."""
    lines: dict[int, list[str]] = defaultdict(list)
    events: dict[int, list[CalendarEvent]] = defaultdict(list)
    for one in taken:
        for each in one.team:
            lines[each.pk].append(sentence(one, each.pk))
            events[each.pk].append(event(one, proposal.updated_at))
        for each in one.leaves:
            lines[each.pk].append(_("Released from %(review)s.") % {"review": called(one)})
    people = {one.pk: one.person for one in Reviewer.objects.filter(pk__in=lines).select_related("person")}
    told = 0
    for pk in sorted(people):
        told += write(proposal, people[pk], lines[pk], events[pk], reverse("assurance.reviewer_file", args=[pk]))
    return told + owners(proposal, taken, {person.pk for person in people.values()})


def owners(proposal: Proposal, taken: Collection[Placed], besides: Collection[int]) -> int:
    """Owners of reviews that are not reviewers themselves."""
    rows = {one.pk: one for one in Review.objects.filter(pk__in=[one.review.pk for one in taken]).select_related("owner")}
    lines: dict[int, list[str]] = defaultdict(list)
    people: dict[int, Person] = {}
    for one in taken:
        owner = rows[one.review.pk].owner if one.review.pk in rows else None
        if owner is not None and owner.pk not in besides and not owner.has_left:
            people[owner.pk] = owner
            team = ", ".join(each.name for each in one.team)
            lines[owner.pk].append(_("%(review)s: %(first)s to %(last)s, by %(team)s.") % {**words(one), "team": team})
    url = reverse("assurance.calendar", args=[proposal.initiative_id])
    return sum(write(proposal, people[pk], lines[pk], [], url) for pk in sorted(lines))


def words(one: Placed) -> dict[str, str]:
    return {"review": called(one), "first": day(one.first), "last": day(one.last)}


def called(one: Placed) -> str:
    return f"{one.review.ref} {one.review.title}"


def sentence(one: Placed, reviewer: int) -> str:
    if reviewer == one.leader.pk:
        return _("%(review)s: %(first)s to %(last)s, you lead the team.") % words(one)
    return _("%(review)s: %(first)s to %(last)s, led by %(leader)s.") % {**words(one), "leader": one.leader.name}


def event(one: Placed, stamp: datetime) -> CalendarEvent:
    return CalendarEvent(key=f"review-{one.review.pk}", title=called(one), first=one.first, last=one.last, stamp=stamp)


def write(proposal: Proposal, person: Person, lines: list[str], events: list[CalendarEvent], url: str) -> bool:
    text = _("The calendar of reviews has changed for you:\n\n%(lines)s\n\nYour calendar: %(url)s\n") % {
        "lines": "\n".join(f"- {line}" for line in lines), "url": f"{settings.PUBLIC_URL}{url}",
    }  # fmt: skip
    calendar = to_icalendar(_("Reviews"), events).decode() if events else ""
    key = f"assurance-calendar-{proposal.pk}-v{proposal.version}-{person.pk}"
    subject = _("Calendar of reviews: %(place)s") % {"place": proposal.initiative.title}
    return writing.write(key, person.email, person.title, subject, text, calendar=calendar) is not None
