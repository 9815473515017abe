"""Asking for work, doing it in this process, and its ends."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.jobs import claims, kinds, running, work
from mainstay.jobs.kinds import UnknownKind, job
from mainstay.jobs.models import Job, Recurrence, State
from mainstay.jobs.progress import Cancelled, Progress

pytestmark = pytest.mark.django_db


class Told(Exception):
    """A fault whose text is for people."""


@job("tests.add", retries=2)
def add(progress: Progress, *, numbers: list[int]) -> dict[str, Any]:
    for place, _number in enumerate(numbers):
        progress(place, len(numbers), "adding")
    return {"sum": sum(numbers)}


@job("tests.fail", told=(Told,))
def fail(progress: Progress, *, known: bool) -> dict[str, Any]:
    raise Told("The rows do not fit. Correct row 3.") if known else RuntimeError("secret detail")


@job("tests.stop")
def stop(progress: Progress) -> dict[str, Any]:
    raise Cancelled


@job("tests.write")
def write(progress: Progress, *, email: str) -> dict[str, Any]:
    with progress.once() as applied:
        Account.objects.create_user(email, "Somebody Written")
        applied.keep({"email": email})
    return {"email": email}


@pytest.fixture
def starter() -> Account:
    return Account.objects.create_user("starter@example.org", "Starter Of Work")


def waiting(kind: str, **arguments: Any) -> Job:
    return Job.objects.create(kind=kind, title="Work", arguments=arguments)


def test_work_is_done_and_its_result_kept(starter: Account) -> None:
    made = work.start("tests.add", {"numbers": [1, 2, 3]}, by=starter, title="Adding")
    assert (made.state, made.result, made.attempts, made.percent) == ("done", {"sum": 6}, 1, 100)
    assert made.ended_at is not None


def test_unknown_work_is_refused_before_it_is_written() -> None:
    with pytest.raises(UnknownKind, match=r"tests\.nothing"):
        work.start("tests.nothing", {}, by=None, title="Nothing")
    assert Job.objects.count() == 0


def test_the_same_key_is_done_once(starter: Account) -> None:
    first = work.start("tests.add", {"numbers": [1]}, by=starter, title="Adding", key="same")
    again = work.start("tests.add", {"numbers": [1]}, by=starter, title="Adding", key="same")
    assert (again.pk, Job.objects.count(), again.attempts) == (first.pk, 1, 1)


def test_a_failed_key_may_be_tried_again() -> None:
    first = work.start("tests.fail", {"known": True}, by=None, title="Failing", key="same")
    again = work.start("tests.fail", {"known": True}, by=None, title="Failing", key="same")
    assert first.pk != again.pk


def test_a_fault_told_for_people_is_shown_and_another_is_not() -> None:
    told = work.start("tests.fail", {"known": True}, by=None, title="Failing")
    assert (told.state, told.error) == ("failed", "The rows do not fit. Correct row 3.")
    hidden = work.start("tests.fail", {"known": False}, by=None, title="Failing")
    assert hidden.state == "failed"
    assert "secret" not in hidden.error
    assert f"J-{hidden.pk}" in hidden.error


def test_a_waiting_job_is_cancelled_at_once_and_never_taken() -> None:
    made = waiting("tests.add", numbers=[1])
    assert work.cancel(made)
    made.refresh_from_db()
    assert made.state == State.CANCELLED
    assert not claims.take(made)
    assert not work.cancel(made)


def test_a_cancelled_run_ends_as_cancelled() -> None:
    assert work.start("tests.stop", {}, by=None, title="Stopping").state == "cancelled"


def test_only_one_attempt_takes_a_job() -> None:
    made = waiting("tests.add", numbers=[1])
    other = Job.objects.get(pk=made.pk)
    assert claims.take(made)
    assert not claims.take(other)


def test_the_longest_waiting_is_taken_first_and_a_later_one_waits() -> None:
    Job.objects.create(kind="tests.add", title="Later", ready_at=timezone.now() + timedelta(minutes=1))
    first, _second = waiting("tests.add", numbers=[]), waiting("tests.add", numbers=[])
    taken = claims.take_next()
    assert taken is not None
    assert taken.pk == first.pk


def test_a_lost_attempt_is_tried_again_and_then_fails_visibly() -> None:
    made = waiting("tests.add", numbers=[1])
    for attempt in (1, 2, 3):
        Job.objects.filter(pk=made.pk).update(ready_at=timezone.now())
        assert claims.take(made)
        assert made.attempts == attempt
        claims.lost(made, claims.stopped_unexpectedly(made))
        made.refresh_from_db()
        assert made.state == (State.FAILED if attempt == 3 else State.QUEUED)
    assert "3 times" in made.error


def test_the_reaper_takes_stale_attempts_only() -> None:
    stale, live = waiting("tests.add", numbers=[1]), waiting("tests.add", numbers=[1])
    assert claims.take(stale)
    assert claims.take(live)
    Job.objects.filter(pk=stale.pk).update(heartbeat_at=timezone.now() - claims.STALE_AFTER * 2)
    assert claims.reap() == 1
    stale.refresh_from_db()
    live.refresh_from_db()
    assert (stale.state, live.state) == (State.QUEUED, State.RUNNING)


def test_an_attempt_that_lost_its_job_leaves_nothing() -> None:
    made = waiting("tests.write", email="late@example.org")
    assert claims.take(made)
    claims.lost(made, "gone")
    Job.objects.filter(pk=made.pk).update(ready_at=timezone.now())
    assert claims.take(Job.objects.get(pk=made.pk))
    running.run(made)
    assert not Account.objects.filter(email="late@example.org").exists()
    made.refresh_from_db()
    assert made.state == State.RUNNING


def test_an_effect_that_is_committed_is_not_done_again() -> None:
    made = waiting("tests.write", email="once@example.org")
    assert claims.take(made)
    write(running.JobProgress(made), email="once@example.org")
    claims.lost(made, "killed after the commit")
    made.refresh_from_db()
    assert (made.state, made.result) == (State.DONE, {"email": "once@example.org"})
    assert Account.objects.filter(email="once@example.org").count() == 1


def test_jobs_are_seen_by_their_starter_and_administrators(starter: Account) -> None:
    made = work.start("tests.add", {"numbers": []}, by=starter, title="Adding")
    stranger = Account.objects.create_user("stranger@example.org", "Stranger Here")
    chief = Account.objects.create_user("chief@example.org", "Chief Here", is_administrator=True)
    assert list(work.visible_to(starter)) == [made]
    assert list(work.visible_to(chief)) == [made]
    assert list(work.visible_to(stranger)) == []
    assert list(work.visible_to(None)) == []
    starter.is_active = False
    assert list(work.visible_to(starter)) == []


def test_time_left_follows_the_pace() -> None:
    made = Job(kind="tests.add", state=State.RUNNING, done=25, total=100, started_at=timezone.now() - timedelta(seconds=10))
    assert (made.percent, made.seconds_left) == (25, 30)


def test_missed_times_are_made_up_once() -> None:
    start = timezone.now().replace(microsecond=0)
    due = Recurrence(kind="tests.add", next_at=start)
    due.move_on(timedelta(hours=1), start + timedelta(hours=5, minutes=10))
    assert due.next_at == start + timedelta(hours=6)


def test_a_kind_is_named_by_package_and_work() -> None:
    with pytest.raises(ValueError, match="no name"):
        job("Nothing")
    assert kinds.get("tests.add").retries == 2


def test_the_effect_is_undone_with_its_transaction() -> None:
    made = waiting("tests.write", email="undone@example.org")
    assert claims.take(made)
    with pytest.raises(RuntimeError), transaction.atomic(), running.JobProgress(made).once():
        Account.objects.create_user("undone@example.org", "Nobody There")
        raise RuntimeError
    made.refresh_from_db()
    assert not made.is_applied
    assert not Account.objects.filter(email="undone@example.org").exists()
