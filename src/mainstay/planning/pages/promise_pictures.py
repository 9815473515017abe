"""The dependencies between projects as a network and on an axis of time, each beside a table that says the same."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.planning.dependency.model import CLOSED, Side
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.drawing.layers import Arrow, Node, network
from mainstay.planning.drawing.promised_dates import Span, timeline
from mainstay.planning.promises.parties import Party, getter_of, giver_of, query
from mainstay.planning.viewing import AgreementLine
from mainstay.register import words

ORDER = ("late", "at risk", "not dated", "on track", "delivered")


@dataclass(frozen=True, slots=True)
class Pair:
    """What one project gives another."""

    giver: Party
    getter: Party
    lines: tuple[AgreementLine, ...]

    @property
    def standing(self) -> str:
        return min((line.standing for line in self.lines), key=lambda word: ORDER.index(word) if word in ORDER else len(ORDER))

    @property
    def url(self) -> str:
        return f"{DependencyRegister.url()}?{query(self.giver, self.getter)}"

    @property
    def label(self) -> str:
        late = sum(line.standing == "late" for line in self.lines)
        return _("%(n)d, %(late)d late") % {"n": len(self.lines), "late": late} if late else str(len(self.lines))

    @property
    def told(self) -> str:
        count = len(self.lines)
        text = ngettext("%(from)s gives %(to)s %(n)d promise, %(worst)s", "%(from)s gives %(to)s %(n)d promises, worst: %(worst)s", count)
        return text % {"from": self.giver.code, "to": self.getter.code, "n": count, "worst": self.standing}


def pairs(lines: Sequence[AgreementLine]) -> list[Pair]:
    """The open promises by giver and getter."""
    held: dict[tuple[Party, Party], list[AgreementLine]] = {}
    for line in lines:
        if line.record.state not in CLOSED:
            held.setdefault((giver_of(line.record), getter_of(line.record)), []).append(line)
    made = [Pair(giver, getter, tuple(own)) for (giver, getter), own in held.items()]
    return sorted(made, key=lambda pair: (pair.giver.code, pair.getter.code))


def network_context(lines: Sequence[AgreementLine]) -> dict[str, Any]:
    made = pairs(lines)
    places = {place.key: place for pair in made for place in (pair.giver, pair.getter)}
    gives, gets = Counter[str](), Counter[str]()
    for pair in made:
        gives[pair.giver.key] += len(pair.lines)
        gets[pair.getter.key] += len(pair.lines)
    nodes = [
        Node(
            key,
            place.code,
            _("%(place)s gives %(gives)d, gets %(gets)d") % {"place": place.called, "gives": gives[key], "gets": gets[key]},
            f"{DependencyRegister.url()}?{urlencode(place.wanted(Side.GIVER))}",
        )
        for key, place in sorted(places.items(), key=lambda item: item[1].code)
    ]
    arrows = [Arrow(pair.giver.key, pair.getter.key, pair.label, pair.standing, pair.told, pair.url) for pair in made]
    return {"picture": network(nodes, arrows), "pairs": made}


def timeline_context(lines: Sequence[AgreementLine], today: date) -> dict[str, Any]:
    shown = [line for line in lines if line.record.state not in CLOSED]
    spans = [span(line) for line in shown]
    return {"picture": timeline(spans, today), "shown": shown}


def span(line: AgreementLine) -> Span:
    row = line.record
    told = _("%(ref)s %(title)s: needed %(needed)s, promised %(promised)s, forecast %(forecast)s") % {
        "ref": row.ref,
        "title": row.title,
        "needed": words.day(row.needed_by) if row.needed_by else "–",
        "promised": words.day(row.promised_by) if row.promised_by else "–",
        "forecast": words.day(line.forecast) if line.forecast else "–",
    }
    return Span(told, line.url, row.ref, row.needed_by, row.promised_by, line.forecast)
