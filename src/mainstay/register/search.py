"""Global search: the words of every record in one table; an account finds only what it may see."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, Value
from django.db.models.functions import Concat, Substr
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from mainstay.accounts.models import Account
from mainstay.register.access import below, paths_for, visible_to
from mainstay.register.models import SearchText
from mainstay.register.search_index import TOKEN, Ask, folded, ids, tokens
from mainstay.register.spec import REGISTERS, Register

MOST = 1000
"""Matches that are looked at; a search that finds more says so instead of counting on."""
SNIPPET = 160


def place_of(record: Any, lookup: str) -> str:
    value = record
    for step in lookup.split("__"):
        value = getattr(value, step, None)
    return value or ""


def index(register: type[Register], records: Iterable[Any]) -> None:
    """Keep the words of `records`; called by the one write path, in its transaction. What is withdrawn is not found."""
    held = list(records)
    rows = []
    for record in held:
        if record.is_withdrawn:
            continue
        places = [place_of(record, lookup) for lookup in register.scope[:2]]
        path, other = (*places, "", "")[:2]
        label, text = texts_of(register, record)
        rows.append(SearchText(register=register.key, record_id=record.pk, path=path, other_path=other, label=label, text=text))
    if gone := [record.pk for record in held if record.is_withdrawn]:
        SearchText.objects.filter(register=register.key, record_id__in=gone).delete()
    SearchText.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["register", "record_id"],
        update_fields=["path", "other_path", "label", "text"],
    )


def texts_of(register: type[Register], record: Any) -> tuple[str, str]:
    """What a record is called, and its words, as they are indexed."""
    return str(record)[:240], " ".join(str(getattr(record, name, "") or "") for name in register.search)


def move_paths(old: str, new: str) -> None:
    """A branch of the tree has moved: what lies in it is found from its new place."""
    for name in ("path", "other_path"):
        SearchText.objects.filter(below(name, [old])).update(**{name: Concat(Value(new), Substr(name, len(old) + 1))})


def having(register: type[Register], words: str) -> Q:
    """The rows of `register` that have all these words; `Q()` where nothing was asked."""
    wanted = tokens(words)
    if not wanted:
        return Q(pk__in=[]) if words.strip() else Q()
    ask: Any = Ask(wanted, (((register.key,), None),))  # the lookup is our own, and takes this
    # The register is asked of the index alone: a condition on its column would have each row of it walked.
    return Q(pk__in=SearchText.objects.filter(text__matches=ask).values("record_id"))


def has(register: type[Register], record: Any, words: str) -> bool:
    """Whether the index would find the record as it is at hand by these words."""
    wanted = tokens(words)
    if not wanted:
        return not words.strip()
    texts = [[folded(token) for token in TOKEN.findall(text)] for text in texts_of(register, record)]
    return all(any(stands(list(map(folded, chunk)), text) for text in texts) for chunk in wanted)


def stands(chunk: list[str], text: list[str]) -> bool:
    """Whether the tokens stand in the text one after the other, the last one at least as the beginning of a word."""
    *whole, last = chunk
    reach = len(whole)
    return any(text[at : at + reach] == whole and text[at + reach].startswith(last) for at in range(len(text) - reach))


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found; `snippet` is escaped, with the words found in `<mark>`."""

    register: type[Register]
    record_id: int
    label: str
    snippet: SafeString

    @property
    def url(self) -> str:
        return self.register.url("detail", self.record_id)


@dataclass(frozen=True, slots=True)
class Found:
    """The best hits, and how many there are by register; `is_more` where the counts stop at `MOST`."""

    hits: tuple[Hit, ...]
    counts: dict[str, int]
    is_more: bool = False

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def places(account: Account | None) -> tuple[tuple[tuple[str, ...], tuple[str, ...] | None], ...]:
    """Which registers `account` may see, and below which paths."""
    groups: dict[tuple[str, ...] | None, list[str]] = {}
    for key, register in REGISTERS.items():
        paths = paths_for(account, register, "view")
        if paths:
            groups.setdefault(None if "/" in paths or register.is_open or not register.scope else paths, []).append(key)
    return tuple((tuple(keys), paths) for paths, keys in groups.items())


def find(account: Account | None, words: str, limit: int = 20) -> Found:
    """What `account` may see that has all these words: references first, then titles, then texts; the newest first among equals."""
    wanted, where = tokens(words), places(account)
    if not wanted or not where:
        return Found((), {})
    found = ids(Ask(wanted, where), MOST + 1)
    rows = list(SearchText.objects.filter(pk__in=found[:MOST]).values_list("register", "record_id", "label"))
    best = sorted(rows, key=lambda row: (rank(row[2], words, wanted), -row[1]))[:limit]
    texts = read_visible(account, [(key, pk) for key, pk, _label in best])
    hits = tuple(Hit(REGISTERS[key], pk, label, snippet(texts[key, pk], wanted)) for key, pk, label in best if (key, pk) in texts)
    return Found(hits, dict(Counter(row[0] for row in rows)), len(found) > MOST)


def read_visible(account: Account | None, rows: list[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The texts of these records, asked for once more through the one door."""
    texts = {}
    for key in {key for key, _pk in rows}:
        seen = visible_to(account, REGISTERS[key]).filter(pk__in=[pk for held, pk in rows if held == key])
        held = SearchText.objects.filter(register=key, record_id__in=seen.values("pk"))
        texts.update({(key, pk): text for pk, text in held.values_list("record_id", "text")})
    return texts


def rank(label: str, words: str, wanted: list[list[str]]) -> int:
    head, _space, _title = label.lower().partition(" ")
    if head == words.strip().lower():
        return 0
    named = [token.lower() for token in TOKEN.findall(label)]
    return 1 if all(any(name.startswith(token) for name in named) for chunk in wanted for token in chunk) else 2


def snippet(text: str, wanted: list[list[str]]) -> SafeString:
    """The stretch of `text` around the first word found; everything escaped before the marks are set."""
    starts = tuple(token for chunk in wanted for token in chunk)
    spans = [match.span() for match in TOKEN.finditer(text) if match.group().lower().startswith(starts)]
    begin = max(0, (spans[0][0] if spans else 0) - SNIPPET // 4)
    end = min(len(text), begin + SNIPPET)
    parts, at = ["…"] if begin else [], begin
    for left, right in spans:
        if left >= begin and right <= end:
            parts += [escape(text[at:left]), "<mark>", escape(text[left:right]), "</mark>"]
            at = right
    parts += [escape(text[at:end]), "…" if end < len(text) else ""]
    return mark_safe("".join(parts))  # noqa: S308  # every piece is escaped or ours
