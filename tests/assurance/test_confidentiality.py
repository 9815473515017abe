"""A report belongs to its owner: before it is released the office, its analyst and strangers find it through no door."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.api.records import address
from mainstay.assurance.models import Recipient, Report
from mainstay.register import about, actions
from mainstay.register.errors import Invalid, NotFound, Refused
from mainstay.register.spec import REGISTERS, Register
from tests.assurance.conftest import SEALED, change, create, fresh, move, person_of
from tests.contract import addresses, telltales, worlds
from tests.contract.worlds import World, actor

SignedIn = Callable[[Account | None], Client]
REPORT, ADVICE = REGISTERS["assurance.report"], REGISTERS["assurance.recommendation"]
READABLE = ("detail", "edit", "copy", "history", "print")


def doors(register: type[Register], pk: int) -> list[str]:
    """Every page and every operation of the API that can be read, of the register and of this record."""
    pages = [page.path(pk=pk, name="title", field="title") for page in addresses.pages_of(register)]
    operations = [addresses.api_path(one, pk=pk) for one in addresses.operations_of(register) if one.method == "GET"]
    # Pages say back what was looked for; the API counts.
    return [*pages, *operations, f"{address(register)}?q={SEALED[:5]}", f"{register.url('list')}?q={SEALED[:5]}"]


def common(world: World, review: Any) -> list[str]:
    """Pages that gather from many registers."""
    place = review.initiative_id
    return [
        "/",
        f"/search/?q={SEALED}",
        f"/api/v1/search?q={SEALED}",
        REGISTERS["assurance.review"].url("detail", review.pk),
        REGISTERS["initiatives.initiative"].url("detail", place),
        *(reverse(f"assurance.{name}", args=[world.programme.pk]) for name in ("plan", "triage", "map", "themes")),
        REGISTERS["risk.risk"].url("detail", world.mine["risk.risk"][0]),
    ]


@pytest.fixture
def hung(world: World, sro: Account, report: Any, recommendation: Any) -> tuple[Any, Any]:
    """With a comment, a file and a link to a risk, so that these are doors as well."""
    sro = fresh(sro)
    for register, record in ((REPORT, report), (ADVICE, recommendation)):
        about.comment(register, record.pk, f"Note {SEALED}", actor(sro))
        about.attach(register, record.pk, SimpleUploadedFile(f"{SEALED}.txt", SEALED.encode()), actor(sro))
    return report, recommendation


def test_nobody_outside_finds_a_report_before_its_release(world: World, signed_in: SignedIn, review: Any, hung: Any) -> None:
    analyst = world.account("pmo_officer")
    told = []
    for account in (analyst, world.owner, world.member, world.stranger, world.account("assurance_coordinator")):
        client = signed_in(account)
        for register, record in zip((REPORT, ADVICE), hung, strict=True):
            detail: Any = client.get(register.url("detail", record.pk))
            nothing: Any = client.get(register.url("detail", 987_654))
            assert (detail.status_code, client.get(address(register, record.pk)).status_code) == (404, 404)
            assert telltales.same_for_both(detail, record.pk) == telltales.same_for_both(nothing, 987_654)
            answers = {path: telltales.words(telltales.send(client, "GET", path)) for path in doors(register, record.pk)}
            told += [(account.email, path) for path, words in answers.items() if SEALED in words]
    assert told == []
    found = signed_in(analyst).get(f"/api/v1/search?q={SEALED}").json()
    assert (found["count"], found["results"], found["counts"]) == (0, [], {})
    for key in ("report", "recommendation"):
        listed = signed_in(fresh(analyst)).get(f"/api/v1/assurance/{key}?q={SEALED}").json()
        assert listed["count"] == 0
    client = signed_in(fresh(analyst))
    for path in common(world, review):
        if "search" not in path:
            assert SEALED not in telltales.words(telltales.send(client, "GET", path)), path


def test_nobody_outside_writes_to_a_report(world: World, report: Any) -> None:
    analyst, before = world.account("pmo_officer"), Report.objects.get(pk=report.pk).version
    for account in (analyst, world.owner, world.stranger):
        with pytest.raises(NotFound):
            change(report, account, title="Mine")
        with pytest.raises(NotFound):
            move(report, "check", account)
        with pytest.raises(NotFound):
            about.comment(REPORT, report.pk, "x", actor(account))
        with pytest.raises((Invalid, Refused)):
            values = {"title": "Me", "initiative": report.initiative_id, "report": report.pk, "person": person_of(account)}
            actions.create(REGISTERS["assurance.recipient"], values, actor(account))
    assert Report.objects.get(pk=report.pk).version == before
    assert not Recipient.objects.filter(report=report.pk).exists()


def test_its_owner_its_team_and_its_list_read_it(world: World, signed_in: SignedIn, sro: Account, leader: Account, report: Any) -> None:
    listed = worlds.appoint("adviser@example.org", "Ada Viser", "", None)
    assert signed_in(listed).get(REPORT.url("detail", report.pk)).status_code == 404
    entry = create("recipient", sro, title="Adviser", initiative=report.initiative_id, report=report.pk, person=person_of(listed))
    for account in (sro, leader, listed):
        client = signed_in(fresh(account))
        assert SEALED in client.get(REPORT.url("detail", report.pk)).content.decode()
        assert client.get(f"/api/v1/search?q={SEALED}").json()["count"] >= 1
    assert signed_in(fresh(listed)).get(f"{address(REPORT)}/export").status_code == 403
    with pytest.raises(Refused):
        change(report, fresh(listed), title="Mine")
    actions.withdraw(REGISTERS["assurance.recipient"], entry.pk, entry.version, actor(fresh(sro)), reason="Has left.")
    assert signed_in(fresh(listed)).get(REPORT.url("detail", report.pk)).status_code == 404


def test_only_the_owner_releases_and_then_the_office_sees(
    world: World, signed_in: SignedIn, sro: Account, leader: Account, report: Any, recommendation: Any, review: Any
) -> None:
    analyst = world.account("pmo_officer")
    with pytest.raises(Invalid, match="decide here"):
        change(report, leader, is_released=True)
    with pytest.raises(Invalid, match="releases it"):
        create("report", leader, title="Again", initiative=review.initiative_id, review=review.pk, is_released=True)
    change(recommendation, fresh(sro), is_released=True)
    client = signed_in(fresh(analyst))
    assert client.get(ADVICE.url("detail", recommendation.pk)).status_code == 200
    assert client.get(REPORT.url("detail", report.pk)).status_code == 404
    move(report, "issue", leader)
    review.refresh_from_db()
    assert (review.rating, review.rating_scale) == ("", "")
    change(report, fresh(sro), is_released=True)
    review.refresh_from_db()
    assert (review.rating, review.rating_scale) == ("amber", "dca-3/1")
    client = signed_in(fresh(analyst))
    assert SEALED in client.get(REPORT.url("detail", report.pk)).content.decode()
    assert json.loads(client.get(f"/api/v1/search?q={SEALED}").content)["count"] == 2
    change(report, fresh(sro), is_released=False)
    review.refresh_from_db()
    assert review.rating == ""
    assert signed_in(fresh(analyst)).get(REPORT.url("detail", report.pk)).status_code == 404


def test_a_project_with_its_own_owner_is_that_ones(world: World, signed_in: SignedIn, sro: Account, report: Any) -> None:
    assert signed_in(fresh(sro)).get(REPORT.url("detail", report.pk)).status_code == 200
    own = worlds.appoint("own@example.org", "Ona Wner", "sro", world.project)
    assert signed_in(fresh(own)).get(REPORT.url("detail", report.pk)).status_code == 200
    assert signed_in(fresh(sro)).get(REPORT.url("detail", report.pk)).status_code == 404


def test_side_doors_to_a_compartment_are_closed(world: World, report: Any, review: Any, leader: Account) -> None:
    """Neither by moving the review under another owner, nor by putting oneself into the team, nor by becoming its reviewer."""
    analyst = world.account("pmo_officer")
    with pytest.raises(Invalid, match="has a report"):
        change(review, analyst, initiative=world.programme.pk)
    reviewer = create("reviewer", world.administrator, title="Analyst", person=person_of(analyst), may_lead=True)
    place = create("member", analyst, title="Me", initiative=review.initiative_id, review=review.pk, reviewer=reviewer.pk)
    with pytest.raises(Refused, match="not independent"):
        move(place, "book", analyst)
    held = review.team.get(state="booked")
    with pytest.raises(Invalid, match="not independent"):
        change(held, analyst, reviewer=reviewer.pk)
    with pytest.raises(Invalid, match="Make another reviewer"):
        change(held.reviewer, world.administrator, person=person_of(analyst))


def test_a_red_is_escalated_before_it_is_issued(sro: Account, leader: Account, report: Any) -> None:
    change(report, leader, rating="red")
    with pytest.raises(Refused, match="accounting officer"):
        move(report, "issue", leader)
    change(report, leader, accounting_officer="A. Officer", escalated_on="2031-02-14", reassess_on="2031-05-14")
    assert move(report, "issue", leader).state == "issued"
    with pytest.raises(Refused, match="alone may send it back"):
        move(report, "revise", leader, "A word.")
    assert move(report, "revise", fresh(sro), "A figure is wrong.").state == "draft"


def test_a_rating_stands_on_its_scale(leader: Account, report: Any) -> None:
    with pytest.raises(Invalid, match="Choose one of: Green, Amber, Red"):
        change(report, leader, rating="amber-red")
    assert change(report, leader, rating_scale="dca-5/1", rating="amber-red").rating == "amber-red"
