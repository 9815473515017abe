"""The database's own guards: triggers that refuse any change to, or removal of, the history. Put back after each migration."""

from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "register_change"
NAMES = (f"{TABLE}_no_update", f"{TABLE}_no_delete")
REFUSAL = "The history is only ever added to."


def statements(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{event} BEFORE {event.upper()} ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            for event in ("update", "delete")
        ]
    return [
        f"CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
        *(
            f"CREATE OR REPLACE TRIGGER {TABLE}_no_{event} BEFORE {event.upper()} ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()"
            for event in ("update", "delete")
        ),
        f"CREATE OR REPLACE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()",
    ]


def install(database: BaseDatabaseWrapper = connection) -> None:
    if TABLE not in database.introspection.table_names():
        return
    with database.cursor() as cursor:
        for statement in statements(database.vendor):
            cursor.execute(statement)


def install_after_migrate(**kwargs: Any) -> None:  # noqa: ARG001  # the signal's signature
    install()


def missing(database: BaseDatabaseWrapper = connection) -> list[str]:
    """The guards that ought to stand and do not."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if database.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with database.cursor() as cursor:
        cursor.execute(query)
        standing = {row[0] for row in cursor.fetchall()}
    return [name for name in NAMES if name not in standing]
