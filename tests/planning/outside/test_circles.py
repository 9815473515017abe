"""A party outside has no activity in the plans here, so that nothing it answers closes a circle; beside it circles are refused as ever."""

from typing import Any

import pytest

from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.models import Dependency
from mainstay.planning.promises.circling import circle
from mainstay.register import actions
from mainstay.register.errors import Invalid
from tests.contract.worlds import World, actor
from tests.planning.outside.conftest import PARTY, link_of, promised, say
from tests.planning.test_promised_circles import BACK, back, plans, there

__all__ = ["plans"]
NOBODY = {"outside": "", "outside_name": "", "outside_body": "", "outside_email": ""}


def test_an_answer_between_two_writes_that_would_close_a_circle_lets_only_one_of_them_stand(plans: World) -> None:
    """The way there is promised by a party outside at first, so that it waits for nothing; then it is ours, and the way back refuses."""
    values: dict[str, Any] = {"giver": plans.programme.pk, "initiative": plans.project.pk, "get_activity": "B1", "needed_by": "2027-03-01"}
    outside = promised(plans, "giver", **values)
    url = link_of(outside, plans)
    way_back = back(plans)
    assert say(url, outside, "offer", "2027-02-01").status_code == 302
    outside.refresh_from_db()
    assert circle(outside) == []
    with pytest.raises(Invalid, match="closes a circle"):
        actions.change(DependencyRegister, outside.pk, outside.version, {**NOBODY, "give_activity": "SCR:Q2"}, actor(plans.owner))
    outside.refresh_from_db()
    assert (outside.outside, outside.state) == ("giver", "offered"), "the whole write is undone, the answer stands"
    assert Dependency.objects.get(pk=way_back.pk).get_activity == BACK["get_activity"]


@pytest.mark.parametrize(("side", "field", "activity"), [("giver", "give_activity", "SCR:Q2"), ("getter", "get_activity", "B1")])
def test_the_side_outside_never_gets_an_activity_by_the_back_door(plans: World, side: str, field: str, activity: str) -> None:
    row = there(plans)
    with pytest.raises(Invalid) as told:
        actions.change(DependencyRegister, row.pk, row.version, {"outside": side, **PARTY}, actor(plans.owner))
    assert set(told.value.errors) == {field}
    made = promised(plans, side)
    with pytest.raises(Invalid, match="A party outside has no plan here"):
        actions.change(DependencyRegister, made.pk, made.version, {field: activity}, actor(plans.owner))
