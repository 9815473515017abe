"""A review of my programme, its team, its senior responsible owner, and a report that is not released."""

from typing import Any

import pytest

from mainstay.accounts.models import Account
from mainstay.assurance.models import Review
from mainstay.organisation.models import Person
from mainstay.register import actions
from mainstay.register.spec import REGISTERS
from tests.contract import worlds
from tests.contract.worlds import World, actor

SEALED = "zostera"
"""A word that stands in every text of the report and its recommendation, and nowhere else."""


def create(name: str, account: Account, **values: Any) -> Any:
    return actions.create(REGISTERS[f"assurance.{name}"], values, actor(account))


def move(record: Any, name: str, account: Account, reason: str = "") -> Any:
    from mainstay.register.spec import register_of  # only here is a register found by its row

    record.refresh_from_db()
    register = register_of(type(record))
    assert register is not None
    return actions.move(register, record.pk, record.version, name, actor(account), reason=reason)


def change(record: Any, account: Account, **values: Any) -> Any:
    from mainstay.register.spec import register_of  # the same

    record.refresh_from_db()
    register = register_of(type(record))
    assert register is not None
    return actions.change(register, record.pk, record.version, values, actor(account))


def person_of(account: Account) -> int:
    return Person.objects.get(account=account).pk


def fresh(account: Account) -> Account:
    """The account as the next request reads it: what it holds is remembered for one request only."""
    return Account.objects.get(pk=account.pk)


@pytest.fixture
def review(world: World) -> Review:
    values = {"title": "Gate 2", "initiative": world.project.pk, "kind": "gate-2", "window_from": "2031-02-03", "window_to": "2031-02-28"}
    found: Review = create("review", world.owner, **values, starts_on="2031-02-10", ends_on="2031-02-13")
    return found


@pytest.fixture
def sro(world: World) -> Account:
    return world.account("sro")


@pytest.fixture
def leader(world: World, review: Review) -> Account:
    """Somebody from outside who may read the project and is booked to lead the review."""
    account = worlds.appoint("leader@example.org", "Lena Eader", "reader", world.project)
    reviewer = create("reviewer", world.administrator, title="Lena Eader", person=person_of(account), may_lead=True, level=3)
    place = create(
        "member", world.owner, title="Leader", initiative=review.initiative_id, review=review.pk, reviewer=reviewer.pk, part="leader"
    )
    move(place, "book", world.owner)
    return fresh(account)


@pytest.fixture
def report(review: Review, leader: Account) -> Any:
    values = {"title": f"Report {SEALED}", "initiative": review.initiative_id, "review": review.pk, "rating": "amber"}
    return create("report", leader, **values, statement=SEALED, conclusion=SEALED, findings=SEALED)


@pytest.fixture
def recommendation(review: Review, leader: Account, report: Any) -> Any:  # written after the report
    values = {"title": f"Freeze {SEALED}", "initiative": review.initiative_id, "review": review.pk, "category": "ipa/1:6"}
    return create("recommendation", leader, **values, text=SEALED, priority="recommended")
