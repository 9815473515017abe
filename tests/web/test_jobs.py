"""The page of a job: who sees it, what it tells, where it leads, how it is stopped."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.jobs.models import Job, State
from mainstay.web import jobs

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Account | None], Client]


@pytest.fixture
def owner() -> Account:
    return Account.objects.create_user("owner@example.org", "Owner Of Work")


@pytest.fixture
def stranger() -> Account:
    return Account.objects.create_user("stranger@example.org", "Stranger Here")


@pytest.fixture
def running(owner: Account) -> Job:
    return Job.objects.create(
        kind="tests.any", title="Reading 6 plan files", by=owner, state=State.RUNNING, done=3, total=6, text="Harbour.xer"
    )


def test_its_starter_sees_how_far_it_is(running: Job, owner: Account, signed_in: SignedIn) -> None:
    page = signed_in(owner).get(reverse("web.job", args=[running.pk])).content.decode()
    assert "Reading 6 plan files" in page
    assert 'value="50"' in page
    assert signed_in(owner).get(reverse("web.job_status", args=[running.pk])).json()["detail"] == "Harbour.xer"


@pytest.mark.parametrize("name", ["web.job", "web.job_status", "web.job_cancel"])
def test_a_stranger_finds_nothing(name: str, running: Job, stranger: Account, signed_in: SignedIn) -> None:
    client = signed_in(stranger)
    assert client.get(reverse(name, args=[running.pk])).status_code == 404
    assert client.post(reverse(name, args=[running.pk])).status_code == 404
    running.refresh_from_db()
    assert not running.cancel_asked
    assert "Reading" not in client.get(reverse("web.jobs")).content.decode()


def test_a_visitor_is_asked_to_sign_in(running: Job, signed_in: SignedIn) -> None:
    assert signed_in(None).get(reverse("web.job", args=[running.pk])).status_code == 302


def test_cancelling_asks_the_work_to_stop(running: Job, owner: Account, signed_in: SignedIn) -> None:
    assert signed_in(owner).post(reverse("web.job_cancel", args=[running.pk])).status_code == 302
    running.refresh_from_db()
    assert running.cancel_asked
    assert jobs.detail(running) == "stopping at the next step"


def test_a_failure_stands_there_as_a_sentence(running: Job, owner: Account, signed_in: SignedIn) -> None:
    Job.objects.filter(pk=running.pk).update(state=State.FAILED, error="Row 3 <b>has</b> no owner.")
    page = signed_in(owner).get(reverse("web.job", args=[running.pk])).content.decode()
    assert "Row 3 &lt;b&gt;has&lt;/b&gt; no owner." in page


@pytest.mark.parametrize(
    ("url", "leads"), [("/planning/plan/", True), ("https://elsewhere.example", False), ("//elsewhere.example", False), (7, False)]
)
def test_the_end_leads_to_what_was_made_and_never_away(url: object, leads: bool, running: Job, owner: Account, signed_in: SignedIn) -> None:
    now = timezone.now()
    Job.objects.filter(pk=running.pk).update(state=State.DONE, result={"url": url}, started_at=now, ended_at=now)
    answer = signed_in(owner).get(reverse("web.job", args=[running.pk]))
    assert (answer.status_code, answer.headers.get("Location")) == ((302, url) if leads else (200, None))


@pytest.mark.parametrize(("seconds", "text"), [(0.04, "0.0 s"), (9.9, "9.9 s"), (61, "61 s"), (95, "2 minutes"), (61 * 60, "61 minutes")])
def test_lengths_of_time_are_in_words(seconds: float, text: str) -> None:
    assert jobs.lasting(seconds) == text
