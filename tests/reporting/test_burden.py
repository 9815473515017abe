"""Timeliness, cost and use of returns: the counts by person and period, the minutes, and which questions anybody reads."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.exchange.demo import volume
from mainstay.initiatives.models import Initiative
from mainstay.jobs.progress import Progress
from mainstay.organisation.models import Person
from mainstay.register import actions
from mainstay.register.history import Actor
from mainstay.register.spec import REGISTERS
from mainstay.reporting.burden import cost, questions, reading, timeliness
from mainstay.reporting.commission.model import Commission
from mainstay.reporting.cycle import volume as returns
from mainstay.reporting.cycle.collecting import lateness
from mainstay.reporting.models import Reading, Return
from tests.contract.worlds import World

SignedIn = Callable[[Account | None], Client]
PROJECTS = 6
pytestmark = pytest.mark.slow
TODAY = timezone.localdate


@pytest.fixture
def administrator(db: None) -> Account:
    """Of a portfolio of six projects, each with fifty rows, and of three months of their returns."""
    made: Account = Account.objects.create_user("administrator@example.org", "Administrator", is_administrator=True)
    volume.fill(PROJECTS, 1, made, Progress(), returns.load)
    return made


@pytest.fixture
def commission(administrator: Account) -> Commission:
    """One month, whose day is over: six returns that nobody has sent."""
    made = Commission.objects.filter(initiative__kind="portfolio", state="open").get()
    Commission.objects.filter(pk=made.pk).update(confirmed_by=TODAY() - timedelta(days=1))
    Return.objects.filter(commission=made).update(
        due_on=TODAY() - timedelta(days=9), sent_at=None, state="asked", seconds=0, confirmed_on=None, resent=0, owner=None, confirmer=None
    )
    made.refresh_from_db()
    return made


def at(days: int) -> datetime:
    """Noon, so many days before today, where the office is."""
    day = datetime.combine(TODAY() - timedelta(days=days), datetime.min.time(), ZoneInfo(settings.LOCAL_TIME_ZONE))
    return day + timedelta(hours=12)


def test_each_return_counts_once_and_by_its_day(commission: Commission) -> None:
    sponsor, other = Person.objects.create(ref="P-901", title="Ada Sponsor"), Person.objects.create(ref="P-902", title="Ben Sponsor")
    first, late, silent, waived, slow, nobodys = Return.objects.filter(commission=commission).order_by("pk")
    sent = {"state": "accepted", "confirmer": sponsor}
    Return.objects.filter(pk=first.pk).update(**sent, sent_at=at(9), seconds=240, confirmed_on=TODAY() - timedelta(days=1))
    Return.objects.filter(pk=late.pk).update(**sent, sent_at=at(8), seconds=600, resent=2, confirmed_on=TODAY())
    Return.objects.filter(pk=silent.pk).update(confirmer=sponsor)
    Return.objects.filter(pk=waived.pk).update(confirmer=sponsor, state="waived")
    Return.objects.filter(pk=slow.pk).update(state="checked", confirmer=other, sent_at=at(10))
    Return.objects.filter(pk=nobodys.pk).update(state="sent", sent_at=at(9))
    rows = Return.objects.filter(commission=commission)
    ada, ben, nobody = sorted(timeliness.by_person(rows, "sponsor", lateness(rows)), key=lambda one: one.name or "Z")
    assert (ada.asked, ada.due, ada.in_time, ada.late, ada.missing, ada.resent) == (3, 3, 1, 1, 1, 2)
    assert (ada.share, ada.minutes, ada.timed, ada.each) == (33, 14, 2, 7)
    assert (ada.unconfirmed, ben.unconfirmed, nobody.unconfirmed) == (2, 1, 0)
    assert (ben.name, ben.share, ben.each, nobody.name, nobody.in_time) == ("Ben Sponsor", 100, None, "", 1)
    told_by_period = timeliness.told_by_period(rows, lateness(rows))
    whole = timeliness.whole(told_by_period)
    assert (whole.asked, whole.in_time + whole.late + whole.missing) == (5, whole.due)
    ((told, of_period),) = timeliness.by_period(told_by_period, [commission])
    assert told.pk == commission.pk
    assert (of_period.asked, of_period.in_time, of_period.late, of_period.missing) == (5, 3, 1, 1)


def whole_of(*commissions: Commission) -> timeliness.Record:
    rows = Return.objects.filter(commission__in=commissions)
    return timeliness.whole(timeliness.told_by_period(rows, lateness(rows)))


def test_the_whole_adds_its_periods_to_the_second(commission: Commission) -> None:
    other = Commission.objects.exclude(pk=commission.pk).filter(definition=commission.definition).first()
    assert other is not None
    Return.objects.update(seconds=0)
    Return.objects.filter(commission__in=[commission, other]).update(state="sent", sent_at=at(9), seconds=25)
    whole = whole_of(commission, other)
    assert (whole.asked, whole.timed, whole.minutes) == (2 * PROJECTS, 2 * PROJECTS, 5)


def test_nothing_due_has_no_share(commission: Commission) -> None:
    Return.objects.filter(commission=commission).update(due_on=TODAY() + timedelta(days=3))
    whole = whole_of(commission)
    assert (whole.asked, whole.due, whole.share, whole.missing) == (6, 0, None, 0)
    assert cost.cost(whole, None) is None


def test_what_was_not_timed_is_taken_to_last_as_long(commission: Commission) -> None:
    Return.objects.filter(commission=commission).update(state="sent", sent_at=at(9))
    Return.objects.filter(pk__in=list(commission.returns.values_list("pk", flat=True)[:2])).update(seconds=600)
    told = cost.cost(whole_of(commission), Decimal(30))
    assert told is not None
    assert (told.timed, told.minutes, told.returns, told.hours, told.pounds) == (2, 20, 6, 1.0, Decimal(30))


def test_the_price_of_an_hour_is_a_standard(commission: Commission, administrator: Account) -> None:
    assert cost.rate_for(commission.initiative) is None
    values = {
        "title": "Cost of reporting",
        "kind": "threshold",
        "name": cost.STANDARD,
        "value": {cost.RATE: 38.5},
        "initiative": commission.initiative_id,
    }
    actions.create(REGISTERS["initiatives.standard"], values, Actor(administrator))
    project = Initiative.objects.filter(kind="project").first()
    assert project is not None
    assert cost.rate_for(project) == Decimal("38.5")


def test_a_question_is_judged_by_its_answers_and_readers(commission: Commission, administrator: Account) -> None:
    earlier = Commission.objects.filter(definition=commission.definition, state="closed").order_by("-period_to").first()
    assert earlier is not None
    Return.objects.filter(commission=earlier).update(state="accepted", sent_at=at(40), answers={"rating": "green", "note": "old"})
    rows = Return.objects.filter(commission__in=[commission, earlier])
    Return.objects.filter(commission=commission).update(state="sent", sent_at=at(9), answers={"rating": "amber", "note": "old"})
    found = questions.uses([commission, earlier], rows)
    assert found is not None
    assert (found.count, found.periods) == (12, [commission.period, earlier.period])
    by_title = {use.title: use for use in found.questions}
    rating, note = by_title["Your rating for the period"], by_title["Note to the office"]
    assert (rating.answered, rating.changed, rating.opened, rating.advice) == (100, 100, 0, "")
    assert (note.answered, note.changed, note.used) == (100, 0, "")
    assert "reads it" in note.advice
    for row in Return.objects.filter(commission=commission)[:2]:
        reading.note(row, administrator)
        reading.note(row, administrator)
    again = questions.uses([commission, earlier], rows)
    assert again is not None
    (note,) = (use for use in again.questions if use.title == "Note to the office")
    assert (note.opened, note.advice, Reading.objects.count()) == (17, "", 2)
    money = by_title["Spent so far, £"]
    assert (money.answered, money.changed) == (0, None)
    assert "answers it" in money.advice


def test_only_others_than_the_supplier_read_what_was_sent(commission: Commission, administrator: Account) -> None:
    row = Return.objects.filter(commission=commission).first()
    assert row is not None
    reading.note(row, administrator)
    assert not Reading.objects.exists()
    row.sent_at, row.owner = timezone.now(), Person.objects.create(ref="P-903", title="Supplier", account=administrator)
    reading.note(row, administrator)
    reading.note(row, Account(name="By a link"))
    assert not Reading.objects.exists()
    row.owner = None
    reading.note(row, administrator)
    assert Reading.objects.count() == 1


def test_the_page_for_those_who_may_see_returns(commission: Commission, administrator: Account, signed_in: SignedIn) -> None:
    address = f"/reporting/status/{commission.initiative_id}/timeliness/"
    client = signed_in(administrator)
    client.get(address)
    with CaptureQueriesContext(connection) as many:
        page = client.get(address)
    assert page.status_code == 200
    assert "By sponsor" in page.content.decode()
    Return.objects.filter(initiative__in=Initiative.objects.filter(kind="project").order_by("pk")[1:]).update(is_withdrawn=True)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    assert len(few) == len(many) < 30
    assert signed_in(Account.objects.create_user("stranger@example.org", "Stranger")).get(address).status_code == 404
    row = Return.objects.filter(commission=commission, is_withdrawn=False).first()
    assert row is not None
    seen = f"/reporting/returns/{row.pk}/seen/"
    assert signed_in(Account.objects.get(email="stranger@example.org")).post(seen).status_code == 404
    assert client.get(seen).status_code == 405
    assert client.post(seen).status_code == 204
    assert not Reading.objects.exists(), "it has not been sent"


def test_nobody_of_another_programme_sees_its_people(world: World, signed_in: SignedIn) -> None:
    address = f"/reporting/status/{world.programme.pk}/timeliness/"
    assert signed_in(world.member).get(address).status_code == 200
    assert signed_in(world.stranger).get(address).status_code == 404
