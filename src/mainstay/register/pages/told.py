"""One sentence carried over a redirect: what has just been done, shown once on the next page."""

from typing import Any

from django.http import HttpRequest

KEY = "told"
LONGEST = 300


def tell(request: HttpRequest, text: str) -> None:
    request.session[KEY] = str(text)[:LONGEST]


def notices(request: HttpRequest) -> list[dict[str, Any]]:
    """What there is to tell, for the notices of a page; it is told once."""
    text = request.session.pop(KEY, "")
    return [{"text": text, "tone": "", "url": "", "link": ""}] if text else []
