"""What belongs to a review lies where the review lies, or below; a window that follows from a milestone is not typed."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from mainstay.assurance.review.steps import FOLLOWING, window_of
from mainstay.register import words


def of_its_review(record: Any, changed: set[str]) -> Iterator[tuple[str, str]]:  # noqa: ARG001  # the signature of a rule
    if record.review_id and record.initiative_id and not record.initiative.path.startswith(record.review.initiative.path):
        yield "review", _("%(review)s belongs to %(place)s. Choose that initiative or one below it.") % {
            "review": record.review.ref, "place": record.review.initiative.code,
        }  # fmt: skip


def of_its_report(record: Any, changed: set[str]) -> Iterator[tuple[str, str]]:  # noqa: ARG001  # the signature of a rule
    if record.report_id and record.initiative_id and record.initiative_id != record.report.initiative_id:
        yield "initiative", _("The report belongs to %(place)s. Choose that initiative.") % {"place": record.report.initiative.code}


def review_moves_with_its_milestone(record: Any, changed: set[str]) -> Iterator[tuple[str, str]]:
    window = window_of(record) if record.state in FOLLOWING or not record.state else None
    if window and changed & {"window_from", "window_to"} and (record.window_from, record.window_to) != window:
        text = _("The window follows from %(milestone)s: %(first)s to %(last)s. Change the days after the milestone, or take it out.")
        yield "window_to", text % {"milestone": record.milestone.ref, "first": words.day(window[0]), "last": words.day(window[1])}
