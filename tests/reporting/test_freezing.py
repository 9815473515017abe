"""Freezing a snapshot: what is kept, what is refused, and that nothing changes it afterwards."""

import pytest

from mainstay.register import actions, store
from mainstay.register.errors import Frozen, Invalid, NotFound, Refused
from mainstay.register.models import Change
from mainstay.reporting import document
from mainstay.reporting.board_pack.facts import PackFacts
from mainstay.reporting.freezing import facts_of, freeze
from mainstay.reporting.models import Snapshot
from mainstay.reporting.snapshot.register import SnapshotRegister
from tests.contract.worlds import FOREIGN_CANARY, World, actor


def test_a_snapshot_names_its_place_in_the_history_and_the_digest_of_its_facts(world: World) -> None:
    before = Change.objects.order_by("-sequence").first()
    made = freeze(world.programme, "October 2026", actor(world.owner))
    event = Change.objects.order_by("-sequence").first()
    assert before is not None
    assert event is not None
    assert made.sequence == before.sequence
    assert (event.verb, event.record_id, event.after["digest"]) == ("freeze", made.pk, made.digest)
    content = store.get(made.digest)
    assert len(content) == made.size
    assert document.to_bytes(document.from_bytes(PackFacts, content)) == content
    assert FOREIGN_CANARY.encode() not in content


def test_constant_queries(world: World, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_max_num_queries(60):
        freeze(world.programme, "October 2026", actor(world.owner))
