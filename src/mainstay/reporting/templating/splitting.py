"""Tokens that an office program has split over several runs: found in the joined text, filled in the first run, so its looks stay."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from django.utils.translation import gettext as _

from mainstay.render.cleaning import clean
from mainstay.reporting.templating.filling import Filler, Scope
from mainstay.reporting.templating.tokens import ChartOf, Each, End, Field, Found, TableOf, Token, found_in

BREAK = "\n"
"""Stands in the joined text where something stands that no token may go across: a line break, a tab, a picture."""


SHOWN = 40
"""Letters of a place that are told."""


class Piece(Protocol):
    """An element with text; None in its place is a break."""

    text: str | None


def joined(pieces: Sequence[Any | None]) -> str:
    return "".join(BREAK if piece is None else (piece.text or "").replace(BREAK, " ") for piece in pieces)


def alone(text: str) -> Token | None:
    """The token that is all a text holds."""
    stripped = text.strip()
    found = list(found_in(stripped)) if stripped.startswith("{{") else []
    return found[0].token if len(found) == 1 and found[0].end == len(stripped) else None


def each_in(text: str) -> Each | None:
    """The block that begins in a text."""
    return next((found.token for found in found_in(text) if isinstance(found.token, Each)), None)


def ends_in(text: str) -> bool:
    return any(isinstance(found.token, End) for found in found_in(text))


def closing(tokens: Sequence[Any], start: int) -> int | None:
    depth = 0
    for at in range(start, len(tokens)):
        depth += isinstance(tokens[at], Each) - isinstance(tokens[at], End)
        if depth == 0:
            return at
    return None


def told(where: str, text: str) -> str:
    """A place, with the beginning of what stands there."""
    line = " ".join(text.split())
    return _("%(where)s, at “%(text)s”") % {"where": where, "text": line if len(line) <= SHOWN else f"{line[:SHOWN]}…"}


def size(element: Any) -> int:
    """How many elements a block consists of."""
    return sum(1 for _one in element.iter())


def fill(pieces: Sequence[Any | None], filler: Filler, scope: Scope, place: str, put: Callable[[Any, str], None]) -> None:
    """Write the fields of one paragraph into its pieces, from the last to the first. What is written is not looked at again."""
    text = joined(pieces)
    told = [(found, replacement(found, filler, scope, place)) for found in found_in(text)]
    for found, value in reversed(told):
        if value is not None:
            replace(pieces, found.start, found.end, value, put)


def replacement(found: Found, filler: Filler, scope: Scope, place: str) -> str | None:
    token = found.token
    if token is None:
        filler.fault(place, f"{found.text}: {found.fault}" if found.text not in ("{{", "}}") else found.fault)
        return None
    if isinstance(token, Field):
        return clean(filler.field(token.name, scope, place).text)
    filler.fault(place, misplaced(token, found.text))
    return None


def misplaced(token: Token, text: str) -> str:
    if isinstance(token, TableOf | ChartOf):
        return _("%(token)s needs a paragraph of its own.") % {"token": text}
    if isinstance(token, Each):
        return _(
            "%(token)s has no {{end}}, or the {{end}} does not stand beside it: both in paragraphs of their own, or both in one row."
        ) % {"token": text}
    return _("This {{end}} has no {{each …}} before it.")


def replace(pieces: Sequence[Any | None], start: int, end: int, value: str, put: Callable[[Any, str], None]) -> None:
    """The letters from start to end become `value`: in the first piece that they touch, and gone from the others."""
    at, is_first = 0, True
    changes: list[tuple[Any, str]] = []
    for piece in pieces:
        held = BREAK if piece is None else piece.text or ""
        low, high = max(start, at), min(end, at + len(held))
        if piece is not None and low < high:
            changes.append((piece, held[: low - at] + (value if is_first else "") + held[high - at :]))
            is_first = False
        at += len(held)
    for piece, text in changes:
        put(piece, text)
