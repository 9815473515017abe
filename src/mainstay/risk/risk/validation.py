"""What cannot be true of a risk: field and sentence for each fault."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from mainstay.risk.risk.response_lists import Response, fits_nature

if TYPE_CHECKING:
    from mainstay.risk.risk.model import Risk

Fault = tuple[str, str]


def faults(risk: "Risk") -> Iterator[Fault]:
    if risk.owner_id is None:
        yield "owner", _("Name the one person who answers for this risk.")
    yield from falling_points(risk)
    yield from unfitting_response(risk)
    yield from impossible_cause(risk)
    if risk.window_from and risk.window_to and risk.window_to < risk.window_from:
        yield "window_to", _("The last day is before the first. Enter a later date or leave it empty.")
    if risk.pk and risk.secondary_to_id == risk.pk:
        yield "secondary_to", _("A risk is not secondary to itself. Choose another one.")


def falling_points(risk: "Risk") -> Iterator[Fault]:
    """Low, likely and high rise, as far as they are given."""
    for what, unit in (("cost", "£"), ("days", "wd")):
        points = [getattr(risk, f"{what}_{point}") for point in ("low", "likely", "high")]
        given = [value for value in points if value is not None]
        if given != sorted(given):
            text = _("%(points)s %(unit)s do not rise. Enter low, likely and high in rising order.")
            yield f"{what}_low", text % {"points": ", ".join("–" if value is None else str(value) for value in points), "unit": unit}


def unfitting_response(risk: "Risk") -> Iterator[Fault]:
    if risk.response in Response.values and not fits_nature(risk.response, risk.nature):
        text = _("%(response)s is no response to this kind of risk. Choose one that fits this %(nature)s.")
        yield "response", text % {"response": risk.get_response_display(), "nature": risk.get_nature_display().lower()}


def impossible_cause(risk: "Risk") -> Iterator[Fault]:
    """A shared cause always brings its risks, so none of them can be rarer than it."""
    cause = risk.shared_cause
    if cause is not None and risk.probability is not None and cause.probability > risk.probability:
        text = _(
            "%(cause)s occurs in %(more)s %% of cases and always brings this risk, whose own chance is %(less)s %%. "
            "Raise this chance or choose another cause."
        )
        yield "shared_cause", text % {"cause": cause.ref, "more": f"{cause.probability:f}", "less": f"{risk.probability:f}"}
