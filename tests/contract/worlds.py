"""A small world for tests: two programmes that may not know of each other, people with roles in them, and sample rows of every register.

Rows are written by `register.actions` from each register's `samples.yaml`. The first test that asks for the world builds it so; the next
ones get the same rows copied back, which is a hundred times faster. On SQLite they stand in a database of their own, and each test begins
its transaction there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.apps import apps
from django.core.validators import MaxLengthValidator
from django.db import connection, models, transaction
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.exchange.demo.schedules import schedule_of
from mainstay.initiatives.models import Initiative
from mainstay.organisation.models import Office, Person
from mainstay.planning.receiving import receive
from mainstay.register import actions, derived
from mainstay.register.history import Actor
from mainstay.register.spec import REGISTERS, Register, in_order
from mainstay.reporting.cycle import commissioning

PASSWORD = "correct horse battery staple"
SAMPLE_CODE, OTHER_CODE = "SCR", "OTT"
CANARY, FOREIGN_CANARY = "marramgrass", "quillwort"
"""A word in every text of my programme, and one in every text of the other: whoever sees the second has seen too much."""

TODAY = date(2026, 11, 25)
WHAT_IS_ASKED = """
form: return/1
scale: local-rag
parts:
  - name: status
    title: How is it going?
    questions:
      - {name: rating, kind: rating, title: Rating, required: true}
      - {name: summary, kind: text, title: Why, longest: 600, required: true}
      - {name: spent, kind: money, title: "Spent, £", is_kept: true}
  - name: risks
    title: Risks
    register: risk.risk
    which: open
    asked: [probability]
"""
Ids = dict[str, list[int]]


@dataclass
class World:
    """What the tests stand on. Accounts are read anew for each test, since they remember what they hold."""

    mine: Ids = field(default_factory=dict)
    theirs: Ids = field(default_factory=dict)

    @cached_property
    def administrator(self) -> Account:
        """Reaches everything."""
        return Account.objects.get(email="administrator@example.org")

    @cached_property
    def owner(self) -> Account:
        """Head of office of my programme: all verbs, there only."""
        return Account.objects.get(email="owner@example.org")

    @cached_property
    def member(self) -> Account:
        """Reader of my programme: may view, and nothing else."""
        return Account.objects.get(email="member@example.org")

    @cached_property
    def stranger(self) -> Account:
        """Head of office of the other programme."""
        return Account.objects.get(email="stranger@example.org")

    @cached_property
    def nobody(self) -> Account:
        """May sign in and holds nothing."""
        return Account.objects.get(email="nobody@example.org")

    @cached_property
    def programme(self) -> Initiative:
        return Initiative.objects.get(code=SAMPLE_CODE)

    @cached_property
    def project(self) -> Initiative:
        """A project of my programme."""
        return Initiative.objects.get(code=f"{SAMPLE_CODE}-HB")

    @cached_property
    def other(self) -> Initiative:
        """The programme that my people may not know of."""
        return Initiative.objects.get(code=OTHER_CODE)

    def record(self, register: type[Register], place: int = 0) -> Any:
        """A row of my programme, or of the whole organisation where a register is open to all."""
        return register.model._default_manager.get(pk=self.mine[register.key][place])

    def foreign(self, register: type[Register]) -> Any:
        """A row of the other programme; only for registers of `closed()`."""
        return register.model._default_manager.get(pk=self.theirs[register.key][0])

    def account(self, role: str) -> Account:
        """A new account that holds `role` in my programme."""
        return appoint(f"{role}@example.org", role.replace("_", " ").title(), role, self.programme)


def actor(account: Account | None, channel: str = "page") -> Actor:
    return Actor(account, channel, "00000000-0000-0000-0000-000000000000")


def is_shared(register: type[Register]) -> bool:
    """Whether every holder of a role sees all rows."""
    return register.is_open or not register.scope


def closed() -> list[type[Register]]:
    """The registers whose rows belong to one place in the tree."""
    return [register for register in REGISTERS.values() if not is_shared(register)]


def appoint(email: str, name: str, role: str, initiative: Initiative | None) -> Account:
    """A sign-in, the person it belongs to, and the role that the person holds."""
    account = Account.objects.create_user(email, name, PASSWORD)
    chief = actor(Account.objects.get(email="administrator@example.org"))
    person = actions.create(REGISTERS["organisation.person"], {"title": name, "email": email}, chief)
    Person.objects.filter(pk=person.pk).update(account=account)
    if role and initiative:
        values = {"person": person.pk, "role": role, "initiative": initiative.pk, "since": timezone.localdate()}
        actions.create(REGISTERS["initiatives.appointment"], values, chief)
    return account


def build() -> World:
    """Write the whole world through the same actions as anyone's rows."""
    world = World()
    chief = actor(Account.objects.create_user("administrator@example.org", "Ada Min", PASSWORD, is_administrator=True))
    for register in in_order():
        world.mine[register.key] = rows_of(register, chief, SAMPLE_CODE, CANARY)
        if register.key == "initiatives.initiative":
            hang_below(register, chief, world.mine[register.key])
        if not is_shared(register):
            world.theirs[register.key] = rows_of(register, chief, OTHER_CODE, FOREIGN_CANARY)
            if register.key == "initiatives.initiative":
                hang_below(register, chief, world.theirs[register.key])
    appoint("owner@example.org", "Olive Ner", "office_lead", world.programme)
    appoint("member@example.org", "Mel Ember", "reader", world.programme)
    appoint("stranger@example.org", "Stan Range", "office_lead", world.other)
    appoint("nobody@example.org", "Noel Body", "", None)
    return world


def rows_of(register: type[Register], chief: Actor, code: str, canary: str) -> list[int]:
    if register.key == "planning.plan":
        return [received(chief, Initiative.objects.get(code=code), canary).pk]
    if register.key == "reporting.commission":
        return [commissioned(chief, Initiative.objects.get(code=code), canary).pk]
    if register.key == "reporting.project_return":
        return list(register.model._default_manager.filter(commission__initiative__code=code).values_list("pk", flat=True))
    if not register.is_entered:
        return [bare(register, chief, Initiative.objects.get(code=code), canary).pk]
    made = [actions.create(register, values, chief).pk for values in values_for(register, code, canary)]
    if register.key == "reporting.definition":
        made += register.model._default_manager.filter(initiative__code=code, state="in_use").values_list("pk", flat=True)
    return made


def values_for(register: type[Register], code: str = SAMPLE_CODE, canary: str = CANARY) -> list[dict[str, Any]]:
    """The register's samples, moved to the initiatives that begin with `code`, with `canary` in every text that takes it."""
    rows = [moved(values, code) for values in register.samples()]
    return [{**row, **dict(marked(register, row, canary)), **dict(named(register, row, canary))} for row in rows]


def named(register: type[Register], values: dict[str, Any], canary: str) -> Iterator[tuple[str, str]]:
    """References of a sample that name a sample of another register by its title: that one has `canary` in its title here."""
    for name, target in register.references().items():
        if not is_shared(target) and values.get(name) in {sample.get("title") for sample in target.samples()} - {None}:
            yield name, f"{values[name]} {canary}"


def moved(values: dict[str, Any], code: str) -> dict[str, Any]:
    return {
        name: code + value[len(SAMPLE_CODE) :] if isinstance(value, str) and value.startswith(SAMPLE_CODE) else value
        for name, value in values.items()
    }


def marked(register: type[Register], values: dict[str, Any], canary: str) -> Iterator[tuple[str, str]]:
    if is_shared(register):
        return
    for name in texts(register):
        text = f"{values.get(name) or ''} {canary}".strip()
        limit = register.field(name).max_length
        if limit is None or len(text) <= limit:
            yield name, text


def texts(register: type[Register]) -> list[str]:
    """Fields that take any text: no choices, no format, no code of something else."""
    plain = (models.CharField, models.TextField)
    return [
        name
        for name in register.fields()
        if type(register.field(name)) in plain
        and not register.field(name).choices
        and all(isinstance(one, MaxLengthValidator) for one in register.field(name).validators)
        and "activit" not in name
        and name not in ("code", "content", "available")
    ]


def hang_below(register: type[Register], chief: Actor, ids: list[int]) -> None:
    """The first sample is the programme; the projects of the samples lie in it."""
    for pk in ids[1:]:
        record = register.model._default_manager.get(pk=pk)
        actions.change(register, pk, record.version, {"parent": ids[0]}, chief)


def received(chief: Actor, initiative: Initiative, canary: str) -> Any:
    """A plan as though it came from a file, with what pages read of it kept in the store."""
    demo = schedule_of("SCR-SM", f"Plan {canary}", canary, TODAY)
    activities = tuple(replace(activity, name=f"{activity.name} {canary}") for activity in demo.activities)
    return receive(initiative, replace(demo, activities=activities), f"{canary}.xml", canary.encode(), chief)


def commissioned(chief: Actor, initiative: Initiative, canary: str) -> Any:
    """A definition in use, asked of all projects below the initiative."""
    register = REGISTERS["reporting.definition"]
    given = {"title": f"Return {canary}", "initiative": initiative.pk, "purpose": canary, "content": WHAT_IS_ASKED}
    definition = actions.create(register, given, chief)
    definition = actions.move(register, definition.pk, definition.version, "use", chief)
    asked = [one.initiative.pk for one in commissioning.candidates(definition, chief.account)]
    made = commissioning.commission(definition, asked, (date(2026, 10, 1), date(2026, 10, 31)), chief)
    for row in made.returns.all():
        derived.derive(
            REGISTERS["reporting.project_return"], row, {"answers": {"rating": "amber", "summary": canary}, "rating": "amber"}, chief
        )
    return made


def bare(register: type[Register], chief: Actor, initiative: Initiative, canary: str) -> Any:
    """A row of a register that nobody enters by hand: the least that its table takes, announced like a row from a file."""
    values: dict[str, Any] = {"title": f"{register.singular()} {canary}", "ref": f"{register.code}-001", "initiative": initiative}
    for column in register.model._meta.concrete_fields:
        if column.name not in values and not column.has_default() and not column.null and not column.primary_key:
            values[column.name] = filler(column, initiative, canary)
    if register.states:
        values["state"] = register.states.first
    names = {column.name for column in register.model._meta.concrete_fields}
    record = register.model._default_manager.create(**{name: value for name, value in values.items() if name in names})
    with transaction.atomic():
        derived.introduce(register, [record], chief)
    return record


def filler(column: Any, initiative: Initiative, canary: str) -> Any:
    if isinstance(column, models.ForeignKey):
        rows = column.related_model._default_manager
        return initiative if column.related_model is Initiative else rows.filter(title__contains=canary).first() or rows.first()
    if isinstance(column, models.DateTimeField):
        return timezone.now()
    if isinstance(column, models.DateField):
        return timezone.localdate()
    if isinstance(column, models.CharField | models.TextField):
        return column.choices[0][0] if column.choices else (canary if column.max_length is None or column.max_length >= len(canary) else "")
    return 1


class Copies:
    """The rows of the world as they were built, table by table, to be put back into the next test's transaction."""

    def __init__(self, world: World) -> None:
        self.mine, self.theirs = world.mine, world.theirs
        self.tables: list[tuple[str, list[str], list[tuple[Any, ...]]]] = []
        standing = set(connection.introspection.table_names())
        for model in own_models():
            if model._meta.db_table not in standing:
                continue
            names = [str(column.column) for column in model._meta.concrete_fields]
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT {', '.join(map(quote, names))} FROM {quote(model._meta.db_table)}")
                if rows := cursor.fetchall():
                    self.tables.append((model._meta.db_table, names, rows))

    def put_back(self) -> World:
        # In one transaction, since tables refer to one another and to themselves.
        with transaction.atomic(), connection.cursor() as cursor:
            for table, names, rows in self.tables:
                marks = ", ".join(["%s"] * len(names))
                cursor.executemany(f"INSERT INTO {quote(table)} ({', '.join(map(quote, names))}) VALUES ({marks})", rows)
        return World(self.mine, self.theirs)


def quote(name: str) -> str:
    return connection.ops.quote_name(name)


def own_models() -> list[type[models.Model]]:
    return [model for config in apps.get_app_configs() if config.name.startswith("mainstay.") for model in config.get_models()]


_copies: list[Copies] = []


def ready() -> World:
    """The world, in the transaction of this test."""
    if Account.objects.exists() or Office.objects.exists():
        return build()
    if not _copies:
        world = build()
        _copies.append(Copies(world))
        return World(world.mine, world.theirs)
    return _copies[0].put_back()


_standing: list[Any] = []


@contextmanager
def standing() -> Iterator[World]:
    """The world in place of the empty database, on SQLite; to be entered before the test's transaction begins, and left after it."""
    if not _standing:
        _standing.append(made_to_stand())
    empty, connection.connection = connection.connection, _standing[0]
    try:
        yield World(_copies[0].mine, _copies[0].theirs)
    finally:
        connection.connection = empty


def made_to_stand() -> Any:
    """A second database in memory: the tables of the first, and the rows of the world."""
    if not _copies:
        with transaction.atomic():
            _copies.append(Copies(build()))
            transaction.set_rollback(True)
    other: Any = connection.copy()  # type: ignore[no-untyped-call]
    other.settings_dict["NAME"] = "file:world?mode=memory&cache=shared"
    other.connect()
    empty: Any = connection.connection
    empty.backup(other.connection)
    connection.connection = other.connection
    try:
        _copies[0].put_back()
    finally:
        connection.connection = empty
    return other.connection
