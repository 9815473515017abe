"""Chains and records of givers at a moment of the past: what was promised, kept and planned by then, not what is so today."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.milestone.register import MilestoneRegister
from mainstay.planning.models import Dependency, Milestone, Plan
from mainstay.planning.promises import gathering
from mainstay.planning.promises.parties import Party, giver_of
from mainstay.planning.receiving import receive
from mainstay.register import actions
from mainstay.register.asat import Moment, at_sequence
from mainstay.register.models import Change
from tests.contract.worlds import World, actor
from tests.planning.outside.conftest import PARTY, promised
from tests.planning.test_circles import two_steps

SignedIn = Callable[[Account | None], Client]


def last() -> Moment:
    change = Change.objects.order_by("-sequence").first()
    assert change is not None
    return at_sequence(change.sequence)


@pytest.fixture
def kept(world: World) -> tuple[Dependency, Moment]:
    """A promise that was agreed at the moment, and has been kept since."""
    Dependency.objects.all().delete()
    places = {"giver": world.project.pk, "initiative": world.programme.pk}
    values = {"title": "Gates tested", "needed_by": "2026-11-20", "promised_by": "2026-11-13", **places}
    row = actions.create(DependencyRegister, values, actor(world.owner))
    for step in ("offer", "agree"):
        row = actions.move(DependencyRegister, row.pk, row.version, step, actor(world.owner))
    moment = last()
    row = actions.change(DependencyRegister, row.pk, row.version, {"delivered_on": "2026-11-12"}, actor(world.owner))
    for step in ("deliver", "accept"):
        row = actions.move(DependencyRegister, row.pk, row.version, step, actor(world.owner))
    return row, moment


def record(world: World, row: Dependency, moment: Moment | None) -> tuple[int, int, int]:
    found = gathering.givers(world.owner, [giver_of(row)], moment)[giver_of(row).key].track
    return found.kept, found.late, found.open


def test_a_record_is_that_of_the_moment(world: World, kept: tuple[Dependency, Moment]) -> None:
    row, moment = kept
    assert record(world, row, None) == (1, 0, 0)
    then = record(world, row, moment)
    assert then[0] == 0
    assert sum(then) == 1, "agreed then, and late by the day of the moment where that is later than the promise"


def test_a_promise_that_another_gave_then_counts_for_that_one(world: World, kept: tuple[Dependency, Moment]) -> None:
    row, _moment = kept
    values = {"title": "Levels", "giver": world.project.pk, "initiative": world.programme.pk, "outside": "", "needed_by": "2027-01-05"}
    other = actions.create(DependencyRegister, values, actor(world.owner))
    moment = last()
    actions.change(DependencyRegister, other.pk, other.version, {"outside": "giver", **PARTY}, actor(world.owner))
    now = gathering.given_by(world.owner, [giver_of(row)], None)
    assert {giver_of(each).code for each in now if each.pk == other.pk} <= {PARTY["outside_body"]}
    then = gathering.given_by(world.owner, [giver_of(row)], moment)
    assert {giver_of(each).code for each in then if each.pk == other.pk} == {world.project.code}


def test_the_page_of_chains_says_what_was_so_then(world: World, kept: tuple[Dependency, Moment], signed_in: SignedIn) -> None:
    _row, moment = kept
    client, url = signed_in(world.owner), reverse("planning.dependencies", args=[world.programme.pk])
    now = unescape(client.get(url, {"show": "chains"}).content.decode())
    assert "1 of 1 kept, few: Beta(2, 1)" in now
    assert "as it was on" not in now
    then = unescape(client.get(url, {"show": "chains", "as_at": moment.value}).content.decode())
    assert "as it was on" in then
    assert "1 of 1 kept" not in then


def test_milestones_hang_on_the_activities_that_they_named_then(world: World) -> None:
    receive(world.project, two_steps("Barrier", ("B1", "Test gates"), ("B2", "Hand over")), "b.xml", b"b", actor(world.owner))
    values = {"title": "Gate in service", "initiative": world.project.pk, "activity": "B2"}
    made = actions.create(MilestoneRegister, values, actor(world.owner))
    moment = last()
    actions.change(MilestoneRegister, made.pk, made.version, {"activity": ""}, actor(world.owner))
    plans = live(world)

    def named(moment: Moment | None) -> list[str]:
        return [found.title for found in gathering.milestones(world.owner, world.programme, plans, [world.project.code], moment)]

    assert f"{made.ref} Gate in service" in named(moment)
    assert f"{made.ref} Gate in service" not in named(None)


def live(world: World) -> list[Plan]:
    return list(Plan.objects.filter(is_live=True, initiative=world.project).select_related("initiative"))


def test_a_milestone_one_of_whose_feeders_is_gone_hangs_on_the_others(world: World) -> None:
    receive(world.project, two_steps("Barrier", ("B1", "Test gates"), ("B2", "Hand over")), "b.xml", b"b", actor(world.owner))
    made = actions.create(MilestoneRegister, {"title": "Gate", "initiative": world.project.pk, "activity": "B1; B2"}, actor(world.owner))
    Milestone.objects.filter(pk=made.pk).update(activity="GONE-1; B2")
    targets = gathering.milestones(world.owner, world.programme, live(world), [world.project.code], None)
    (found,) = [one for one in targets if one.title == f"{made.ref} Gate"]
    assert len(found.feeders) == 1


def test_what_an_organisation_outside_gets_is_taken_to_lead_to_what_it_gives(world: World) -> None:
    """As for projects whose plans do not tell; but it has no end of its own among those that the page shows."""
    Dependency.objects.all().delete()
    gives = promised(world, "giver", giver=world.project.pk)
    gets = promised(world, "getter", title="Drawings", giver=world.project.pk)
    made = gathering.promises([gives, gets], {}, [])
    assert [(one.giver.startswith("outside:"), one.getter.startswith("outside:")) for one in made] == [(True, False), (False, True)]
    found = gathering.chains_of(world.owner, world.programme, [gives, gets], {}, [])
    assert [(chain.target.title, [one.pk for one in chain.promises]) for chain in found] == [
        (f"End of {world.project.code}", [gets.pk, gives.pk])
    ]
    assert Party("Tern Power Networks", "").key == made[0].giver
