"""Plans that wait for each other: the link between projects that closes the circle is left out and named, no link inside a file ever is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.engine import plan as engine
from mainstay.engine.worktime import minute_of
from mainstay.formats.schedule import Activity, Calendar, Link, Schedule, Shift
from mainstay.initiatives.models import Initiative
from mainstay.planning.calculations import calculated
from mainstay.planning.conversion.network import FilePlan
from mainstay.planning.models import Dependency
from mainstay.planning.pages.circles import told
from mainstay.planning.programme import Programme
from mainstay.planning.receiving import receive
from mainstay.planning.untangling import untangle
from tests.contract.worlds import World, actor

SignedIn = Callable[[Account | None], Client]
DAY = (Shift(480, 720), Shift(780, 1020))
OFFICE = Calendar(1, "Office", (DAY,) * 5 + ((), ()))
START = datetime(2026, 1, 5, 8)  # noqa: DTZ001  # a plan's clock has no zone
FINISH = START.replace(hour=17)
FAULT = (
    "These activities wait for each other: Q1 Order steel (SCR) → Q2 Fit gates (SCR) → B1 Test gates (SCR-HB) → B2 Hand over (SCR-HB) "
    "→ Q1 Order steel (SCR); remove one of the links between them."
)


def two_steps(name: str, first: tuple[str, str], second: tuple[str, str], *links: Link) -> Schedule:
    rows = tuple(
        Activity(uid=number, activity_id=code, name=title, duration_minutes=480, start=START, finish=FINISH)
        for number, (code, title) in enumerate((first, second), 1)
    )
    return Schedule(name=name, start=START, calendars=(OFFICE,), default_calendar_uid=1, activities=rows, links=(Link(1, 2), *links))


def finish(day: int) -> int:
    """The end of a day's work, counted from the first."""
    return minute_of(FINISH + timedelta(days=day - 1))


@pytest.fixture
def programme(world: World) -> Initiative:
    """The programme's own plan and that of its project, each of which needs what the other gives."""
    chief = actor(world.administrator)
    receive(world.programme, two_steps("Quay", ("Q1", "Order steel"), ("Q2", "Fit gates")), "q.xml", b"q", chief)
    receive(world.project, two_steps("Barrier", ("B1", "Test gates"), ("B2", "Hand over")), "b.xml", b"b", chief)
    there, back = Dependency.objects.filter(initiative__path__startswith=world.programme.path).order_by("pk")[:2]
    common = {"state": "agreed", "lag_days": 0}
    ends = {"giver": world.programme, "initiative": world.project, "give_activity": "SCR:Q2", "get_activity": "B1"}
    Dependency.objects.filter(pk=there.pk).update(ref="D-901", **common, **ends)
    ends = {"giver": world.project, "initiative": world.programme, "give_activity": "B2", "get_activity": "SCR:Q1"}
    Dependency.objects.filter(pk=back.pk).update(ref="D-902", **common, **ends)
    return world.programme


def finishes(found: Programme) -> dict[str, int | None]:
    return {line.code: line.finish for line in found.lines}


def test_the_link_made_last_is_left_out_and_the_rest_is_calculated(programme: Initiative) -> None:
    found = calculated(programme).programme
    (circle,) = found.circles
    assert (found.fault, circle.text, circle.project) == ("", FAULT, -1)
    assert {found.projects[found.lines[place].project].code for place in circle.lines} == {"SCR", "SCR-HB"}
    assert (found.lines[circle.source].code, found.lines[circle.target].code) == ("B2", "Q1")
    assert circle.agreement == Dependency.objects.get(get_activity="SCR:Q1").pk
    assert finishes(found) == {"Q1": finish(1), "Q2": finish(2), "B1": finish(3), "B2": finish(4)}
    assert {bond.agreement for bond in found.bonds} == {None, Dependency.objects.get(get_activity="B1").pk}


def test_the_page_tells_it_to_whoever_sees_both(programme: Initiative, world: World, signed_in: SignedIn) -> None:
    record = Dependency.objects.get(get_activity="SCR:Q1")
    for name in ("planning.integrated", "planning.table", "planning.dependencies"):
        answer = signed_in(world.owner).get(reverse(name, args=[programme.pk]))
        assert answer.status_code == 200
        text = unescape(answer.content.decode())
        assert "Left out of the calculation: SCR-HB B2 Hand over → SCR Q1 Order steel." in text
        assert FAULT in text
        assert f"{record.ref} {record.title}" in text
        assert signed_in(world.stranger).get(reverse(name, args=[programme.pk])).status_code == 404


def test_who_sees_one_of_the_projects_alone_is_told_that_there_is_a_reason(programme: Initiative, world: World) -> None:
    (notice,) = told(world.owner, calculated(programme), [0])
    assert notice.text == "1 reason lies in a project that you may not see."
    assert "steel" not in str(notice)


def test_one_of_the_two_links_taken_away_all_of_it_is_calculated(programme: Initiative) -> None:
    assert calculated(programme).programme.circles
    Dependency.objects.filter(get_activity="SCR:Q1").update(state="rejected")
    found = calculated(programme).programme
    assert (found.fault, found.circles) == ("", ())
    assert finishes(found)["B2"] == finish(4)


def test_a_circle_inside_one_file_leaves_that_project_its_dates_and_calculates_the_others(
    programme: Initiative, world: World, signed_in: SignedIn
) -> None:
    schedule = two_steps("Quay", ("Q1", "Order steel"), ("Q2", "Fit gates"), Link(2, 1))
    receive(programme, schedule, "q.xml", b"q2", actor(world.administrator))
    found = calculated(programme).programme
    (circle,) = found.circles
    assert (
        circle.text
        == "These activities wait for each other: Q1 Order steel → Q2 Fit gates → Q1 Order steel; remove one of the links between them."
    )
    assert found.projects[circle.project].code == "SCR"
    assert finishes(found) == {"Q1": finish(1), "Q2": finish(1), "B1": finish(2), "B2": finish(3)}, (
        "the quay as filed, the barrier after it"
    )
    page = unescape(signed_in(world.owner).get(reverse("planning.integrated", args=[programme.pk])).content.decode())
    assert "SCR keeps the dates of its file." in page
    assert "Left out of the calculation" not in page


def test_where_no_file_goes_together_all_keep_their_dates(programme: Initiative, world: World) -> None:
    for place, content in ((programme, b"q3"), (world.project, b"b3")):
        schedule = two_steps("Both", ("A", "One"), ("B", "Two"), Link(2, 1))
        receive(place, schedule, "x.xml", content, actor(world.administrator))
    found = calculated(programme).programme
    assert "wait for each other" in found.fault
    assert {line.finish for line in found.lines} == {finish(1)}


def files(*codes: str) -> list[FilePlan]:
    return [FilePlan(code, f"{code}.xml", two_steps(code, ("1", "One"), ("2", "Two"))) for code in codes]


def test_two_circles_lose_one_link_each_and_others_none() -> None:
    agreed = [engine.Link(*ends.split()) for ends in ("A:2 B:1", "B:2 A:1", "C:2 D:1", "A:2 C:1", "D:2 C:1")]
    found = untangle(files("A", "B", "C", "D"), agreed)
    assert {closing.link for closing in found.left_out} == {agreed[1], agreed[4]}
    assert found.plan is not None
    assert {link for link in found.plan.links if link in agreed} == {agreed[0], agreed[2], agreed[3]}
    assert not found.standing


def test_a_circle_through_three_projects_loses_its_last_link() -> None:
    agreed = [engine.Link(*ends.split()) for ends in ("C:2 A:1", "A:2 B:1", "B:2 C:1")]
    assert [closing.link for closing in untangle(files("A", "B", "C"), agreed).left_out] == [agreed[2]]


def test_a_circle_through_a_summary_is_found_at_the_link_to_the_summary() -> None:
    phase = Activity(uid=9, activity_id="S", name="Phase", summary=True, start=START, finish=FINISH)
    below = replace(two_steps("A", ("1", "One"), ("2", "Two")).activities[0], parent_uid=9)
    plain = two_steps("A", ("1", "One"), ("2", "Two"))
    summed = replace(plain, activities=(phase, below, plain.activities[1]))
    agreed = [engine.Link("A:2", "B:1"), engine.Link("B:2", "A:9")]
    found = untangle([FilePlan("A", "a.xml", summed), *files("B")], agreed)
    assert [closing.link for closing in found.left_out] == [agreed[1]]


def test_without_a_circle_nothing_is_left_out() -> None:
    found = untangle(files("A", "B"), [engine.Link("A:2", "B:1")])
    assert (found.left_out, dict(found.standing)) == ((), {})
