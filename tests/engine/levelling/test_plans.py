"""Plans with calendars: what moves and what does not, availability over time, links of every kind, refusals; each checked by counting."""

from dataclasses import replace
from datetime import datetime

import pytest

from mainstay.engine.levelling.errors import CapacityError, LevellingError
from mainstay.engine.levelling.plan_checking import plan_faults
from mainstay.engine.levelling.plan_levelling import Levelled, level_plan, level_plan_within_float
from mainstay.engine.levelling.pool import Offer, Pool, Resource, Use
from mainstay.engine.levelling.search import Limits
from mainstay.engine.plan import Activity, ConstraintType, Link, LinkType, PlanData, Project
from mainstay.engine.worktime import Calendar, datetime_of, minute_of

OFFICE = Calendar("office", (((480, 720), (780, 1020)),) * 5 + ((),) * 2)
NIGHTS = Calendar("nights", (((1320, 1800),),) * 7)
DAY = 480
FEW = Limits(seconds=None, lists=300, seed=1, proof=0.1)
ONE = Resource("R", "crew", (Offer(100),))


def at(day: int, hour: int = 8) -> int:
    return minute_of(datetime(2026, 6, day, hour))  # noqa: DTZ001 - a plan's clock has no zone


def plan(*activities: Activity, links: tuple[Link, ...] = ()) -> PlanData:
    project = Project(id="P", calendar="office", start=at(1))  # a Monday
    return PlanData((project,), (OFFICE, NIGHTS), tuple(replace(row, project="P") for row in activities), links)


def pool(*names: str, resource: Resource = ONE, amount: int = 100, never: frozenset[str] = frozenset()) -> Pool:
    return Pool((resource,), tuple(Use(name, "R", amount) for name in names), never, {})


def dates(made: Levelled) -> dict[str, tuple[str, str]]:
    rows = zip(made.after.plan.activities, made.after.start, made.after.finish, strict=True)
    return {row.id: tuple(f"{datetime_of(int(moment)):%d %H:%M}" for moment in found) for row, *found in rows}


def level(given: PlanData, shared: Pool) -> Levelled:
    made = level_plan(given, shared, FEW)
    assert plan_faults(made.after, shared, made.movable) == []
    return made


def test_two_on_one_crew_follow_each_other() -> None:
    made = level(plan(Activity(id="A", duration=DAY), Activity(id="B", duration=3 * DAY)), pool("A", "B"))
    assert sorted(dates(made).values())[0][0] == "01 08:00"
    assert made.after.finish.max() == at(4, 17)
    assert made.bound == made.after.finish.max()
    assert len(made.moved) == 1


def test_what_fits_does_not_move() -> None:
    made = level(plan(Activity(id="A", duration=DAY), Activity(id="B", duration=DAY)), pool("A", "B", amount=50))
    assert made.moved == ()


def test_what_has_begun_or_is_held_stays_and_others_go_round_it() -> None:
    given = plan(
        Activity(id="begun", duration=2 * DAY, actual_start=at(1), remaining=DAY),
        Activity(id="must", duration=DAY, constraint=ConstraintType.MUST_START_ON, constraint_date=at(4)),
        Activity(id="exempt", duration=DAY),
        Activity(id="A", duration=DAY),
        Activity(id="long", duration=2 * DAY),
    )
    made = level(given, pool("begun", "must", "A", "long"))
    told = dates(made)
    assert told["begun"][0] == "01 08:00"
    assert told["must"] == ("04 08:00", "04 17:00")
    assert told["A"] == ("03 08:00", "03 17:00")
    assert told["long"] == ("05 08:00", "08 17:00")
    exempted = level(given, pool("begun", "must", "A", "long", never=frozenset({"A"})))
    assert "A" not in {given.activities[place].id for place in exempted.moved}


def test_people_who_come_later_are_waited_for() -> None:
    later = Resource("R", "crew", (Offer(50, None, at(3)), Offer(100, at(3), None)))
    made = level(plan(Activity(id="A", duration=DAY), Activity(id="B", duration=DAY)), pool("A", resource=later))
    assert dates(made)["A"] == ("03 08:00", "03 17:00")
    assert dates(made)["B"] == ("01 08:00", "01 17:00")


def test_calendars_that_never_meet_share_a_crew() -> None:
    given = plan(Activity(id="day", duration=2 * DAY), Activity(id="night", duration=2 * DAY, calendar="nights"))
    assert level(given, pool("day", "night")).moved == ()


@pytest.mark.parametrize("kind", list(LinkType))
def test_links_of_every_kind_hold(kind: LinkType) -> None:
    links = (Link("A", "B", kind, 240), Link("B", "C"))
    activities = [Activity(id=name, duration=days * DAY) for name, days in (("A", 2), ("B", 3), ("C", 1), ("D", 2))]
    made = level(plan(*activities, links=links), pool("A", "B", "C", "D", amount=60))
    place = made.after.plan.index
    first = made.after.finish if kind in (LinkType.FS, LinkType.FF) else made.after.start
    second = made.after.start if kind in (LinkType.FS, LinkType.SS) else made.after.finish
    assert second[place["B"]] >= first[place["A"]] + 240
    assert made.after.start[place["C"]] >= made.after.finish[place["B"]]


def test_an_earlier_levelling_gives_way() -> None:
    given = plan(Activity(id="A", duration=DAY, levelling_delay=10 * 1440), Activity(id="B", duration=DAY))
    assert max(dates(level(given, pool("A", "B"))).values())[1] == "02 17:00"


def test_odd_minutes_on_two_calendars() -> None:
    given = plan(
        Activity(id="A", duration=487),
        Activity(id="B", duration=211),
        Activity(id="C", duration=333, calendar="nights"),
        links=(Link("A", "C"), Link("C", "B", LinkType.SS, 31)),
    )
    level(given, pool("A", "B", "C", amount=70))


def test_the_same_seed_gives_the_same_plan() -> None:
    given = plan(*(Activity(id=f"A{k}", duration=DAY * (1 + k % 4)) for k in range(15)))
    shared = pool(*(f"A{k}" for k in range(15)), amount=40)
    one, two = level(given, shared), level(given, shared)
    assert one.after.start.tolist() == two.after.start.tolist()


def test_refusals_name_what_is_wrong() -> None:
    given = plan(Activity(id="A", duration=DAY))
    with pytest.raises(CapacityError, match="Activity A needs 150 % of crew, of which there are never more than 100 %"):
        level_plan(given, pool("A", amount=150), FEW)
    with pytest.raises(CapacityError, match="never more than 0 %"):
        level_plan(given, pool("A", resource=Resource("R", "crew", ())), FEW)
    with pytest.raises(LevellingError, match="nothing to level"):
        level_plan(given, Pool((), ()), FEW)
    with pytest.raises(LevellingError, match="nothing to level"):
        level_plan(plan(Activity(id="A", duration=DAY, actual_start=at(1))), pool("A"), FEW)
    gone = Resource("R", "crew", (Offer(100, None, at(1)),))
    with pytest.raises(LevellingError, match="no time at which"):
        level_plan(given, pool("A", resource=gone), FEW)


def test_within_float_no_finish_moves() -> None:
    """A and B want the crew at once; B has a day of float beside the long A then C, D has none."""
    given = plan(
        Activity(id="A", duration=DAY),
        Activity(id="B", duration=DAY),
        Activity(id="long", duration=3 * DAY),
        links=(),
    )
    made = level_plan_within_float(given, pool("A", "B"), FEW)
    assert made.overbooked == ()
    assert sorted(dates(made)[name][0] for name in "AB") == ["01 08:00", "02 08:00"]
    assert made.after.finish.max() == made.before.finish.max()


def test_within_float_tells_what_stays_overbooked() -> None:
    given = plan(*(Activity(id=name, duration=2 * DAY) for name in "ABC"), Activity(id="long", duration=3 * DAY))
    made = level_plan_within_float(given, pool("A", "B", "C"), FEW)
    assert len(made.overbooked) == 1
    assert made.overbooked[0].startswith("crew is overbooked on 0")
    assert made.after.finish.max() == made.before.finish.max()
    assert (made.after.start <= made.before.late_start).all()
