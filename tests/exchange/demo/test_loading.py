"""The demonstration, loaded through the same imports as anyone's files."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from mainstay.accounts.models import Account
from mainstay.exchange import tables
from mainstay.exchange.demo import files, loading
from mainstay.exchange.demo.loading import Loaded
from mainstay.exchange.demo.schedules import MONTH, schedule_of, status_day
from mainstay.exchange.verification import verify
from mainstay.initiatives.models import Initiative
from mainstay.initiatives.roles import ROLES
from mainstay.jobs.progress import Progress
from mainstay.planning.models import Activity, Dependency, Milestone, Plan
from mainstay.register.history import Actor
from mainstay.register.models import Change, Comment
from mainstay.register.transfer.plan import Kind
from mainstay.reporting import making
from mainstay.reporting.cycle import demonstration
from mainstay.reporting.models import Snapshot
from mainstay.risk.models import Risk
from mainstay.risk.risk.register import RiskRegister

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demonstration")]
DAYS = [date(2026, 11, 25), date(2027, 1, 1), date(2028, 2, 29), date(2026, 12, 27)]
CODES = [project["code"] for project in files.programme()["projects"]]


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Loaded]:
    """Loaded once for all tests of this module, which only look at it; rolled back after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        administrator = Account.objects.create_user("administrator@example.org", "Administrator", is_administrator=True)
        yield loading.load(administrator, "a long and quiet password", Progress(), making.freeze, demonstration.load)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_programme_of_six_projects_stands_there(loaded: Loaded) -> None:
    assert Initiative.objects.filter(kind="project").count() == loaded.plans == 6
    live = Plan.objects.filter(is_live=True)
    assert set(live.values_list("number", flat=True)) == {2}
    assert Plan.objects.count() == 12
    assert sum(live.values_list("activity_count", flat=True)) == Activity.objects.filter(plan__is_live=True).count() == loaded.activities
    assert Risk.objects.count() == loaded.risks == 22
    assert Risk.objects.filter(nature="opportunity").count() == 3
    assert set(Plan.objects.values_list("file_name", flat=True)) == {project["file"] for project in files.programme()["projects"]}
    assert {name.rsplit(".")[-1] for name in Plan.objects.values_list("file_name", flat=True)} == {"xer", "xml"}


@pytest.mark.django_db
def test_every_record_came_through_an_action(loaded: Loaded) -> None:
    told = set(Change.objects.filter(verb__in=["create", "import"]).values_list("register", "record_id"))
    rows = [("risk.risk", pk) for pk in Risk.objects.values_list("pk", flat=True)]
    rows += [("planning.plan", pk) for pk in Plan.objects.values_list("pk", flat=True)]
    rows += [("planning.milestone", pk) for pk in Milestone.objects.values_list("pk", flat=True)]
    assert set(rows) <= told
    assert verify().faults == []


@pytest.mark.django_db
def test_records_name_activities_that_exist_and_dates_that_the_plans_give(loaded: Loaded) -> None:
    codes = set(Activity.objects.values_list("code", flat=True))
    assert {code.rpartition(":")[2] for risk in Risk.objects.all() for code in risk.activity_codes} <= codes
    settled = Dependency.objects.filter(state__in=("accepted", "failed"))
    assert settled.count() == len(files.programme()["settled_dependencies"])
    (asked,) = Dependency.objects.exclude(outside="")
    assert (asked.state, asked.links.count()) == ("offered", 1), "a party outside has offered by its link"
    for dependency in Dependency.objects.exclude(pk__in=settled).filter(outside=""):
        give = Activity.objects.get(code=dependency.give_activity, plan__is_live=True)
        assert dependency.impact
        assert give.finish is not None
        assert dependency.given == dependency.promised_by or dependency.forecast == give.finish.date()
    assert {"agreed", "offered", "accepted", "failed"} == set(Dependency.objects.values_list("state", flat=True))
    assert all(milestone.forecast and milestone.baseline_current for milestone in Milestone.objects.all())
    assert Comment.objects.count() == len(files.programme()["comments"])


@pytest.mark.django_db
def test_two_packs_tell_what_moved_between_them(loaded: Loaded) -> None:
    first, second = Snapshot.objects.order_by("pk")
    before, after = making.facts_of(first), making.facts_of(second)
    assert (before.previous, after.previous and after.previous.name) == (None, first.title)
    moved = {(move.record.register, move.item) for move in after.moves}
    assert {("planning.plan", "version"), ("planning.plan", "finish of the plan"), ("planning.milestone", "forecast")} <= moved
    assert {("risk.risk", "new threat"), ("communications.decision", "decided"), ("planning.dependency", "hand-over")} <= moved
    causeway = next(move for move in after.moves if (move.record.code, move.item) == ("SCR-RC", "forecast"))
    assert "RC-1100 re-estimated from 45 to 50 d" in causeway.reason
    assert {plan.status_date for plan in before.plans}.isdisjoint(plan.status_date for plan in after.plans)


@pytest.mark.django_db
def test_the_risk_register_sent_again_unchanged_changes_nothing(loaded: Loaded, tmp_path: Path) -> None:
    """Its rows bring no version and name shared causes by reference, not as an export would."""
    path = tmp_path / files.RISK_FILE
    path.write_bytes(files.risk_register())
    found = tables.preview(RiskRegister, tables.read_file(path), Actor(Account.objects.get(email=loaded.email), "command"))
    assert {kind: len(found.of(kind)) for kind in Kind} == {Kind.NEW: 0, Kind.CHANGED: 0, Kind.SAME: 20, Kind.FAULTY: 0}


@pytest.mark.django_db
def test_somebody_can_sign_in_for_most_roles(loaded: Loaded) -> None:
    held = {person["role"] for person in files.programme()["people"]}
    assert (
        {"sro", "programme_manager", "project_manager", "pmo_officer", "office_lead", "board_member", "assurance_coordinator"}
        <= held
        <= set(ROLES)
    )
    account = Account.objects.get(email=loaded.email)
    assert account.check_password("a long and quiet password")
    assert not account.is_administrator


@pytest.mark.parametrize("month_ago", [False, True], ids=["now", "month ago"])
@pytest.mark.parametrize("today", DAYS, ids=str)
@pytest.mark.parametrize("code", CODES)
def test_plans_keep_the_rules_of_planning_on_any_day(code: str, today: date, month_ago: bool) -> None:
    """Nothing is done after the status date or left undone before it; links hold; shifts are worked."""
    schedule = schedule_of(code, "Title", "Manager", today, month_ago=month_ago)
    assert schedule.status_date is not None
    assert schedule.status_date.date() == status_day(today) - MONTH * month_ago < today
    for activity in schedule.activities:
        assert activity.start is not None
        assert activity.finish is not None
        assert activity.start <= activity.finish
        if activity.summary:
            continue
        assert activity.actual_finish is None or activity.actual_finish <= schedule.status_date
        assert (activity.actual_start is not None) == (activity.start < schedule.status_date and (activity.percent_complete or 0) > 0)
        if not activity.percent_complete:
            assert activity.milestone or activity.start > schedule.status_date


@pytest.mark.parametrize("today", DAYS, ids=str)
@pytest.mark.parametrize("code", CODES)
def test_what_had_happened_a_month_ago_stands_in_both_versions(code: str, today: date) -> None:
    then, now = (
        {row.activity_id or row.name: row for row in schedule_of(code, "Title", "Manager", today, month_ago=ago).activities}
        for ago in (True, False)
    )
    for name in then.keys() & now.keys():
        before, after = then[name], now[name]
        assert before.uid == after.uid
        if before.summary:
            continue
        assert before.baselines == after.baselines
        assert before.actual_start in (None, after.actual_start)
        assert before.actual_finish in (None, after.actual_finish)
        assert (before.percent_complete or 0) <= (after.percent_complete or 0)
