"""The declaration of a register, and the list of all of them."""

import importlib
import pkgutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import yaml
from django.apps import apps
from django.db.models import Field, ForeignKey, QuerySet
from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.register.record import Entry
from mainstay.register.states import States

REGISTERS: dict[str, "type[Register]"] = {}
_by_model: dict[Any, "type[Register]"] = {}


class Register:
    """Everything the product needs to know about one kind of record.

    Subclass it in `<function>/<register>/register.py`. The class registers itself under `<function>.<register>`, and its pages,
    API, import, export, search, history, permissions, navigation, guide and contract tests follow from these attributes.
    """

    model: ClassVar[type[Entry]]
    code: ClassVar[str]
    """The letters before the number of a reference, e.g. R for R-0012."""
    sections: ClassVar[Mapping[str, tuple[str, ...]]]
    """Heading → fields, in reading order; the fields named here are the ones that can be written."""
    columns: ClassVar[tuple[str, ...]]
    """Columns that a list shows until its reader chooses others; fields, or properties of the model."""
    filters: ClassVar[tuple[str, ...]] = ()
    search: ClassVar[tuple[str, ...]] = ("ref", "title")
    order: ClassVar[tuple[str, ...]] = ("-pk",)
    inline: ClassVar[tuple[str, ...]] = ()
    """Columns that can be edited in the list."""
    states: ClassVar[States | None] = None
    scope: ClassVar[tuple[str, ...]] = ("initiative__path",)
    """Lookups that lead from a row to its paths in the tree; any of them gives access."""
    is_open: ClassVar[bool] = False
    """True where every holder of a role that may view this register sees all of its rows."""
    derived: ClassVar[Mapping[str, str]] = {}
    """Extra columns that are properties of the model: name → heading."""
    due: ClassVar[str] = ""
    """The day by which an open record needs somebody; work that is late or coming is found by it."""
    waits_on: ClassVar[Mapping[str, str]] = {}
    """State → whose step it is where that is not the owner's: a field that names a person, or a verb that only some may do."""
    guarded: ClassVar[Mapping[str, str]] = {}
    """Fields of a record that stands which need another verb than `change`: name → verb."""
    is_entered: ClassVar[bool] = True
    """False where rows come only from files and calculations: nobody creates, edits or imports them by hand."""
    is_fixed: ClassVar[bool] = False
    """True where a row never changes once it stands: nobody, an administrator neither, is offered to edit or withdraw it."""
    is_in_rail: ClassVar[bool] = True
    """Stands in the navigation itself; the others of its function are one step away, under “More”."""

    key: ClassVar[str]
    function: ClassVar[str]
    name: ClassVar[str]
    folder: ClassVar[Path]

    def __init_subclass__(cls) -> None:
        file = sys.modules[cls.__module__].__file__
        cls.folder = Path(file or "").parent
        cls.function, cls.name = cls.__module__.split(".")[-3:-1]
        cls.key = f"{cls.function}.{cls.name}"
        REGISTERS[cls.key] = _by_model[cls.model] = cls

    @classmethod
    def title(cls) -> str:
        text = str(cls.model._meta.verbose_name_plural)
        return text[:1].upper() + text[1:]

    @classmethod
    def singular(cls) -> str:
        return str(cls.model._meta.verbose_name)

    @classmethod
    def fields(cls) -> tuple[str, ...]:
        """The fields that can be written, in reading order."""
        return tuple(name for names in cls.sections.values() for name in names)

    @classmethod
    def field(cls, name: str) -> Field[Any, Any]:
        return cls.model._meta.get_field(name)  # type: ignore[return-value]  # registers name concrete fields only; checked at start

    @classmethod
    def references(cls) -> dict[str, "type[Register]"]:
        """Writable fields that point to records of other registers."""
        found = {}
        for name in cls.fields():
            field = cls.model._meta.get_field(name)
            if isinstance(field, ForeignKey) and (target := register_of(field.related_model)) is not None:
                found[name] = target
        return found

    @classmethod
    def rows(cls, rows: QuerySet[Any]) -> QuerySet[Any]:
        """What a list needs with each row, so that the number of queries does not grow with the rows."""
        return rows.select_related(*[name for name in (*cls.fields(), "initiative") if cls.is_relation(name)])

    @classmethod
    def is_relation(cls, name: str) -> bool:
        return any(isinstance(field, ForeignKey) and field.name == name for field in cls.model._meta.get_fields())

    @classmethod
    def path(cls, record: Any) -> str:
        """The record's place in the tree, kept with each change."""
        if not cls.scope:
            return "/"
        value: Any = record
        for step in cls.scope[0].split("__"):
            value = getattr(value, step, None)
        return value or "/"

    @classmethod
    def refusal(cls, record: Any, move: str, account: Account | None) -> str:  # registers that need it override it
        """Why `account` may not take this step although it may change the record; "" where nothing speaks against it."""
        return ""

    @classmethod
    def before_write(cls, record: Any, before: Mapping[str, Any]) -> None:
        """Called before each write, for values that follow from the others and are saved with them. `before` is {} for a new record."""

    @classmethod
    def after_write(cls, record: Any, before: Mapping[str, Any]) -> None:
        """Called in the transaction of each write, for what must hold at once (a path, a counterpart). `before` is {} for a new record."""

    @classmethod
    def label(cls, name: str) -> str:
        if name in cls.derived:
            return str(cls.derived[name])
        text = str(cls.field(name).verbose_name)
        return text[:1].upper() + text[1:]

    @classmethod
    def url(cls, verb: str = "list", record: Entry | int | None = None) -> str:
        pk = record.pk if isinstance(record, Entry) else record
        return reverse(f"{cls.key}.{verb}", args=[] if pk is None else [pk])

    @classmethod
    def work_url(cls, record: Any) -> str:
        """Where the next piece of work on an open record is done; its own page unless the register has a better one."""
        return cls.url("detail", record)

    @classmethod
    def samples(cls) -> list[dict[str, Any]]:
        """Believable rows: demo data, documentation and the contract tests' input."""
        rows: list[dict[str, Any]] = yaml.safe_load((cls.folder / "samples.yaml").read_text(encoding="utf-8"))
        return rows

    @classmethod
    def guide(cls) -> str:
        """The manual page, in Markdown."""
        return (cls.folder / "guide.md").read_text(encoding="utf-8")


def load() -> None:
    """Import every `<function>/<register>/register.py` of the installed apps."""
    for config in apps.get_app_configs():
        if not config.name.startswith("mainstay."):
            continue
        for module in pkgutil.iter_modules([config.path]):
            if module.ispkg and (Path(config.path) / module.name / "register.py").exists():
                importlib.import_module(f"{config.name}.{module.name}.register")


def register_of(model: Any) -> "type[Register] | None":
    """The register whose rows `model` holds."""
    return _by_model.get(model)


def get(key: str) -> "type[Register] | None":
    return REGISTERS.get(key)


def in_order() -> "list[type[Register]]":
    """All registers, those first that others refer to: the order in which rows can be loaded."""
    ordered: list[type[Register]] = []
    waiting = list(REGISTERS.values())
    while waiting:
        ready = [kind for kind in waiting if not {target for target in kind.references().values() if target is not kind} - set(ordered)]
        ordered += ready or waiting
        waiting = [kind for kind in waiting if kind not in ordered]
    return ordered
