"""A commission of many returns: one page of them is read whole and measured, the figures count all, and the queries stay as few."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.exchange.demo import volume
from mainstay.initiatives.models import Initiative
from mainstay.jobs.progress import Progress
from mainstay.register.models import ChainHead
from mainstay.reporting.board_pack.gather import Moment, Title, gather
from mainstay.reporting.commission.model import Commission
from mainstay.reporting.cycle import collecting, measured
from mainstay.reporting.cycle import volume as returns
from mainstay.reporting.project_return.model import OPEN_FOR_ANSWERS, Return
from tests.contract.worlds import World

SignedIn = Callable[[Account | None], Client]
PROJECTS = 6


@pytest.fixture
def administrator(db: None) -> Account:
    """Of a portfolio of six projects, each with fifty rows, and of three months of their returns."""
    made: Account = Account.objects.create_user("administrator@example.org", "Administrator", is_administrator=True)
    volume.fill(PROJECTS, 1, made, Progress(), returns.load)
    return made


@pytest.fixture
def commission(administrator: Account) -> Commission:
    return Commission.objects.filter(initiative__kind="portfolio", state="open").get()


def test_what_is_measured_of_one_place_is_what_its_pack_says(administrator: Account) -> None:
    programme = Initiative.objects.get(kind="programme")
    now = Moment(at=timezone.now(), sequence=ChainHead.objects.get().sequence, chain="")
    whole, *parts = gather(programme, administrator, now, Title(name="", maker=""), None).statuses
    projects = list(Initiative.objects.filter(kind="project").order_by("code"))
    found = measured.of_parts(programme, projects[:4], administrator)
    assert [one.status for one in found.values()] == parts[:4]
    assert {measure.name for one in found.values() for measure in one.status.measures} >= {"milestones", "gets", "exposure", "issues"}
    assert measured.of(programme, administrator).status == whole
    assert measured.of(projects[4], administrator).status.measures == parts[4].measures


def test_the_figures_count_every_return(commission: Commission, administrator: Account) -> None:
    today = timezone.localdate()
    Return.objects.filter(commission=commission).update(due_on=today - timedelta(days=1))
    rows = list(Return.objects.filter(commission=commission))
    asked = [row for row in rows if row.state != "waived"]
    late = [row for row in asked if row.state in OPEN_FOR_ANSWERS and row.days_late]
    found = collecting.collected(commission, administrator)
    figures = {one.label: one for one in found.figures}
    assert figures["Sent"].value == str(sum(row.state in collecting.SENT for row in asked))
    assert figures["Sent"].source == (f"{len(late)} late" if late else "live")
    assert figures["In time"].value == f"{round(100 * sum(bool(row.sent_at) and not row.days_late for row in asked) / len(asked))} %"
    assert {row.pk for row in found.calls} == {row.pk for row in late}


def test_pages_follow_one_another_and_the_last_one_is_the_last(
    commission: Commission, administrator: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collecting, "PER_PAGE", 4)
    pages = [collecting.collected(commission, administrator, number) for number in (1, 2, 9)]
    assert [[line.record.initiative.code[-3:] for line in page.lines] for page in pages] == [
        ["001", "002", "003", "004"],
        ["005", "006"],
        ["005", "006"],
    ]
    assert [(page.first, page.last, page.total) for page in pages] == [(1, 4, 6), (5, 6, 6), (5, 6, 6)]


def test_more_returns_take_no_more_queries(commission: Commission, administrator: Account) -> None:
    counts = []
    for number in (1, PROJECTS):
        Return.objects.filter(commission=commission).update(is_withdrawn=True)
        Return.objects.filter(commission=commission, initiative__code__lte=f"V001-{number:03d}").update(is_withdrawn=False)
        with CaptureQueriesContext(connection) as held:
            collecting.collected(commission, administrator)
        counts.append(len(held))
    assert counts[0] == counts[1]


@pytest.mark.django_db
def test_the_page_is_for_whom_the_commission_is(world: World, signed_in: SignedIn) -> None:
    made = Commission.objects.filter(initiative=world.programme).latest("pk")
    url = f"/reporting/commissions/{made.pk}/returns/"
    assert [signed_in(account).get(url).status_code for account in (world.owner, world.stranger)] == [200, 404]
    assert signed_in(world.owner).get(f"{url}?page=nonsense").status_code == 200
