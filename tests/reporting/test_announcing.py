"""Channels are told of returns and packs in the transaction that brings them, without the name of a person."""

from datetime import date

import pytest

from mainstay.initiatives.announcing import places_of
from mainstay.initiatives.models import Initiative
from mainstay.organisation.models import Office
from mainstay.post.models import Channel, Message
from mainstay.register.history import Actor
from mainstay.reporting import freezing
from mainstay.reporting.cycle import chase
from mainstay.reporting.models import Commission, Return
from tests.contract import worlds
from tests.contract.worlds import World


@pytest.fixture
def channel(world: World) -> Channel:
    events = ["asked", "reminder", "call", "sponsor", "frozen", "snapshot"]
    return Channel.objects.create(name="Room", host="x", sealed="x", place=f"initiative:{world.programme.pk}", events=events)


def told() -> list[tuple[str, str]]:
    return list(Message.objects.exclude(channel=None).order_by("pk").values_list("subject", "body"))


def test_each_step_of_the_chase_is_told_once_and_names_nobody(channel: Channel, world: World) -> None:
    worlds.appoint("sro@example.org", "Sam Sponsor", "sro", world.programme)
    row = Return.objects.get(commission__initiative=world.programme, initiative=world.project)
    Return.objects.exclude(pk=row.pk).update(state="accepted")
    Return.objects.filter(pk=row.pk).update(due_on=date(2026, 11, 6), marking="OFFICIAL")
    Commission.objects.filter(pk=row.commission_id).update(opens_on=date(2026, 10, 26), freezes_on=date(2026, 11, 12))
    Initiative.objects.filter(pk=world.project.pk).update(marking="OFFICIAL")
    for _twice in range(2):
        chase.run(date(2026, 11, 12))
    subjects = [subject.partition(":")[0] for subject, _body in told()]
    assert subjects == ["Return asked", "Due today", "Late", "Sponsor told", "NOT REPORTED"]
    assert world.project.code in told()[0][1] and "Sponsor" not in "".join(body for _subject, body in told())


def test_a_frozen_period_and_its_correction_are_told(channel: Channel, world: World) -> None:
    actor = Actor(world.administrator, "tests")
    first = freezing.freeze(world.programme, "October 2026", actor)
    freezing.freeze(world.programme, "October 2026 again", actor, corrects=first, correction="A figure was wrong.")
    assert [subject for subject, _body in told()] == ["Period frozen: October 2026", "Pack corrected: October 2026 again"]
    is_open = first.marking == world.programme.marking == "OFFICIAL"
    assert all(bool(body) is is_open for _subject, body in told())


def test_a_marked_initiative_is_told_by_title_alone(channel: Channel, world: World) -> None:
    Initiative.objects.filter(pk=world.programme.pk).update(marking="OFFICIAL-SENSITIVE")
    freezing.freeze(Initiative.objects.get(pk=world.programme.pk), "October 2026", Actor(world.administrator, "tests"))
    assert told() == [("Period frozen: October 2026", "")]


def test_a_place_is_its_initiatives_upwards_and_their_office(world: World) -> None:
    office = Office.objects.create(title="Office", kind="hub", ref="OFF-T", path="/o1/o2/")
    Initiative.objects.filter(path__startswith=world.programme.path).update(office=None)
    Initiative.objects.filter(pk=world.programme.pk).update(office=office)
    found = places_of(Initiative.objects.get(pk=world.project.pk))
    steps = {f"initiative:{step}" for step in world.project.path.split("/") if step}
    assert found == steps | {"office:1", "office:2"}
