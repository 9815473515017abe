"""Tolerances: what is within, forecast beyond or passed; the exception report that is begun once, escalated, decided and in the pack."""

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.initiatives.models import Initiative
from mainstay.planning.models import Plan
from mainstay.register import actions
from mainstay.register.errors import Invalid, Refused
from mainstay.register.spec import REGISTERS
from mainstay.reporting.board_pack.limits import ExceptionFact
from mainstay.reporting.board_pack.sections import exceptions
from mainstay.reporting.models import Return
from mainstay.reporting.tolerance.measuring import positions, positions_of
from mainstay.reporting.tolerance.reports import lines
from mainstay.risk.exception_report.register import ExceptionReportRegister
from mainstay.risk.models import ExceptionReport, Risk
from tests.contract.worlds import World, actor
from tests.reporting.board import facts

SignedIn = Callable[[Account | None], Client]
WHOLE = {"cause": "Late yard.", "consequences": "No tides.", "options": "Do nothing\nNight shifts", "recommendation": "Night shifts."}


@pytest.fixture
def place(world: World) -> Initiative:
    """My project: approved to finish in 100 days for 100, with tolerances of 20 days, 5 % and 10 %."""
    approved = timezone.localdate() + timedelta(days=100)
    Initiative.objects.filter(pk=world.project.pk).update(ends_on=approved, budget=100)
    Plan.objects.filter(initiative=world.project).delete()
    plan = Plan.objects.filter(initiative=world.programme, is_live=True).first()
    Plan.objects.filter(pk=plan.pk if plan else None).update(initiative=world.project, finishes_on=approved)
    Return.objects.filter(initiative=world.project).update(answers={"forecast_cost": "100", "spent": "10"}, sent_at=timezone.now())
    Risk.objects.filter(initiative=world.project).delete()
    ExceptionReport.objects.filter(initiative=world.project).delete()
    values = {"title": "Tolerances", "initiative": world.programme.pk, "kind": "threshold", "name": "tolerance", "inheritance": "free",
              "value": {"time_days": 20, "cost_percent": 5, "risk_percent": 10}}  # fmt: skip
    actions.create(REGISTERS["initiatives.standard"], values, actor(world.administrator))
    return Initiative.objects.get(pk=world.project.pk)


def finish(place: Initiative, days: int) -> None:
    """The live plan ends this many days after the approved finish."""
    Plan.objects.filter(initiative=place).update(finishes_on=(place.ends_on or date.max) + timedelta(days=days))


def states(place: Initiative, world: World) -> dict[str, str]:
    return {one.dimension: one.state for one in positions(place, world.owner)}


def test_within_its_tolerances_nothing_is_begun(place: Initiative, world: World) -> None:
    assert states(place, world) == {"time": "within", "cost": "within", "risk": "within"}
    assert not any(line.begin_url or line.report for line in lines(place, world.owner))


@pytest.mark.parametrize(("days", "state"), [(20, "within"), (21, "forecast"), (-30, "within")])
def test_time_is_measured_against_the_approved_finish(place: Initiative, world: World, days: int, state: str) -> None:
    finish(place, days)
    assert states(place, world)["time"] == state


def test_once_the_day_is_gone_it_has_happened(place: Initiative, world: World) -> None:
    Initiative.objects.filter(pk=place.pk).update(ends_on=timezone.localdate() - timedelta(days=21))
    assert states(Initiative.objects.get(pk=place.pk), world)["time"] == "happened"


@pytest.mark.parametrize(
    ("answers", "state"),
    [({"forecast_cost": "105"}, "within"), ({"forecast_cost": "105.1"}, "forecast"), ({"forecast_cost": "110", "spent": "106"}, "happened"),
     ({}, "unsaid"), ({"forecast_cost": "much"}, "unsaid")],
)  # fmt: skip
def test_cost_is_measured_against_the_budget(place: Initiative, world: World, answers: dict[str, str], state: str) -> None:
    Return.objects.filter(initiative=place).update(answers=answers)
    assert states(place, world)["cost"] == state


def test_without_a_standard_there_is_no_tolerance_and_without_figures_a_reason(place: Initiative, world: World) -> None:
    assert positions(world.other, world.administrator) == []
    Initiative.objects.filter(pk=place.pk).update(budget=None)
    Plan.objects.filter(initiative=place).update(is_live=False)
    found = {one.dimension: one.text for one in positions(Initiative.objects.get(pk=place.pk), world.owner)}
    assert found == {"time": "cannot be said: no live plan", "cost": "cannot be said: no budget", "risk": "cannot be said: no budget"}


def test_a_report_is_begun_once_with_what_is_measured(place: Initiative, world: World, signed_in: SignedIn) -> None:
    finish(place, 31)
    (line,) = (line for line in lines(place, world.owner) if line.begin_url)
    page = signed_in(world.owner).get(line.begin_url)
    assert page.status_code == 200 and "31 days late" in unescape(page.content.decode())
    values = {name: texts[0] for name, texts in parse_qs(urlsplit(line.begin_url).query).items()}
    made = actions.create(ExceptionReportRegister, values, actor(world.owner))
    assert (made.dimension, made.state) == ("time", "draft") and "tolerance 20 days" in made.deviation
    again = next(line for line in lines(place, world.owner) if line.position.dimension == "time")
    assert (again.report, again.begin_url) == (made, "")
    detail = unescape(signed_in(world.owner).get(reverse("initiatives.initiative.detail", args=[place.pk])).content.decode())
    assert made.title in detail and "Begin an exception report" not in detail


def test_who_only_reads_begins_nothing_and_a_stranger_sees_nothing(place: Initiative, world: World, signed_in: SignedIn) -> None:
    finish(place, 31)
    assert not any(line.begin_url for line in lines(place, world.member))
    assert positions(place, world.nobody) == []
    url = reverse("initiatives.initiative.detail", args=[place.pk])
    assert "Begin an exception report" in signed_in(world.owner).get(url).content.decode()
    assert "Begin an exception report" not in signed_in(world.member).get(url).content.decode()
    assert signed_in(world.stranger).get(url).status_code == 404


def test_a_board_decides_about_a_whole_report_and_the_programme_board_about_its_own(place: Initiative, world: World) -> None:
    register, writer = ExceptionReportRegister, actor(world.administrator)
    values = {"title": "Late", "initiative": place.pk, "dimension": "time", "deviation": "31 days"}
    made = actions.create(register, values, writer)
    with pytest.raises(Invalid):
        actions.move(register, made.pk, made.version, "submit", writer)
    made = actions.change(register, made.pk, made.version, WHOLE, writer)
    made = actions.move(register, made.pk, made.version, "submit", writer)
    executive = executive_of(place, world)
    made = actions.move(register, made.pk, made.version, "escalate", writer)
    made = actions.change(register, made.pk, made.version, {"answer": "concession", "decided_on": "2026-11-30"}, writer)
    with pytest.raises(Refused, match="the authority of the programme"):
        actions.move(register, made.pk, made.version, "decide", actor(executive))
    made = actions.move(register, made.pk, made.version, "decide", actor(world.owner))
    assert (made.state, made.get_answer_display()) == ("decided", "Concession: the tolerance is widened")
    actions.create(register, values, writer)


def executive_of(place: Initiative, world: World) -> Account:
    from tests.contract.worlds import appoint  # only here is somebody needed who holds the project alone

    return appoint("executive@example.org", "Exe Cutive", "project_executive", place)


def test_the_pack_tells_the_exceptions_and_says_nothing_where_there_are_none() -> None:
    assert exceptions.sections(facts()) == ()
    one = ExceptionFact(pk=1, ref="EX-001", code="NIT-01", part="NIT-01", title="Late", dimension="Time", deviation="31 days late.",
                        options="Do nothing\nNight shifts", state="programme_board", marking="OFFICIAL")  # fmt: skip
    (section,) = exceptions.sections(facts(exceptions=(one,)))
    told = repr(section)
    assert section.title == "One exception is not decided yet"
    assert "with the programme board" in told and "Do nothing; Night shifts" in told and "not written yet" in told


def test_the_queries_do_not_grow_with_the_places(place: Initiative, world: World) -> None:
    places = list(Initiative.objects.filter(path__startswith=world.programme.path, kind="project"))
    positions_of(places[:1], world.owner)
    counts = []
    for some in (places[:1], places[:1] * 3):
        with CaptureQueriesContext(connection) as captured:
            positions_of(some, world.owner)
        counts.append(len(captured))
    assert counts[0] == counts[1]
