"""Levelling on pages: run as a job, kept as a proposal, shown with its effect, accepted by whoever may decide; hidden from others."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.formats.plans import read_schedule
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.initiatives.models import Initiative
from mainstay.jobs.models import Job
from mainstay.jobs.progress import Cancelled, Progress
from mainstay.planning import jobs
from mainstay.planning.levelling.model import Levelling
from mainstay.planning.levelling.register import LevellingRegister
from mainstay.planning.models import Plan
from mainstay.planning.receiving import receive
from mainstay.post.models import Message
from mainstay.register import actions, store
from mainstay.register.errors import ActionError, Refused
from mainstay.register.history import Actor
from tests.contract.worlds import World, appoint
from tests.planning.staffed_plan import staffed_plan
from tests.planning.test_circles import two_steps

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Account | None], Client]
ASKED = {"seconds": "1", "seed": "3", "once": "a"}


@pytest.fixture
def staffed(world: World, tmp_path: Path) -> World:
    """Two projects of the programme whose plans want one crew at the same time."""
    actor = Actor(world.administrator, "page")
    Levelling.objects.all().delete()
    Plan.objects.all().update(is_live=False)
    values = {"code": "SCR-SW", "title": "Northshore Sea Wall", "kind": "project", "parent": world.programme.pk}
    wall = actions.create(InitiativeRegister, values, actor)
    for place, hours in ((world.project, (16, 24)), (wall, (8,))):
        take_in(tmp_path, place, staffed_plan(place.code, hours=hours), actor)
    return world


def take_in(folder: Path, place: Initiative, content: bytes, actor: Actor) -> None:
    path = folder / f"{place.code}.xml"
    path.write_bytes(content)
    receive(place, read_schedule(path).schedule, path.name, content, actor)


def level(client: Client, world: World, **asked: str) -> Levelling:
    answer = client.post(reverse("planning.level", args=[world.programme.pk]), {**ASKED, **asked})
    assert answer.status_code == 302, answer.content.decode()
    job = Job.objects.latest("pk")
    assert (job.kind, job.state, job.error) == ("planning.level", "done", "")
    return Levelling.objects.latest("pk")


def test_plans_are_levelled_and_the_effect_is_told(staffed: World, signed_in: SignedIn) -> None:
    client = signed_in(staffed.owner)
    before = list(Plan.objects.values_list("pk", "document_digest", "version"))
    made = level(client, staffed, seconds="30")  # it ends once it is proven; a slow machine may take its time
    assert (made.state, made.seed, made.made_by, made.gap) == ("proposed", 3, staffed.owner.name, 0)
    assert (made.finish_before.isoformat(), made.finish_after.isoformat()) == ("2026-06-04", "2026-06-09")
    assert list(Plan.objects.values_list("pk", "document_digest", "version")) == before
    page = client.get(reverse("planning.proposal", args=[made.pk])).content.decode()
    for text in ("proven best", "Crew: up to 3.0 wanted of 1.0", 'data-chart="lines"', "The same as a table", "SCR-SW", made.result_digest):
        assert text in page
    listed = client.get(reverse("planning.levelling", args=[staffed.programme.pk])).content.decode()
    assert made.ref in listed
    assert reverse("planning.proposal", args=[made.pk]) in client.get(LevellingRegister.url("detail", made)).content.decode()


def test_the_project_with_priority_goes_first(staffed: World, signed_in: SignedIn) -> None:
    client = signed_in(staffed.owner)
    asked = {f"priority-{code}": weight for code, weight in (("SCR-SW", "100"), ("SCR-HB", ""))}
    made = level(client, staffed, **asked)
    projects = {row.code: row for row in made.effect.projects}
    assert (projects["SCR-SW"].priority, projects["SCR-HB"].priority) == (100, 1)
    assert projects["SCR-SW"].after == projects["SCR-SW"].before
    assert "priority 100" in client.get(reverse("planning.proposal", args=[made.pk])).content.decode()
    for wrong in ("0", "1001", "high"):
        answer = client.post(
            reverse("planning.level", args=[staffed.programme.pk]), {**ASKED, "once": "b", **asked, "priority-SCR-HB": wrong}
        )
        assert answer.status_code == 422
        assert "Give a whole number from 1 to 1000 as a priority." in answer.content.decode()


def test_it_leaves_as_files(staffed: World, signed_in: SignedIn, tmp_path: Path) -> None:
    client = signed_in(staffed.owner)
    made = level(client, staffed)
    rows = client.get(reverse("planning.proposal_moves", args=[made.pk])).content.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("project,uid,activity")
    assert len(rows) == 1 + made.moved_count
    path = tmp_path / "levelled.xml"
    path.write_bytes(client.get(reverse("planning.proposal_plan", args=[made.pk, "SCR-HB"])).content)
    levelled = {row.uid: row for row in read_schedule(path).schedule.activities}
    moved = [one for one in made.effect.moved if one.project == "SCR-HB"]
    assert all(levelled[one.uid].constraint_date == one.start_after for one in moved if not one.is_milestone)
    assert client.get(reverse("planning.proposal_plan", args=[made.pk, "NONE"])).status_code == 404


def test_whoever_may_decide_accepts_it(staffed: World, signed_in: SignedIn) -> None:
    made = level(signed_in(staffed.owner), staffed)
    officer = Actor(staffed.account("pmo_officer"), "page")
    with pytest.raises(Refused, match="may decide on plans"):
        actions.move(LevellingRegister, made.pk, made.version, "accept", officer, reason="It fits.")
    accepted = actions.move(LevellingRegister, made.pk, made.version, "accept", Actor(staffed.owner, "page"), reason="It fits.")
    assert accepted.state == "accepted"
    manager = staffed.account("programme_manager")
    again = actions.move(LevellingRegister, made.pk, accepted.version, "reopen", Actor(manager, "page"), reason="New figures.")
    assert (
        actions.move(LevellingRegister, made.pk, again.version, "decline", Actor(manager, "page"), reason="Too late.").state == "declined"
    )


def test_whoever_directs_a_project_that_moves_is_told_once_it_is_accepted(staffed: World, signed_in: SignedIn) -> None:
    appoint("hal@example.org", "Hal Barrier", "project_manager", staffed.project)
    appoint("wim@example.org", "Wim Wall", "project_manager", Initiative.objects.get(code="SCR-SW"))
    made = level(signed_in(staffed.owner), staffed)
    assert not Message.objects.filter(key__startswith="levelling-").exists()
    actions.move(LevellingRegister, made.pk, made.version, "accept", Actor(staffed.owner, "page"), reason="It fits.")
    moved = {one.project for one in made.effect.moved if not one.is_milestone}
    mails = {mail.to: mail.body for mail in Message.objects.filter(key__startswith="levelling-")}
    assert set(mails) == {{"SCR-HB": "hal@example.org", "SCR-SW": "wim@example.org"}[code] for code in moved}
    assert all(
        reverse("planning.proposal", args=[made.pk]) in body and "The plan itself has not changed" in body for body in mails.values()
    )


def test_a_proposal_whose_result_is_lost_is_not_accepted(staffed: World, signed_in: SignedIn) -> None:
    made = level(signed_in(staffed.owner), staffed)
    Levelling.objects.filter(pk=made.pk).update(result_digest="0" * 64)
    with pytest.raises(ActionError):
        actions.move(LevellingRegister, made.pk, made.version, "accept", Actor(staffed.owner, "page"), reason="It fits.")
    assert Levelling.objects.get(pk=made.pk).state == "proposed"


def test_only_readers_of_the_whole_see_it(staffed: World, signed_in: SignedIn) -> None:
    made = level(signed_in(staffed.owner), staffed)
    narrow = appoint("narrow@example.org", "Nia Row", "office_lead", staffed.project)
    for account, code in ((staffed.owner, 200), (staffed.member, 200), (staffed.stranger, 404), (staffed.nobody, 404), (narrow, 404)):
        client = signed_in(account)
        assert client.get(reverse("planning.proposal", args=[made.pk])).status_code == code
    for account in (staffed.member, staffed.stranger, staffed.nobody, narrow):
        answer = signed_in(account).post(reverse("planning.level", args=[staffed.programme.pk]), ASKED)
        assert answer.status_code == 404
        assert signed_in(account).get(reverse("planning.proposal_moves", args=[made.pk])).status_code == 404
    assert Levelling.objects.count() == 1
    assert (
        "Level resources" not in signed_in(staffed.member).get(reverse("planning.levelling", args=[staffed.programme.pk])).content.decode()
    )


def test_within_float_no_finish_moves(staffed: World, signed_in: SignedIn) -> None:
    client = signed_in(staffed.owner)
    made = level(client, staffed, reach="float")
    assert (made.effect.within_float, made.finish_after) == (True, made.finish_before)
    page = client.get(reverse("planning.proposal", args=[made.pk])).content.decode()
    assert "no finish moves" in page
    assert "Within float only: Crew is overbooked" in page


def test_wrong_values_are_told_at_their_fields(staffed: World, signed_in: SignedIn) -> None:
    client = signed_in(staffed.owner)
    for asked, text in (
        ({"seconds": "0"}, "Give a number of seconds from 1 to 600."),
        ({"seconds": "x"}, "Give a number of seconds from 1 to 600."),
        ({"seed": "-1"}, "Give a whole number of at most 18 digits"),
        ({"seed": "9" * 19}, "Give a whole number of at most 18 digits"),
    ):
        answer = client.post(reverse("planning.level", args=[staffed.programme.pk]), {**ASKED, **asked})
        assert answer.status_code == 422
        assert text in answer.content.decode()
    assert not Job.objects.filter(kind="planning.level").exists()


def test_a_plan_without_people_says_so(world: World, signed_in: SignedIn) -> None:
    Plan.objects.all().update(is_live=False)
    receive(world.project, two_steps("Quay", ("Q1", "Order steel"), ("Q2", "Fit gates")), "q.xml", b"q", Actor(world.owner, "page"))
    signed_in(world.owner).post(reverse("planning.level", args=[world.programme.pk]), ASKED)
    job = Job.objects.latest("pk")
    assert (job.kind, job.state) == ("planning.level", "failed")
    assert "nothing to level" in job.error


def test_a_stopped_search_keeps_its_best(staffed: World) -> None:
    class Stopped(Progress):
        def __call__(self, done: int, total: int, text: str = "") -> None:
            raise Cancelled

    told = jobs.level(Stopped(), initiative=staffed.programme.pk, seconds=30, seed=1, by=staffed.owner.pk)
    made = Levelling.objects.get(pk=told["proposal"])
    assert made.effect.stopped or made.gap == 0
    assert made.finish_after >= made.finish_before


def test_whoever_asked_must_still_be_allowed(staffed: World) -> None:
    with pytest.raises(Refused, match="may no longer"):
        jobs.level(Progress(), initiative=staffed.programme.pk, seconds=1, seed=1, by=staffed.stranger.pk)


def test_an_altered_result_is_told(staffed: World, signed_in: SignedIn) -> None:
    client = signed_in(staffed.owner)
    made = level(client, staffed)
    store.place(made.result_digest).unlink()
    assert client.get(reverse("planning.proposal", args=[made.pk])).status_code == 410
