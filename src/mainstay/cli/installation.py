"""The installation that a command works on: Django made ready only when a command needs it, and what goes wrong told in a sentence."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mainstay.cli.bar import Bar
from mainstay.cli.outcome import NOT_READY, REFUSED, UNREADABLE, Failure
from mainstay.formats.errors import FormatError
from mainstay.project.configuration import ConfigurationError

if TYPE_CHECKING:
    from mainstay.accounts.models import Account
    from mainstay.jobs.progress import Progress

SETTINGS = "mainstay.project.settings"


def ready() -> None:
    """Load Django with the settings of the environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django  # heavy, and not needed by the commands that work on files alone

    try:
        django.setup()
    except ConfigurationError as fault:
        raise Failure(str(fault), NOT_READY) from fault


@contextmanager
def told() -> Iterator[None]:
    """Turn what an action or the database refuses into the sentence that ends the command. Call after `ready`."""
    from django.db import DatabaseError  # as above

    from mainstay.register.errors import ActionError  # needs Django

    try:
        yield
    except FormatError as fault:
        raise Failure(str(fault), UNREADABLE) from fault
    except ActionError as fault:
        raise Failure(str(fault), REFUSED) from fault
    except DatabaseError as fault:
        raise Failure(database_sentence(str(fault)), NOT_READY) from fault


def database_sentence(text: str) -> str:
    if "no such table" in text or "does not exist" in text:
        return "The database has not been set up. Run `mainstay init` first."
    if "locked" in text:
        return "The database is busy with another writer. Try again in a moment."
    return f"The database cannot be used: {text.strip().splitlines()[0] if text.strip() else 'no reason given'}"


def needs_set_up() -> bool:
    """Whether the database lacks tables of this release."""
    from django.db import connection  # as above
    from django.db.migrations.executor import MigrationExecutor  # as above

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def administrator(email: str = "") -> "Account":
    """The account that a command acts as: the one named, else the first administrator."""
    from mainstay.accounts.models import Account  # needs Django

    rows = Account.objects.filter(is_active=True)
    found = rows.filter(email=email.strip().lower()).first() if email else rows.filter(is_administrator=True).order_by("pk").first()
    if found is None:
        why = f"There is no account {email} that may sign in." if email else "There is no administrator. Run `mainstay init` first."
        raise Failure(why, NOT_READY)
    return found


def progress(bar: Bar) -> "Progress":
    """The bar as what long work is given."""
    from mainstay.jobs.progress import Progress  # needs Django

    class Terminal(Progress):
        def __call__(self, done: int, total: int, text: str = "") -> None:
            bar(done, total, text)

    return Terminal()
