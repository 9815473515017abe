"""Two snapshots side by side: sentences made from their differences, with the reasons recorded and links to the records."""

from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.reporting.board_pack import moves, wording
from mainstay.reporting.board_pack.facts import Move, PackFacts
from mainstay.reporting.board_pack.gather import reasons
from mainstay.reporting.freezing import facts_of
from mainstay.reporting.snapshot.model import Snapshot

GROUPS = {
    "time": gettext_lazy("Dates"),
    "money": gettext_lazy("Money"),
    "status": gettext_lazy("Status"),
    "promise": gettext_lazy("Dependencies"),
    "record": gettext_lazy("New, closed and decided"),
}
MARKS = {
    "new": "+",
    "new threat": "+",
    "new opportunity": "+",
    "closed": "−",
    "cancelled": "−",
    "resolved": "−",
    "gone": "−",
    "decided": "−",
}


def between(first: Snapshot, last: Snapshot, *, with_small: bool) -> dict[str, Any]:
    """What moved from the earlier of two snapshots to the later, in groups; whichever way round they are named."""
    before, after = sorted((first, last), key=lambda snapshot: (snapshot.sequence, snapshot.pk))
    told = reasons(last.initiative, before.sequence, after.sequence)
    facts = facts_of(after)
    found = moves.compare(facts_of(before), facts, told)
    shown = [move for move in found if with_small or not move.is_small]
    groups = [(label, [line(move, facts) for move in shown if move.group == name]) for name, label in GROUPS.items()]
    return {
        "before": before,
        "after": after,
        "groups": [{"label": label, "lines": lines} for label, lines in groups if lines],
        "count": len(shown),
        "small": sum(move.is_small for move in found),
        "with_small": with_small,
        "worse": sum(move.sense == "worse" for move in shown),
        "better": sum(move.sense == "better" for move in shown),
        "unexplained": sum(wording.is_unexplained(move) for move in shown),
    }


def line(move: Move, facts: PackFacts) -> dict[str, Any]:
    """One difference as a sentence: what, from what to what, and why."""
    label = move.record.code if move.record.ref == move.record.code else f"{move.record.code} {move.record.ref}"
    return {
        "mark": MARKS.get(move.item, "Δ"),
        "label": label,
        "url": wording.link_to(move.record.register, move.record.pk),
        "text": sentence(move),
        "source": wording.reason(move, facts) or _("No reason recorded"),
        "delta": delta(move),
        "when": "",
    }


def sentence(move: Move) -> str:
    before, after = wording.value(move, move.before), wording.value(move, move.after)
    change = f"{before} → {after}" if before and after else after or before
    text = _("%(title)s: %(item)s") % {
        "title": move.title,
        "item": str(wording.item(move)).lower() if move.item not in ("cost, P80",) else move.item,
    }
    return f"{text}, {change}" if change else text


def delta(move: Move) -> dict[str, str] | None:
    if move.days:
        return {"text": wording.days(move.days), "sense": move.sense, "direction": "up" if move.days > 0 else "down"}
    if move.amount:
        return {"text": wording.pounds(abs(move.amount)), "sense": move.sense, "direction": "up" if move.amount > 0 else "down"}
    return None


def attachment(name: str) -> str:
    """The header that has a browser keep a file under its name, in letters that every browser takes."""
    plain = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
