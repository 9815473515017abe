"""The demonstration, loaded through the same imports as anyone's files."""

from datetime import date

import pytest
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.exchange.demo import files, loading
from mainstay.exchange.demo.loading import Loaded
from mainstay.exchange.demo.schedules import schedule_of, status_day
from mainstay.exchange.verification import verify
from mainstay.initiatives.models import Initiative
from mainstay.initiatives.roles import ROLES
from mainstay.jobs.progress import Progress
from mainstay.planning.models import Activity, Dependency, Milestone, Plan
from mainstay.register.models import Change, Comment
from mainstay.risk.models import Risk

DAYS = [date(2026, 11, 25), date(2027, 1, 1), date(2028, 2, 29), date(2026, 12, 27)]


@pytest.fixture
def loaded(db: None) -> Loaded:
    administrator = Account.objects.create_user("administrator@example.org", "Administrator", is_administrator=True)
    return loading.load(administrator, "a long and quiet password", Progress())


def test_a_programme_of_six_projects_stands_there(loaded: Loaded) -> None:
    assert Initiative.objects.filter(kind="project").count() == loaded.plans == 6
    assert set(Plan.objects.values_list("is_live", flat=True)) == {True}
    assert sum(Plan.objects.values_list("activity_count", flat=True)) == Activity.objects.count() == loaded.activities
    assert Risk.objects.count() == loaded.risks == 20
    assert Risk.objects.filter(nature="opportunity").count() == 3
    assert set(Plan.objects.values_list("file_name", flat=True)) == {project["file"] for project in files.programme()["projects"]}
    assert {name.rsplit(".")[-1] for name in Plan.objects.values_list("file_name", flat=True)} == {"xer", "xml"}


def test_every_record_came_through_an_action(loaded: Loaded) -> None:
    told = set(Change.objects.filter(verb__in=["create", "import"]).values_list("register", "record_id"))
    rows = [("risk.risk", pk) for pk in Risk.objects.values_list("pk", flat=True)]
    rows += [("planning.plan", pk) for pk in Plan.objects.values_list("pk", flat=True)]
    rows += [("planning.milestone", pk) for pk in Milestone.objects.values_list("pk", flat=True)]
    assert set(rows) <= told
    assert verify().faults == []


def test_records_name_activities_that_exist_and_dates_that_the_plans_give(loaded: Loaded) -> None:
    codes = set(Activity.objects.values_list("code", flat=True))
    assert {code for risk in Risk.objects.all() for code in risk.activity_codes} <= codes
    for dependency in Dependency.objects.all():
        give = Activity.objects.get(code=dependency.give_activity)
        assert give.finish is not None
        assert dependency.given == dependency.promised_by or dependency.forecast == give.finish.date()
    assert {"agreed", "offered"} == set(Dependency.objects.values_list("state", flat=True))
    assert all(milestone.forecast and milestone.baseline_current for milestone in Milestone.objects.all())
    assert Comment.objects.count() == len(files.programme()["comments"])


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


@pytest.mark.parametrize("today", DAYS, ids=str)
@pytest.mark.parametrize("code", [project["code"] for project in files.programme()["projects"]])
def test_plans_keep_the_rules_of_planning_on_any_day(code: str, today: date) -> None:
    """Nothing is done after the status date or left undone before it; links hold; shifts are worked."""
    schedule = schedule_of(code, "Title", "Manager", today)
    assert schedule.status_date is not None
    assert schedule.status_date.date() == status_day(today) < today
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


def test_the_files_are_the_same_on_the_same_day(tmp_path: object) -> None:
    day = timezone.localdate()
    project = files.programme()["projects"][0]
    assert files.plan(project, day) == files.plan(project, day)
