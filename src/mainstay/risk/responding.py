"""The list of responses that holds for an initiative, and what follows from it for risks and their responses."""

from collections.abc import Iterator
from typing import Any

from mainstay.initiatives.standards import resolve
from mainstay.risk.risk.response_lists import STANDARD, USUAL, ResponseList, lists, outside


def list_for(initiative: Any) -> ResponseList:
    """Read once for each initiative at hand: an import has many rows of few initiatives, and the object lives no longer than that."""
    held: ResponseList | None = getattr(initiative, "_response_list", None)
    if held is None:
        names = resolve(initiative, "categories", STANDARD) or []
        held = lists()[next((name for name in names if name in lists()), USUAL)]
        initiative._response_list = held
    return held


def risk_in_list(risk: Any, changed: set[str]) -> Iterator[tuple[str, str]]:
    """A response that is chosen now is one of the list that holds now; what was chosen under another list stays."""
    if risk.response and "response" in changed and (text := outside(list_for(risk.initiative), risk.response, risk.nature)):
        yield "response", text


def response_in_list(response: Any, changed: set[str]) -> Iterator[tuple[str, str]]:
    """The same for each response of a risk."""
    if response.kind and "kind" in changed and (text := outside(list_for(response.initiative), response.kind, response.risk.nature)):
        yield "kind", text
