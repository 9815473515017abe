"""Reviews as events of a calendar file: of a place, as far as its reader sees it, or those of one reviewer."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.assurance.calendar.gathering import Entry, entry, reviews_of, teams_of
from mainstay.assurance.member.model import Member
from mainstay.assurance.member.register import MemberRegister
from mainstay.assurance.models import Review, Reviewer
from mainstay.assurance.review.register import ReviewRegister
from mainstay.formats.calendar_events import CalendarEvent, to_icalendar
from mainstay.register.access import may, visible_to


def of_place(place: Any, account: Account | None) -> bytes:
    """All reviews of a place that have days."""
    rows = [one for one in reviews_of(place, account) if one.starts_on and one.ends_on]
    teams = teams_of(rows, account)
    events = [event(entry(one, teams, ()), is_open=True) for one in rows]
    return to_icalendar(_("Reviews of %(place)s") % {"place": place.title}, events)


def is_own(reviewer: Reviewer, account: Account | None) -> bool:
    return account is not None and account.is_active and account.grants is None and reviewer.person.account_id == account.pk


def of_reviewer(reviewer: Reviewer, account: Account | None) -> bytes:
    """The reviews for which somebody is booked: their own, all of them; else those that the reader may see."""
    places = Member.objects.filter(reviewer=reviewer.pk, state="booked", is_withdrawn=False, review__is_withdrawn=False)
    names = set(places.exclude(review__state="cancelled").values_list("review_id", flat=True))
    seen = visible_to(account, ReviewRegister).filter(pk__in=names) if may(account, "view", MemberRegister) else Review.objects.none()
    visible = set(seen.values_list("pk", flat=True))
    rows = Review.objects.filter(pk__in=names if is_own(reviewer, account) else visible, starts_on__isnull=False, ends_on__isnull=False)
    held = list(rows.select_related("initiative", "milestone").order_by("starts_on", "pk"))
    teams = teams_of(held, account)
    events = [event(entry(one, teams, ()), is_open=one.pk in visible) for one in held]
    return to_icalendar(_("Reviews of %(name)s") % {"name": reviewer.title}, events)


def event(one: Entry, *, is_open: bool) -> CalendarEvent:
    """What is not open to the reader has its name and days only: those their booking told them."""
    review = one.review
    return CalendarEvent(
        key=f"review-{review.pk}",
        title=f"{review.type_label}: {review.initiative.title}" if is_open else str(review),
        first=review.starts_on,
        last=review.ends_on,
        stamp=review.updated_at,
        text="\n".join(lines(one)) if is_open else "",
        category="Review",
        url=f"{settings.PUBLIC_URL}{ReviewRegister.url('detail', review)}" if is_open and settings.PUBLIC_URL else "",
        is_sure=one.is_sure,
        blocks_time=True,
    )


def lines(one: Entry) -> Iterable[str]:
    yield f"{one.review.ref} {one.review.title} · {one.state} · {one.review.get_marking_display()}"
    if one.leader:
        yield _("Leader: %(name)s") % {"name": one.leader}
    if one.members:
        yield _("Members: %(names)s") % {"names": ", ".join(one.members)}
