"""The index over the words of all records: FTS5 on SQLite, a tsvector with GIN on PostgreSQL; kept by the database itself."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup

from mainstay.register.models import SearchText

TABLE = "register_searchtext"
INDEX = "register_searchwords"
MOST_WORDS, LONGEST_WORD = 8, 60
TOKEN = re.compile(r"[^\W_]+")


def tokens(words: str) -> list[list[str]]:
    """What was typed, as the index splits it: `R-012 crane` is the phrase r 012 and the word crane."""
    chunks = [[token[:LONGEST_WORD].lower() for token in TOKEN.findall(chunk)] for chunk in words.split()[:MOST_WORDS]]
    return [chunk for chunk in chunks if chunk]


def folded(token: str) -> str:
    """A token as the index of the database in use compares it: FTS5 takes the accents away, PostgreSQL keeps them."""
    lower = token.lower()
    if connection.vendor != "sqlite":
        return lower
    return "".join(letter for letter in unicodedata.normalize("NFD", lower) if not unicodedata.combining(letter))


@dataclass(frozen=True, slots=True)
class Ask:
    """What is looked for: words, in rows of some registers that lie below some paths (`None`: anywhere)."""

    words: list[list[str]]
    places: tuple[tuple[tuple[str, ...], tuple[str, ...] | None], ...]

    def for_sqlite(self) -> str:
        groups = []
        for registers, paths in self.places:
            group = "(" + " OR ".join(f'"{register_token(key)}"' for key in registers) + ")"
            if paths is not None:
                group = f"({group} AND (" + " OR ".join(f'"{path_token(path)}"' for path in paths) + "))"
            groups.append(group)
        words = " AND ".join(f'"{" ".join(chunk)}" *' for chunk in self.words)
        return f"({{scope}} : ({' OR '.join(groups)})) AND ({{label text}} : ({words}))"

    def for_postgresql(self) -> str:
        groups = []
        for registers, paths in self.places:
            group = "(" + " | ".join(f"{register_token(key)}:C" for key in registers) + ")"
            if paths is not None:
                group = f"({group} & (" + " | ".join(f"{path_token(path)}:C" for path in paths) + "))"
            groups.append(group)
        words = [" <-> ".join([*(f"{token}:AB" for token in chunk[:-1]), f"{chunk[-1]}:*AB"]) for chunk in self.words]
        return f"({' | '.join(groups)}) & " + " & ".join(f"({chunk})" for chunk in words)


def register_token(key: str) -> str:
    return "k" + key.replace(".", "").replace("_", "")


def path_token(path: str) -> str:
    """The last step of a path; ids are unique in a tree, so that it stands for everything below."""
    return "p" + path.rstrip("/").rpartition("/")[2]


def ids(ask: Ask, most: int) -> list[int]:
    """The newest rows of the search table that answer `ask`, read from the index alone."""
    sql, query = MATCH[connection.vendor], (ask.for_sqlite() if connection.vendor == "sqlite" else ask.for_postgresql())
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT %s", [query, most])
        return [row[0] for row in cursor.fetchall()]


MATCH = {
    "sqlite": f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s ORDER BY rowid DESC",  # noqa: S608  # names of our own tables only
    "postgresql": f"SELECT id FROM {TABLE} WHERE words @@ to_tsquery('simple', %s) ORDER BY id DESC",  # noqa: S608  # the same
}


class Matches(Lookup[bool]):
    """`text__matches=Ask(…)`, for use inside other queries."""

    lookup_name = "matches"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str, ...]]:
        alias = compiler.quote_name_unless_alias(self.lhs.alias)
        return f'{alias}."id" IN (SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s)', (self.rhs.for_sqlite(),)  # noqa: S608  # the same

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str, ...]]:
        alias = compiler.quote_name_unless_alias(self.lhs.alias)
        return f"{alias}.words @@ to_tsquery('simple', %s)", (self.rhs.for_postgresql(),)


SearchText._meta.get_field("text").register_lookup(Matches)


def statements(vendor: str) -> list[str]:
    if vendor == "sqlite":
        columns = "rowid, label, text, scope"
        content = f"content='{INDEX}_source', content_rowid='id'"
        options = f"label, text, scope, {content}, tokenize='unicode61 remove_diacritics 2', prefix='1 2 3'"
        gone = f"INSERT INTO {INDEX} ({INDEX}, {columns}) SELECT 'delete', {values('old')}"
        come = f"INSERT INTO {INDEX} ({columns}) SELECT {values('new')}"
        return [
            f"CREATE VIEW IF NOT EXISTS {INDEX}_source AS SELECT {values('row', 'id')} FROM {TABLE} AS row",  # noqa: S608  # constants alone
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {INDEX} USING fts5({options})",
            f"CREATE TRIGGER IF NOT EXISTS {INDEX}_insert AFTER INSERT ON {TABLE} BEGIN {come}; END",
            f"CREATE TRIGGER IF NOT EXISTS {INDEX}_delete AFTER DELETE ON {TABLE} BEGIN {gone}; END",
            f"CREATE TRIGGER IF NOT EXISTS {INDEX}_update AFTER UPDATE ON {TABLE} BEGIN {gone}; {come}; END",
        ]
    parts = [
        f"setweight(to_tsvector('simple', regexp_replace({column}, '[^[:alnum:]]+', ' ', 'g')), '{weight}')"
        for column, weight in (("label", "A"), ("text", "B"), (SCOPE.format(row=""), "C"))
    ]
    return [
        f"ALTER TABLE {TABLE} ADD COLUMN IF NOT EXISTS words tsvector GENERATED ALWAYS AS ({' || '.join(parts)}) STORED",
        f"CREATE INDEX IF NOT EXISTS {INDEX} ON {TABLE} USING gin (words)",
    ]


SCOPE = "'k' || replace(replace({row}register, '.', ''), '_', '') || replace({row}path || {row}other_path, '/', ' p')"


def values(row: str, name: str = "") -> str:
    """The indexed columns of a row, for the triggers and the source view alike."""
    return f"{row}.id{f' AS {name}' if name else ''}, {row}.label AS label, {row}.text AS text, {SCOPE.format(row=row + '.')} AS scope"


def install(database: BaseDatabaseWrapper = connection) -> None:
    """Make the index where it is missing; a table that a migration has remade gets its triggers back."""
    if TABLE not in database.introspection.table_names():
        return
    with database.cursor() as cursor:
        standing = INDEX in database.introspection.table_names(cursor)
        for statement in statements(database.vendor):
            cursor.execute(statement)
        if database.vendor == "sqlite" and not standing:
            cursor.execute(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('rebuild')")  # noqa: S608  # names of our own tables only


def install_after_migrate(**kwargs: Any) -> None:  # noqa: ARG001  # the signal's signature
    install()
