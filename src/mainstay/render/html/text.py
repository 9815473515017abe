"""Words as HTML: escaped, with emphasis, safe links, statuses and differences."""

from __future__ import annotations

from datetime import date
from html import escape

from mainstay.render import typography
from mainstay.render.blocks import Delta, Run, Shape, Status, Text
from mainstay.render.cells import runs
from mainstay.render.cleaning import clean, safe_link
from mainstay.render.words import Words

SHAPES: dict[Shape, str] = {
    "green": '<circle cx="6" cy="6" r="5.5"/>',
    "amber": '<path d="M6 .5 12 11.5H0z"/>',
    "red": '<path d="M.5.5h11v11H.5z"/>',
    "none": '<circle cx="6" cy="6" r="4.75" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="3 2"/>',
    "done": '<path d="m1 6.5 1.6-1.6L5 7.3 9.9 2l1.6 1.5L5.1 10.6z"/>',
}


def e(value: str | date) -> str:
    """Text that cannot be read as markup."""
    return escape(clean(value) if isinstance(value, str) else typography.day(value))


def text(value: Text) -> str:
    return "".join(run(one) for one in runs(value))


def run(one: Run) -> str:
    body = e(one.text).replace("\n", "<br>")
    if one.strong:
        body = f"<strong>{body}</strong>"
    if one.emphasis:
        body = f"<em>{body}</em>"
    link = safe_link(one.link)
    return f'<a href="{escape(link)}">{body}</a>' if link else body


def status(value: Status, *, is_big: bool = False, is_last: bool = False) -> str:
    more = (" ms-status--big" if is_big else "") + (" ms-status--last" if is_last else "")
    colour = "green" if value.shape == "done" else value.shape
    icon = f'<svg class="ms-i" viewBox="0 0 12 12" aria-hidden="true" focusable="false">{SHAPES[value.shape]}</svg>'
    return f'<span class="ms-status ms-status--{colour}{more}">{icon}{e(value.word)}</span>'


def delta(value: Delta, words: Words) -> str:
    """The difference, with better or worse in words for those who do not see the colour."""
    spoken = {"better": words.better, "worse": words.worse, "same": ""}[value.sense]
    hidden = f'<span class="visually-hidden"> ({e(spoken)})</span>' if spoken else ""
    return f'<span class="ms-delta ms-delta--{value.sense}">{e(value.text)}{hidden}</span>'
