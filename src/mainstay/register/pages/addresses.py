"""What the address of a list says, and the addresses of lists that differ in one thing from it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import QueryDict

from mainstay.register.filters import parameters
from mainstay.register.spec import Register

PAGE, VIEW = "page", "view"
SHOWING = ("columns", "sort", "per", "compare", "only")
"""Parameters that change what is shown of the rows, not which rows."""
ALL = "all"
"""`?view=all`: the whole list, whatever the reader has made the default."""
PASSING = (PAGE, "panel", "as_at", "compare", "only")
"""Parameters that a saved view does not keep."""


class Address:
    """The query of one list, cleaned: nothing empty, columns in one parameter."""

    def __init__(self, register: type[Register], path: str, query: QueryDict) -> None:
        self.register, self.path = register, path
        self.query = cleaned(query)
        self.is_clean = self.query.urlencode() == query.urlencode()

    def get(self, name: str, default: str = "") -> str:
        return self.query.get(name, default)

    @property
    def columns(self) -> list[str]:
        return [name for name in self.get("columns").split(",") if name]

    def url(self, *, without: Iterable[str] = (), **given: Any) -> str:
        """This list with other parameters; a change of anything but the page goes back to the first one."""
        query = self.query.copy()
        for name in (*without, *([] if PAGE in given else [PAGE]), "panel"):
            query.pop(name, None)
        for name, value in given.items():
            if value in (None, ""):
                query.pop(name, None)
            elif isinstance(value, list | tuple):
                query.setlist(name, [str(each) for each in value])
            else:
                query[name] = str(value)
        return joined(self.path, query)

    def kept(self, *left_out: str) -> list[tuple[str, str]]:
        """The parameters that a form on the page sends along, as hidden inputs."""
        return [(name, value) for name, values in self.query.lists() if name not in (*left_out, PAGE, "panel") for value in values]

    @property
    def saved(self) -> str:
        """The query as a saved view keeps it: the same words for the same list."""
        query = QueryDict(mutable=True)
        for name in sorted(self.query):
            if name not in (*PASSING, VIEW):
                query.setlist(name, self.query.getlist(name))
        return query.urlencode()

    @property
    def narrowing(self) -> list[str]:
        """The parameters in force that choose rows."""
        return [name for name in parameters(self.register) if name in self.query]


def cleaned(query: QueryDict) -> QueryDict:
    found = QueryDict(mutable=True)
    for name, values in query.lists():
        wanted = [text for text in (value.replace("\x00", "").strip() for value in values) if text]
        if name == "columns":
            wanted = [",".join(part for text in wanted for part in text.split(","))]
        if wanted and wanted != [""]:
            found.setlist(name, list(dict.fromkeys(wanted)))
    return found


def joined(path: str, query: QueryDict | str) -> str:
    text = query if isinstance(query, str) else query.urlencode()
    return f"{path}?{text}" if text else f"{path}?{VIEW}={ALL}"


def moved(names: Sequence[str], name: str, by: int) -> list[str]:
    """The columns with one of them a place further left (-1) or right (+1)."""
    found = list(names)
    at = found.index(name)
    to = max(0, min(len(found) - 1, at + by))
    found.insert(to, found.pop(at))
    return found
