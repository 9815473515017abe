"""What an account may do on a record at hand is what the database says of it, and is told without asking."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mainstay.register.access import VERBS, may, may_at_hand
from mainstay.register.pages.moves import steps
from mainstay.register.spec import REGISTERS
from mainstay.reporting.models import Return
from tests.contract.worlds import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", ["reporting.project_return", "reporting.challenge", "communications.decision", "planning.dependency"])
def test_it_says_what_the_database_says(world: World, key: str) -> None:
    register = REGISTERS[key]
    for record in register.model._default_manager.all():
        for account in (world.owner, world.member, world.stranger, world.administrator, None):
            assert {verb: may_at_hand(account, verb, register, record) for verb in VERBS} == {
                verb: may(account, verb, register, record) for verb in VERBS
            }


def test_the_steps_of_many_returns_ask_for_no_right_again(world: World) -> None:
    register = REGISTERS["reporting.project_return"]
    rows = list(Return.objects.select_related("initiative", "commission", "confirmer", "owner"))
    steps(register, rows[0], world.administrator)
    with CaptureQueriesContext(connection) as asked:
        for row in rows:
            row.state = "sent"
            steps(register, row, world.administrator)
    assert len(rows) > 1
    assert len(asked) == 0
