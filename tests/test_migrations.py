"""Migrations lead to the tables that the models declare: an installation is set up by the first, the tests' own database by the second."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.jobs.installation import DATABASE

Told = dict[str, dict[str, Any]]


def told(database: BaseDatabaseWrapper) -> Told:
    """Of each table its columns, and the keys, indexes and conditions on it, without the names that the database gives itself."""
    found: Told = {}
    with database.cursor() as cursor:
        cursor.execute("SELECT type, name, tbl_name FROM sqlite_master WHERE type IN ('trigger', 'view')")
        found["beside the tables"] = {name: (kind, table) for kind, name, table in cursor.fetchall()}
        for table in database.introspection.table_names(cursor):
            cursor.execute(f'PRAGMA table_xinfo("{table}")')
            columns = {name: (kind, is_needed, key) for _place, name, kind, is_needed, _default, key, _hidden in cursor.fetchall()}
            conditions = database.introspection.get_constraints(cursor, table)
            found[table] = {
                "columns": columns,
                "conditions": {name: fact for name, fact in conditions.items() if not is_named_by_itself(name)},
                "others": sorted(str(fact) for name, fact in conditions.items() if is_named_by_itself(name)),
            }
    return found


def is_named_by_itself(name: str) -> bool:
    return name.startswith(("__", "fk_", "sqlite_autoindex"))


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "sqlite", reason="on a server the tests' own database is migrated")
def test_migrations_lead_to_the_tables_that_the_models_declare(db: None, migrated: Path) -> None:
    other: Any = connection.copy()  # type: ignore[no-untyped-call]
    other.settings_dict["NAME"] = migrated / DATABASE
    try:
        after_migrations, declared = told(other), told(connection)
    finally:
        other.close()
    del after_migrations["django_migrations"]
    assert sorted(after_migrations) == sorted(declared)
    for table, facts in declared.items():
        assert after_migrations[table] == facts, table
