"""Which responses may be chosen: the list of the standard that an initiative inherits, PRINCE2's where none is set."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

STANDARD = "risk-responses"
"""The standard of kind categories whose first name is that of a list."""
USUAL = "prince2"
NEAREST = {
    "tolerate": "accept", "treat": "reduce", "terminate": "avoid", "take": "exploit",
    "accept": "tolerate", "reduce": "treat", "avoid": "terminate", "exploit": "take", "enhance": "take", "share": "transfer",
    "contingent": "treat",
}  # fmt: skip
"""What one list calls that is nearest to the word of another."""


class Response(models.TextChoices):
    """Every word that one of the lists has for what is done about a risk."""

    AVOID = "avoid", gettext_lazy("Avoid")
    REDUCE = "reduce", gettext_lazy("Reduce")
    TRANSFER = "transfer", gettext_lazy("Transfer")
    EXPLOIT = "exploit", gettext_lazy("Exploit")
    ENHANCE = "enhance", gettext_lazy("Enhance")
    SHARE = "share", gettext_lazy("Share")
    ACCEPT = "accept", gettext_lazy("Accept")
    CONTINGENT = "contingent", gettext_lazy("Prepare contingent plans")
    TOLERATE = "tolerate", gettext_lazy("Tolerate")
    TREAT = "treat", gettext_lazy("Treat")
    TERMINATE = "terminate", gettext_lazy("Terminate")
    TAKE = "take", gettext_lazy("Take the opportunity")


@dataclass(frozen=True, slots=True)
class ResponseList:
    """One list: its name, where it comes from, and its words for a threat and for an opportunity."""

    name: str
    title: str
    source: str
    threat: Sequence[str]
    opportunity: Sequence[str]

    def words(self, nature: str) -> Sequence[str]:
        return self.opportunity if nature == "opportunity" else self.threat


@cache
def lists() -> Mapping[str, ResponseList]:
    told = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return {name: ResponseList(name, **values) for name, values in told.items()}


def titles() -> list[tuple[str, str]]:
    """The lists as choices of a field."""
    return [(one.name, one.title) for one in lists().values()]


def fits_nature(response: str, nature: str) -> bool:
    """Whether any list has this word for this kind of risk."""
    return any(response in one.words(nature) for one in lists().values())


def outside(held: ResponseList, response: str, nature: str) -> str:
    """Why a word cannot be chosen where this list holds; "" where it can."""
    words = held.words(nature)
    if not response or response in words:
        return ""
    near = next((word for word in (NEAREST.get(response), NEAREST.get(NEAREST.get(response, ""), "")) if word in words), None)
    text = _("%(response)s is not in the list of %(list)s, which holds here: %(words)s.") % {
        "response": Response(response).label,
        "list": held.title,
        "words": ", ".join(str(Response(word).label) for word in words),
    }
    return text + (" " + _("Nearest to it is %(word)s.") % {"word": Response(near).label} if near else "")


def known_list(standard: Any, changed: set[str]) -> Iterator[tuple[str, str]]:  # noqa: ARG001  # the signature of a rule
    """A standard of this name names lists that there are."""
    if standard.name == STANDARD:
        unknown = [name for name in standard.value if name not in lists()] if isinstance(standard.value, list) else [standard.kind]
        if unknown:
            yield "value", _("There is no list of responses called %(name)s. Choose among %(names)s.") % {
                "name": str(unknown[0])[:40], "names": ", ".join(lists()),
            }  # fmt: skip
