"""Assumptions that become risks, risks that become issues, early warnings, reviews that fall due, and when risks can come."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.post.models import Message
from mainstay.register import actions
from mainstay.register.errors import Invalid, NotFound, Refused, Stale
from mainstay.register.links import linked
from mainstay.register.models import Change
from mainstay.risk import proximity, reviewing, turning
from mainstay.risk.assumption.register import AssumptionRegister as Assumptions
from mainstay.risk.indicator.register import IndicatorRegister as Indicators
from mainstay.risk.issue.register import IssueRegister as Issues
from mainstay.risk.models import Issue, Risk
from mainstay.risk.reading.register import IndicatorReadingRegister as Readings
from mainstay.risk.risk.register import RiskRegister as Risks
from tests.contract.worlds import World, actor, appoint

SignedIn = Callable[[Account | None], Client]
TODAY = date(2026, 11, 30)


@pytest.fixture
def assumption(world: World) -> Any:
    record = world.record(Assumptions)
    values = {"tested_on": timezone.localdate(), "if_false": "A year is lost."}
    record = actions.change(Assumptions, record.pk, record.version, values, actor(world.owner))
    return actions.move(Assumptions, record.pk, record.version, "fail", actor(world.owner), reason="Storms in June.")


def test_a_failed_assumption_becomes_a_risk_once_and_both_know(world: World, assumption: Any) -> None:
    made: Any = turning.risk_of(assumption.pk, assumption.version, actor(world.owner))
    assert (made.initiative, made.owner, made.effect, made.state) == (world.programme, assumption.owner, "A year is lost.", "open")
    ends = [linked(Assumptions, assumption, world.owner), linked(Risks, made, world.owner)]
    assert [[one.relation for one in end] for end in ends] == [["causes"], ["caused by"]]
    assert {change.verb for change in Change.objects.filter(register="risk.assumption", record_id=assumption.pk)} >= {"fail", "link"}
    with pytest.raises(Invalid, match="already"):
        turning.risk_of(assumption.pk, assumption.version, actor(world.owner))


def test_who_may_not_change_it_makes_nothing_of_it(world: World, assumption: Any, signed_in: SignedIn) -> None:
    count = Risk.objects.count()
    for account, fault in ((world.member, Refused), (world.stranger, NotFound)):
        with pytest.raises(fault):
            turning.risk_of(assumption.pk, assumption.version, actor(account))
    with pytest.raises(Stale):
        turning.risk_of(assumption.pk, assumption.version - 1, actor(world.owner))
    url = reverse("risk.make_risk", args=[assumption.pk])
    assert signed_in(world.stranger).post(url, {"version": assumption.version}).status_code == 404
    assert signed_in(world.owner).post(url, {"version": 1}).status_code == 409
    assert Risk.objects.count() == count
    assert signed_in(world.owner).post(url, {"version": assumption.version}).status_code == 302
    again = signed_in(world.owner).post(url, {"version": assumption.version})
    assert (again.status_code, "There is risk of this already" in again.content.decode()) == (422, True)


def test_a_risk_that_has_happened_becomes_an_issue(world: World, signed_in: SignedIn) -> None:
    risk = world.record(Risks)
    url = reverse("risk.make_issue", args=[risk.pk])
    empty = signed_in(world.owner).post(url, {"version": risk.version})
    assert (empty.status_code, Issue.objects.filter(title=risk.title).exists()) == (422, False)
    answer = signed_in(world.owner).post(url, {"version": risk.version, "reason": "The crane fell at 04:10."})
    made: Any = Issue.objects.get(title=risk.title)
    assert answer.headers["Location"] == Issues.url("detail", made)
    risk.refresh_from_db()
    assert (risk.state, made.cost, made.owner, made.description.splitlines()[0]) == (
        "occurred",
        900000,
        risk.owner,
        "The crane fell at 04:10.",
    )
    assert [one.relation for one in linked(Issues, made, world.owner)] == ["caused by"]


def test_a_concession_is_for_an_off_specification(world: World) -> None:
    record = world.record(Issues)
    with pytest.raises(Invalid, match="off-specification"):
        actions.change(Issues, record.pk, record.version, {"decision": "concession"}, actor(world.owner))


def read(world: World, indicator: Any, value: float, day: date) -> Any:
    given = {"title": "Reading", "indicator": indicator.pk, "initiative": indicator.initiative_id, "value": value, "read_on": day}
    return actions.create(Readings, given, actor(world.owner))


def test_a_reading_past_its_threshold_tells_the_owners_once(world: World) -> None:
    keeper = appoint("keeper@example.org", "Kay Eper", "project_manager", world.project)
    near: Any
    far: Any
    near, far = world.record(Risks), actions.create(
        Risks, {"title": "Below", "initiative": world.project.pk, "owner": "keeper@example.org"}, actor(keeper)
    )  # fmt: skip
    near = actions.change(Risks, near.pk, near.version, {"owner": "owner@example.org"}, actor(world.owner))
    given = {"title": "Storm days", "initiative": world.programme.pk, "risk": near.pk, "unit": "days", "amber": 6, "red": 10}
    indicator = actions.create(Indicators, given, actor(world.owner))
    from mainstay.register.links import link  # beside its use: only this test links by hand

    link(Indicators, indicator.pk, "relates to", "risk.risk", far.pk, actor(world.owner))
    day = timezone.localdate() - timedelta(days=20)
    read(world, indicator, 5, day)
    assert not Message.objects.filter(key__startswith="indicator-").exists()
    latest = read(world, indicator, 10, day + timedelta(days=7))
    told = {message.to: message.body for message in Message.objects.filter(key__startswith=f"indicator-{indicator.pk}-{latest.pk}-red")}
    assert ("Storm days" in told["owner@example.org"], "Storm days" in told["keeper@example.org"]) == (True, False)
    read(world, indicator, 3, day + timedelta(days=3))
    indicator.refresh_from_db()
    assert (indicator.level, indicator.latest_value) == ("red", 10)
    actions.withdraw(Readings, latest.pk, latest.version, actor(world.owner), reason="Misread.")
    indicator.refresh_from_db()
    assert (indicator.level, indicator.latest_value) == ("clear", 3)


def test_lower_may_be_worse_and_thresholds_follow_their_direction(world: World) -> None:
    given = {"title": "Stock", "initiative": world.programme.pk, "direction": "falling", "amber": 6, "red": 3}
    made = actions.create(Indicators, given, actor(world.owner))
    assert [made.level_of(value).value for value in (7, 6, 3, 2)] == ["clear", "amber", "red", "red"]
    with pytest.raises(Invalid, match="before amber"):
        actions.create(Indicators, {**given, "direction": "rising"}, actor(world.owner))


def test_owners_are_told_once_of_reviews_that_fall_due(world: World, signed_in: SignedIn) -> None:
    day = timezone.localdate()
    risk = world.record(Risks)
    risk = actions.change(Risks, risk.pk, risk.version, {"owner": "owner@example.org", "review_on": day}, actor(world.owner))
    assert (reviewing.remind(day), Message.objects.filter(key__startswith="risk-reviews-").count()) == (1, 1)
    reviewing.remind(day)
    assert Message.objects.filter(key__startswith="risk-reviews-").count() == 1
    assert [row.pk for row in reviewing.due(world.owner, day)] == [risk.pk]
    browser = signed_in(world.owner)
    assert "Risks due for review" in browser.get("/").content.decode()
    answer = browser.post(reverse("risk.reviewed", args=[risk.pk]), {"version": risk.version, "from": "work"})
    risk.refresh_from_db()
    assert (answer.status_code, risk.review_on, reviewing.due(world.owner, day)) == (302, day + timedelta(days=28), [])
    assert signed_in(world.stranger).post(reverse("risk.reviewed", args=[risk.pk]), {"version": risk.version}).status_code == 404


@pytest.mark.parametrize(
    ("first", "last", "word", "name"),
    [(-5, 3, "", "30"), (30, 80, "", "30"), (31, None, "", "60"), (90, 95, "", "90"), (91, 95, "", "later"), (-9, -1, "", "passed"),
     (None, 400, "", "30"), (None, None, "imminent", "30"), (None, None, "stage", "undated")],
)  # fmt: skip
def test_a_risk_stands_where_its_window_first_meets_the_days_ahead(first: int | None, last: int | None, word: str, name: str) -> None:
    risk = Risk(
        window_from=None if first is None else TODAY + timedelta(days=first),
        window_to=None if last is None else TODAY + timedelta(days=last),
        proximity=word,
    )
    assert [group.name for group in proximity.groups([risk], TODAY)] == [name]


def test_the_page_of_proximity_is_for_those_who_may(world: World, signed_in: SignedIn) -> None:
    risk = world.record(Risks)
    actions.change(Risks, risk.pk, risk.version, {"window_from": timezone.localdate()}, actor(world.owner))
    page = signed_in(world.member).get(reverse("risk.proximity", args=[world.programme.pk]))
    assert [row.pk for row in page.context["dated"]] == [risk.pk]
    assert "<rect" in page.content.decode()
    assert signed_in(world.stranger).get(reverse("risk.proximity", args=[world.programme.pk])).status_code == 404
