"""What one of several people does with the same return at the same moment, in an installation that tests reach only through processes."""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import django

django.setup()

from django.utils import timezone  # noqa: E402  # needs the apps

from mainstay.accounts.models import Account  # noqa: E402  # needs the apps
from mainstay.initiatives.models import Initiative  # noqa: E402  # needs the apps
from mainstay.organisation.models import Person  # noqa: E402  # needs the apps
from mainstay.register import actions  # noqa: E402  # needs the apps
from mainstay.register.history import Actor  # noqa: E402  # needs the apps
from mainstay.register.spec import REGISTERS  # noqa: E402  # needs the apps
from mainstay.reporting.cycle import asking, bearing, commissioning, linking, submitting  # noqa: E402  # needs the apps
from mainstay.reporting.cycle.overtaken import AlreadySent  # noqa: E402  # needs the apps
from mainstay.reporting.cycle.workbook import loading, writing  # noqa: E402  # needs the apps
from mainstay.reporting.models import Return, ReturnLink  # noqa: E402  # needs the apps
from tests.reporting.cycle.workbooks import ASKED, edited, setting  # noqa: E402  # needs the apps

Ready = Callable[[], None]


def chief() -> Actor:
    return Actor(Account.objects.get(email="chief@example.org"), "command")


def set_up() -> None:
    """A project manager with an account who is asked for a return, and a definition that may be commissioned again and again."""
    Account.objects.create_user("chief@example.org", "Ada Chief", is_administrator=True)
    account = Account.objects.create_user("pat@example.org", "Pat Manager")
    person = actions.create(REGISTERS["organisation.person"], {"title": "Pat Manager", "email": "pat@example.org"}, chief())
    Person.objects.filter(pk=person.pk).update(account=account)
    values = {"code": "W", "title": "Writers", "kind": "project"}
    place = actions.create(REGISTERS["initiatives.initiative"], values, chief())
    Initiative.objects.filter(pk=place.pk).update(state="delivery")
    held = {"person": person.pk, "role": "project_manager", "initiative": place.pk, "since": timezone.localdate()}
    actions.create(REGISTERS["initiatives.appointment"], held, chief())
    values = {"title": "Highlights", "initiative": place.pk, "content": ASKED, "asks": "project"}
    definition = actions.create(REGISTERS["reporting.definition"], values, chief())
    actions.move(REGISTERS["reporting.definition"], definition.pk, definition.version, "use", chief())


def ask(month: int, folder: str) -> int:
    """A return of a month of its own, with its link and its workbook."""
    definition = REGISTERS["reporting.definition"].model._default_manager.get()
    asked = [one.initiative.pk for one in commissioning.candidates(definition, chief().account)]
    first = date(2026, month, 1)
    row = commissioning.commission(definition, asked, (first, first + timedelta(days=27)), chief()).returns.get()
    Return.objects.filter(pk=row.pk).update(due_on=timezone.localdate())
    row.refresh_from_db()
    linking.make(row, chief())
    record = asking.return_of(row.pk, manager().account)
    assert record is not None
    (Path(folder) / f"{row.pk}.xlsx").write_bytes(writing.write(asking.asked_of(record, manager().account)))
    return int(row.pk)


def manager() -> Actor:
    return Actor(Account.objects.get(email="pat@example.org"), "page")


def form(pk: int, name: str, ready: Ready, actor: Actor) -> str:
    """Somebody who fills the form with an answer of their own and sends it: `sent`, or what they are told."""
    given = {"q.rating": "green", "q.summary": f"Said by {name}."}
    ready()
    try:
        made = submitting.submit(pk, given, dict.fromkeys(given, ""), actor, send=True)
    except AlreadySent as fault:
        return str(fault)
    return "sent" if made.is_sent else " ".join(made.faults.values())


def by_page(pk: int, name: str, ready: Ready, _folder: str) -> str:
    return form(pk, name, ready, manager())


def by_link(pk: int, name: str, ready: Ready, _folder: str) -> str:
    link = ReturnLink.objects.select_related("of__commission", "of__initiative", "of__owner", "person").get(of=pk)
    return form(pk, name, ready, bearing.actor_of(link, {}))


def by_workbook(pk: int, name: str, ready: Ready, folder: str) -> str:
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "back.xlsx"
        path.write_bytes((Path(folder) / f"{pk}.xlsx").read_bytes())
        edited(path, setting({"q.rating": "Green", "q.summary": f"Said by {name}."}))
        ready()
        (made,) = loading.load_files([(path, "back.xlsx")], manager(), send=True)
    return "sent" if made.is_sent else " ".join(map(str, (*made.faults, *made.not_sent)))


WAYS = {"page": by_page, "link": by_link, "workbook": by_workbook}


def main(way: str, pk: str, name: str, folder: str, start: str) -> None:
    """Wait until the file `start` is there, so that all begin together."""

    def ready() -> None:
        print("ready", file=sys.stderr, flush=True)
        while not Path(start).exists():
            time.sleep(0.002)

    print(json.dumps(WAYS[way](int(pk), name, ready, folder)))


if __name__ == "__main__":
    main(*sys.argv[1:])
