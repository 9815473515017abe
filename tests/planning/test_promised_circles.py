"""A dependency whose activities close a circle is refused with the circle named; on the level of projects a circle is normal."""

import pytest

from mainstay.formats.schedule import Link
from mainstay.formats.terms import LinkType
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.models import Dependency, Plan
from mainstay.planning.promises.waiting import Waiting
from mainstay.planning.receiving import receive
from mainstay.register import actions
from mainstay.register.errors import Invalid
from tests.contract.worlds import World, actor
from tests.planning.test_circles import two_steps

THERE = {"title": "Gates fitted", "give_activity": "SCR:Q2", "get_activity": "B1"}
BACK = {"title": "Hall handed over", "give_activity": "B2", "get_activity": "SCR:Q1"}


@pytest.fixture
def plans(world: World) -> World:
    """The programme's own plan and that of its project."""
    chief = actor(world.administrator)
    receive(world.programme, two_steps("Quay", ("Q1", "Order steel"), ("Q2", "Fit gates")), "q.xml", b"q", chief)
    receive(world.project, two_steps("Barrier", ("B1", "Test gates"), ("B2", "Hand over")), "b.xml", b"b", chief)
    return world


def there(world: World, **more: object) -> Dependency:
    values = {**THERE, "giver": world.programme.pk, "initiative": world.project.pk, **more}
    made: Dependency = actions.create(DependencyRegister, values, actor(world.owner))
    return made


def back(world: World, **more: object) -> Dependency:
    values = {**BACK, "giver": world.project.pk, "initiative": world.programme.pk, **more}
    made: Dependency = actions.create(DependencyRegister, values, actor(world.owner))
    return made


def test_the_one_that_closes_the_circle_is_refused_with_the_circle_named(plans: World) -> None:
    first = there(plans)
    with pytest.raises(Invalid) as told:
        back(plans)
    sentence = (
        f"This closes a circle: Q1 Order steel (SCR) → Q2 Fit gates (SCR) → [{first.ref}] B1 Test gates (SCR-HB) → "
        "B2 Hand over (SCR-HB) → Q1 Order steel (SCR). Name other activities, or change one of the dependencies on the way."
    )
    assert told.value.errors == {"get_activity": [sentence]}
    assert not Dependency.objects.filter(title=BACK["title"]).exists(), "the whole write is undone"


def test_the_same_projects_both_ways_are_no_circle_where_the_activities_are_none(plans: World) -> None:
    there(plans, give_activity="SCR:Q1", get_activity="B2")
    assert back(plans, give_activity="B1", get_activity="SCR:Q2").pk
    assert back(plans, title="Talked of", give_activity="", get_activity="").pk, "who names no activities closes nothing"


def test_what_is_over_closes_nothing_and_reopening_it_does(plans: World) -> None:
    first = there(plans)
    Dependency.objects.filter(pk=first.pk).update(state="rejected")
    back(plans)
    with pytest.raises(Invalid, match="closes a circle"):
        actions.move(DependencyRegister, first.pk, first.version, "reopen", actor(plans.owner), reason="Needed after all.")


def test_changing_an_activity_is_asked_as_well(plans: World) -> None:
    there(plans)
    other = back(plans, give_activity="B2", get_activity="")
    with pytest.raises(Invalid, match="closes a circle"):
        actions.change(DependencyRegister, other.pk, other.version, {"get_activity": "SCR:Q1"}, actor(plans.owner))


def test_where_no_plan_has_come_yet_the_names_alone_close_it(world: World) -> None:
    Plan.objects.update(is_live=False)
    pair = {"give_activity": "one", "get_activity": "two"}
    there(world, **pair)
    with pytest.raises(Invalid, match="closes a circle: one"):
        back(world, give_activity="two", get_activity="one")


def test_many_at_once_are_all_or_none(plans: World) -> None:
    rows = [
        {**THERE, "giver": plans.programme.pk, "initiative": plans.project.pk},
        {**BACK, "giver": plans.project.pk, "initiative": plans.programme.pk},
    ]
    with pytest.raises(Invalid, match="closes a circle"):
        actions.create_many(DependencyRegister, rows, actor(plans.owner))
    assert not Dependency.objects.filter(title__in=[THERE["title"], BACK["title"]]).exists()


def test_inside_a_plan_every_kind_of_link_makes_wait() -> None:
    plain = two_steps("A", ("1", "One"), ("2", "Two"))
    assert Waiting(plain).ways_from(1) == {1: [1], 2: [1, 2]}
    assert Waiting(plain).ways_from(2) == {2: [2]}
    both = two_steps("A", ("1", "One"), ("2", "Two"), Link(2, 1, LinkType.FF))
    assert set(Waiting(both).ways_from(2)) == {1, 2}
