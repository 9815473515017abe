"""Records that name activities of the plans: the name must stand there, and its finish is the forecast."""

import pytest

from mainstay.exchange.demo.schedules import schedule_of
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.milestone.register import MilestoneRegister
from mainstay.planning.models import Activity
from mainstay.planning.receiving import receive
from mainstay.register import actions
from mainstay.register.errors import Invalid
from tests.contract.worlds import TODAY, World, actor


@pytest.fixture
def activity(world: World) -> Activity:
    """One of the live plan of my project."""
    plan = receive(world.project, schedule_of("SCR-HB", "Barrier", "Somebody", TODAY), "a.xml", b"a", actor(world.owner))
    return plan.activities.filter(is_summary=False, finish__isnull=False)[0]


def test_a_dependency_takes_its_forecast_when_it_names_the_activity(world: World, activity: Activity) -> None:
    record = world.record(DependencyRegister)
    values = {"giver": world.project.pk, "initiative": world.programme.pk, "give_activity": activity.code}
    made = actions.change(DependencyRegister, record.pk, record.version, values, actor(world.owner))
    assert activity.finish is not None
    assert made.forecast == activity.finish.date()


def test_a_forecast_typed_in_the_same_write_stands(world: World, activity: Activity) -> None:
    record = world.record(MilestoneRegister)
    values = {"initiative": world.project.pk, "activity": activity.code, "forecast": "2031-05-06"}
    made = actions.change(MilestoneRegister, record.pk, record.version, values, actor(world.owner))
    assert str(made.forecast) == "2031-05-06"


def test_an_activity_that_is_not_there_is_refused_in_a_sentence(world: World, activity: Activity) -> None:
    record = world.record(MilestoneRegister)
    with pytest.raises(Invalid) as told:
        actions.change(
            MilestoneRegister, record.pk, record.version, {"initiative": world.project.pk, "activity": "ZZ-9"}, actor(world.owner)
        )
    assert "There is no activity ZZ-9 in the live plans of SCR-HB" in str(told.value.errors)
