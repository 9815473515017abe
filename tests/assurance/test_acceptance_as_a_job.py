"""Many reviews are accepted by a job: once, all or none, told why not in a sentence, and nothing half done when it is cancelled."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.assurance.models import Member, Proposal, Review, Reviewer
from mainstay.assurance.proposal import accepting, proposing, starting
from mainstay.jobs import claims, running, work
from mainstay.jobs.models import Job
from mainstay.register.history import faults as history_faults
from mainstay.register.models import Change
from tests.assurance.calendars import booked, gate, pool, ready
from tests.assurance.conftest import change, fresh
from tests.contract.worlds import World, actor

__all__ = ["pool"]
SignedIn = Callable[[Account | None], Client]
MANY = starting.FEW + 1


@pytest.fixture
def proposal(world: World, pool: dict[str, Reviewer]) -> Proposal:
    """More reviews than are accepted at once."""
    Reviewer.objects.filter(is_withdrawn=False).update(most_days=30, days_a_year=200)
    for number in range(MANY):
        gate(world, title=f"Gate {number}", window_from="2031-05-05", window_to="2031-12-19", members=0)
    made = proposing.keep(ready(world, seconds=1), actor(world.owner))
    assert made.placed_count == MANY
    return made


def form(proposal: Proposal, count: int = MANY) -> dict[str, Any]:
    return {"version": proposal.version, "review": [one.review.pk for one in proposal.content.placed][:count]}


def written(proposal: Proposal) -> tuple[int, int, str]:
    """Reviews that have days, booked places, state of the proposal."""
    dated = Review.objects.filter(starts_on__isnull=False, is_withdrawn=False).count()
    row = Proposal.objects.get(pk=proposal.pk)
    return dated, Member.objects.filter(state="booked", is_withdrawn=False).count(), row.state


def test_many_are_accepted_by_a_job_that_leads_to_the_calendar(
    world: World, proposal: Proposal, signed_in: SignedIn, settings: Any
) -> None:
    settings.JOBS_IN_PROCESS = False
    client, address = signed_in(world.owner), reverse("assurance.accept_proposed", args=[proposal.pk])
    first, again = (client.post(address, form(proposal)) for _click in range(2))
    job = Job.objects.get(kind=starting.KIND)
    assert first["Location"] == again["Location"] == reverse("web.job", args=[job.pk])
    assert "A job is accepting this proposal" in client.get(reverse("assurance.proposed", args=[proposal.pk])).content.decode()
    signed_in(world.administrator).post(address, form(proposal))
    other = Job.objects.filter(kind=starting.KIND).latest("pk")
    assert (other.by, other.pk == job.pk) == (world.administrator, False)
    assert written(proposal) == (0, 0, "proposed")
    for one in (job, other):
        running.run_here(one)
        one.refresh_from_db()
    assert (job.state, other.state) == ("done", "failed")
    assert (
        other.error
        == "Nothing was written. Somebody has written since this page was opened. Look at it again, or propose a calendar again."
    )
    assert written(proposal) == (MANY, MANY, "accepted")
    assert client.get(first["Location"])["Location"] == reverse("assurance.calendar", args=[world.programme.pk])
    events = Change.objects.filter(reason=f"Proposed calendar {proposal.ref} accepted.")
    told = [events.filter(register=f"assurance.{name}", verb=verb).count() for name, verb in (("review", "change"), ("member", "book"))]
    assert (told, list(history_faults())) == ([MANY, MANY], [])


def test_what_stands_against_it_is_what_the_job_tells(
    world: World, proposal: Proposal, pool: dict[str, Reviewer], signed_in: SignedIn, settings: Any
) -> None:
    """Known at once, it is told at once; what happens while the job waits, by the job. The proposal stays open for another try."""
    settings.JOBS_IN_PROCESS = False
    client, address = signed_in(world.owner), reverse("assurance.accept_proposed", args=[proposal.pk])
    client.post(address, form(proposal))
    last = proposal.content.placed[-1]
    taken = gate(world, title="Elsewhere", initiative=world.programme.pk, members=0, starts_on=f"{last.first}", ends_on=f"{last.last}")
    booked(world, taken, Reviewer.objects.get(pk=last.leader.pk), "leader")
    before = written(proposal)
    assert ended(Job.objects.get()) == "failed"
    told = Job.objects.get().error
    assert told.startswith(f"Nothing was written. {last.review.place} {last.review.ref}: {last.leader.name} is booked from")
    assert (
        told.endswith("Leave it out, or propose a calendar again.")
        and told in client.get(reverse("web.job", args=[Job.objects.get().pk])).content.decode()
    )
    client.post(address, form(proposal))
    row = Review.objects.get(pk=last.review.pk)
    change(row, world.owner, decision="Something else")
    assert ended(Job.objects.latest("pk")) == "failed"
    changed = f"Changed since this was proposed: {last.review.place} {row.ref}. Leave them out, or propose a calendar again."
    assert Job.objects.latest("pk").error == f"Nothing was written. {changed}"
    answer = client.post(address, form(proposal))
    assert (answer.status_code, changed in answer.content.decode(), Job.objects.count()) == (409, True, 2)
    assert written(proposal) == before
    rest = client.post(address, form(proposal, starting.FEW))
    assert (rest.status_code, rest["Location"]) == (302, reverse("assurance.calendar", args=[world.programme.pk])), (
        "few are accepted at once"
    )
    assert written(proposal) == (before[0] + starting.FEW, before[1] + starting.FEW, "accepted")


def ended(job: Job) -> str:
    running.run_here(job)
    job.refresh_from_db()
    return str(job.state)


def test_cancelled_it_leaves_nothing_half_done(world: World, proposal: Proposal, signed_in: SignedIn, settings: Any) -> None:
    settings.JOBS_IN_PROCESS = False
    client, address = signed_in(world.owner), reverse("assurance.accept_proposed", args=[proposal.pk])
    client.post(address, form(proposal))
    waiting = Job.objects.get()
    assert client.post(reverse("web.job_cancel", args=[waiting.pk])).status_code == 302
    assert ended(waiting) == "cancelled"
    client.post(address, form(proposal))
    begun = Job.objects.latest("pk")
    assert claims.take(begun) and work.cancel(begun)
    running.run(begun)
    begun.refresh_from_db()
    assert (begun.state, written(proposal)) == ("cancelled", (0, 0, "proposed"))
    arguments = {**begun.arguments, "by": world.member.pk}
    barred = work.start(starting.KIND, arguments, by=world.member, title="Not theirs")
    assert ended(barred) == "failed" and "Only whoever sets the days of reviews" in barred.error
    assert written(proposal) == (0, 0, "proposed")


def test_the_queries_of_an_acceptance_hardly_grow_with_the_reviews(world: World, proposal: Proposal, signed_in: SignedIn) -> None:
    """Each review more costs a write of its own, and a look at who is in its team on those days."""

    def asked(count: int) -> int:
        with CaptureQueriesContext(connection) as found, transaction.atomic():
            accepting.accept(proposal, form(proposal, count)["review"], proposal.version, actor(fresh(world.owner)))
            transaction.set_rollback(True)
        return len(found)

    asked(1)  # what is remembered from then on
    one, all_of_them = asked(1), asked(MANY)
    assert (all_of_them - one) / (MANY - 1) <= 6, (one, all_of_them)
    body = json.dumps({"version": proposal.version, "reviews": form(proposal)["review"]})
    done = signed_in(world.owner).post(f"/api/v1/assurance/proposal/{proposal.pk}/accept", body, content_type="application/json")
    assert (done.status_code, written(proposal)) == (200, (MANY, MANY, "accepted"))
