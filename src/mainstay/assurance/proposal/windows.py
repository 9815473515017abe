"""Between which days a review can be held, which of them suits best, and why: from its window, its milestone and a forecast of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from mainstay.assurance.following import name_of
from mainstay.assurance.review.model import MEETING_WEEKS
from mainstay.assurance.review.steps import window_of
from mainstay.register.words import day

LONGEST_DAYS = 5
"""A review is held within one week; a longer one, such as an audit, is dated by hand."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a forecast says of a milestone: the day by which this per cent of the iterations had reached it."""

    percent: int
    day: date
    run: str


@dataclass(frozen=True, slots=True)
class Window:
    """First and last day, the best first day, and why."""

    earliest: date
    latest: date
    preferred: date
    why: str


@dataclass(frozen=True, slots=True)
class Impossible:
    """No day can be looked for, and what would help."""

    reason: str
    remedy: str


def has_notice(review: Any) -> bool:
    """Whether its days were agreed already, so that those concerned know of them."""
    return bool(review.starts_on and review.state != "proposed")


def lead_weeks(review: Any, notice: int) -> int:
    """Weeks from today to its first day: the assessment meeting comes 12 weeks before at the latest, where it is not held yet."""
    awaits_meeting = review.state in ("proposed", "agreed") and (review.type is None or review.type.has_meeting)
    return max(notice, MEETING_WEEKS[1]) if awaits_meeting else notice


def window(review: Any, today: date, notice: int, foreseen: Foreseen | None) -> Window | Impossible:
    """The days of one review that is not held yet."""
    fault = impossible(review, today)
    if fault is not None:
        return fault
    told, latest = [_("Window %(first)s to %(last)s") % words_of(review.window_from, review.window_to)], review.window_to
    if window_of(review):
        milestone = {"name": name_of(review), "day": day(review.milestone.expected)}
        told.append(_("as it follows from %(name)s, expected on %(day)s") % milestone)
    earliest = review.window_from
    if review.decision_on and review.decision_on < latest:
        latest = review.decision_on
        told.append(_("over before %(decision)s on %(day)s") % {
            "decision": review.decision or _("the decision it informs"), "day": day(latest),
        })  # fmt: skip
    followed = review.follows.ends_on if review.follows_id else None
    if followed and followed >= earliest:
        earliest = followed + timedelta(days=1)
        told.append(_("after %(ref)s, which it follows") % {"ref": review.follows.ref})
    if has_notice(review):
        # Who has been told of its days may be asked for a later one, never for an earlier one without the whole notice.
        earliest = max(earliest, min(review.starts_on, today + timedelta(weeks=lead_weeks(review, notice))))
    if latest - timedelta(days=review.days - 1) < earliest:
        return no_day(review, earliest, latest)
    last_start = latest - timedelta(days=review.days - 1)
    preferred = earliest + (last_start - earliest) / 2
    if foreseen is not None:
        preferred, text = suited(review, earliest, last_start, foreseen)
        told.append(text)
    if review.starts_on:
        preferred = min(max(review.starts_on, earliest), last_start)
    return Window(earliest, latest, preferred, f"{'; '.join(told)}.")


def words_of(first: date, last: date) -> Mapping[str, str]:
    return {"first": day(first), "last": day(last)}


def suited(review: Any, earliest: date, last_start: date, foreseen: Foreseen) -> tuple[date, str]:
    """The first day in the plan's window that the forecast's window holds too, else its last day; and the sentence."""
    last = foreseen.day + timedelta(days=review.offset_days or 0)
    first = last - timedelta(days=(review.window_days or 1) - 1)
    told = {"percent": foreseen.percent, "run": foreseen.run, **words_of(first, last)}
    both = max(earliest, first), min(last_start, last - timedelta(days=review.days - 1))
    if both[0] <= both[1]:
        return both[0], _("at P%(percent)d of %(run)s it is %(first)s to %(last)s: days that lie in both are preferred") % told
    text = _("at P%(percent)d of %(run)s it is %(first)s to %(last)s, and no day lies in both: expect it to move")
    return (last_start if first > earliest else earliest), text % told


def impossible(review: Any, today: date) -> Impossible | None:
    """What is wrong before any day is looked for."""
    if review.days > LONGEST_DAYS:
        return Impossible(
            _("It takes %(days)d days; a calendar is proposed for reviews of at most %(most)d days within one week.")
            % {"days": review.days, "most": LONGEST_DAYS},
            _("Enter its days by hand."),
        )
    if review.window_to is None or review.window_from is None:
        if review.milestone_id:
            return Impossible(
                _("%(name)s has no date in a live plan.") % {"name": name_of(review)},
                _("Load the plan that dates it, or enter a forecast."),
            )
        return Impossible(
            _("It has no window: no live plan says when it is due."), _("Tie it to a milestone of a plan, or enter the window by hand.")
        )
    if review.starts_on and review.starts_on < today:
        return Impossible(
            _("Its days began on %(day)s, and it has not begun.") % {"day": day(review.starts_on)},
            _("Take the step “Begin”, or take the days out to have it placed anew."),
        )
    if review.window_to < today:
        return Impossible(
            _("Its window ended on %(day)s: it lies in the past.") % {"day": day(review.window_to)},
            _("Say when it is to be held instead: another window, or another number of days after the milestone."),
        )
    return None


def no_day(review: Any, earliest: date, latest: date) -> Impossible:
    """The sentence where decision, review before it and notice leave too few days of the window."""
    told = {"days": review.days, "earliest": day(earliest), "latest": day(latest), **words_of(review.window_from, review.window_to)}
    if review.decision_on and review.decision_on < review.window_to:
        return Impossible(
            _("Its window is %(first)s to %(last)s, and the decision is on %(latest)s: no %(days)d days are left between.") % told,
            _("Move the decision, or let the window end earlier before its milestone."),
        )
    if earliest > review.window_from:
        return Impossible(
            _("Of its window, %(first)s to %(last)s, only the time from %(earliest)s on is left: less than %(days)d days.") % told,
            _("A window that ends later."),
        )
    return Impossible(
        _("Its window, %(first)s to %(last)s, is shorter than the %(days)d days that it takes.") % told, _("A longer window.")
    )
