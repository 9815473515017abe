"""The grammar of tokens in templates: fields, tables, charts, repeated blocks. Text in, frozen values or a fault out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

MOST_ROWS = 500
LONGEST = 400
NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?\Z")
ANY = re.compile(r"\{\{(?P<inside>[^{}\n]*)\}\}|\{\{|\}\}")
CONDITION = re.compile(r"(?P<column>[a-z][a-z0-9_]*)(?P<operator>[:<>])(?P<value>[^:<>]+)\Z")
OPTIONS = ("top", "sort", "where", "columns")
TYPED = str.maketrans({"–": "-", "−": "-", "‑": "-", "\u00a0": " ", "\u202f": " ", "\t": " "})
"""What Word makes of a hyphen or a space while somebody types."""

Operator = Literal[":", "<", ">"]


class TokenFault(ValueError):
    """A token that cannot be read; the message says why and what would do."""


@dataclass(frozen=True, slots=True)
class Condition:
    """`where=status:red|amber`, `where=due<2026-12-31`."""

    column: str
    operator: Operator
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which rows and columns of a list, in which order."""

    top: int = MOST_ROWS
    sort: tuple[str, ...] = ()
    """Columns; one with `-` before it falls."""
    where: tuple[Condition, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    name: str


@dataclass(frozen=True, slots=True)
class TableOf:
    name: str
    choice: Choice


@dataclass(frozen=True, slots=True)
class Each:
    """What follows, up to the end, is repeated for each row."""

    name: str
    choice: Choice


@dataclass(frozen=True, slots=True)
class ChartOf:
    name: str


@dataclass(frozen=True, slots=True)
class End:
    pass


Token = Field | TableOf | Each | ChartOf | End


@dataclass(frozen=True, slots=True)
class Found:
    """A token in a text, or the fault in its place."""

    start: int
    end: int
    text: str
    token: Token | None
    fault: str = ""


def found_in(text: str) -> Iterator[Found]:
    """The tokens of a text from left to right. Text without `{{` costs nothing."""
    if "{{" not in text and "}}" not in text:
        return
    for match in ANY.finditer(text):
        if match["inside"] is None:
            yield Found(
                *match.span(),
                match[0],
                None,
                _("A token begins with {{ and ends with }} in the same line. Here one of the two is missing."),
            )
            continue
        try:
            yield Found(*match.span(), match[0], parsed(match["inside"]))
        except TokenFault as fault:
            yield Found(*match.span(), match[0], None, str(fault))


def parsed(inside: str) -> Token:
    """What stands between the braces as a token."""
    if len(inside) > LONGEST:
        raise TokenFault(_("This token is longer than %(most)d characters.") % {"most": LONGEST})
    words = inside.translate(TYPED).lower().split()
    if not words:
        raise TokenFault(_("There is no name between {{ and }}."))
    head, rest = words[0], words[1:]
    if head in ("table", "each", "chart"):
        if not rest:
            raise TokenFault(_("Say of what: {{%(word)s risks}}, for example.") % {"word": head})
        name = named(rest[0])
        if head == "chart":
            refuse_more(rest[1:])
            return ChartOf(name)
        choice = chosen(rest[1:])
        if head == "each" and choice.columns:
            raise TokenFault(_("columns= belongs to a table. In a repeated block, write the columns that you want as fields."))
        return TableOf(name, choice) if head == "table" else Each(name, choice)
    refuse_more(rest)
    return End() if head == "end" else Field(named(head))


def named(word: str) -> str:
    if not NAME.match(word) or "__" in word:
        raise TokenFault(
            _("“%(word)s” is not a name. Names are letters, digits and single underscores, with at most one full stop.") % {"word": word}
        )
    return word


def refuse_more(words: list[str]) -> None:
    if words:
        raise TokenFault(_("“%(word)s” does not belong here: this token takes no options.") % {"word": words[0]})


def chosen(words: list[str]) -> Choice:
    """The options behind the name of a list."""
    told: dict[str, list[str]] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not value or name not in OPTIONS:
            text = _("“%(word)s” is no option. There are %(known)s, written like top=10, without spaces around the equals sign.")
            raise TokenFault(text % {"word": word, "known": ", ".join(OPTIONS)})
        if name in told and name != "where":
            raise TokenFault(_("%(name)s= is written twice.") % {"name": name})
        told.setdefault(name, []).append(value)
    return Choice(
        top=top_of(told),
        sort=listed(told, "sort", "-"),
        where=tuple(condition(value) for value in told.get("where", ())),
        columns=listed(told, "columns"),
    )


def top_of(told: Mapping[str, list[str]]) -> int:
    text = told.get("top", [str(MOST_ROWS)])[0]
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= MOST_ROWS):
        raise TokenFault(_("top= takes a whole number from 1 to %(most)d.") % {"most": MOST_ROWS})
    return int(text)


def listed(told: Mapping[str, list[str]], option: str, before: str = "") -> tuple[str, ...]:
    names = tuple(told[option][0].split(",")) if option in told else ()
    for name in names:
        named(name.removeprefix(before) if before else name)
    return names


def condition(text: str) -> Condition:
    match = CONDITION.match(text)
    if match is None:
        raise TokenFault(_("“where=%(text)s” cannot be read. Write where=status:red|amber, or where=due<2026-12-31.") % {"text": text})
    operator: Operator = ":" if match["operator"] == ":" else "<" if match["operator"] == "<" else ">"
    return Condition(match["column"], operator, tuple(part.replace("_", " ") for part in match["value"].split("|")))
