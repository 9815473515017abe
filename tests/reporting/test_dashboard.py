"""The status of a programme: every project asked is counted once, under what it claimed or as not reported."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.initiatives.models import Initiative
from mainstay.register import actions, derived
from mainstay.register.asat import at_sequence
from mainstay.register.models import Change
from mainstay.register.spec import REGISTERS
from mainstay.reporting.dashboard import facts, past
from mainstay.reporting.models import Return
from mainstay.reporting.project_return.register import ReturnRegister
from tests.contract.worlds import World, actor

SignedIn = Callable[[Account | None], Client]


@pytest.fixture
def row(world: World) -> Return:
    """The return of my project, sent with Amber."""
    found = Return.objects.get(commission__initiative=world.programme, initiative=world.project)
    actions.move(REGISTERS["reporting.project_return"], found.pk, found.version, "send", actor(world.owner))
    found.refresh_from_db()
    return found


def test_each_project_asked_is_counted_once(world: World, row: Return) -> None:
    found = facts.dashboard(world.programme, world.owner)
    (period,) = found.periods
    asked = Return.objects.filter(commission=row.commission).count()
    assert period.counts == {"green": 0, "amber": 1, "red": 0, "none": asked - 1}
    assert period.asked == asked
    line = next(line for line in found.lines if line.initiative == world.project)
    assert (line.rating, line.ratings, line.days_old) == ("amber", ["amber"], 0)


def test_a_rating_that_was_not_sent_is_not_reported(world: World, row: Return) -> None:
    Return.objects.filter(pk=row.pk).update(state="started")
    found = facts.dashboard(world.programme, world.owner)
    assert found.periods[-1].counts["amber"] == 0
    assert {line.rating for line in found.lines} == {"none"}


@pytest.mark.parametrize(("rating", "count"), [("amber", 1), ("red", 0), ("nonsense", None), ("", None)])
def test_projects_can_be_chosen_by_their_rating(world: World, row: Return, rating: str, count: int | None) -> None:
    everything = Initiative.objects.filter(path__startswith=world.programme.path, kind="project").exclude(state="closed").count()
    assert facts.dashboard(world.programme, world.owner, rating=rating).total == (everything if count is None else count)


def test_only_who_may_see_the_programme_sees_its_status(world: World, signed_in: SignedIn, row: Return) -> None:
    url = f"/reporting/status/{world.programme.pk}/"
    for account, status in ((world.owner, 200), (world.member, 200), (world.stranger, 404), (world.nobody, 404), (None, 302)):
        assert signed_in(account).get(url).status_code == status
    for query in ("?rating=x", "?page=99999", "?page=-1", "?page=x"):
        assert signed_in(world.owner).get(url + query).status_code == 200, query


def test_the_queries_do_not_grow_with_the_projects(world: World, row: Return) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as held:
            facts.dashboard(world.programme, world.owner)
        return len(held)

    few = count()
    values = [{"code": f"N-{number}", "title": "New", "kind": "project", "parent": world.programme.pk} for number in range(20)]
    actions.create_many(REGISTERS["initiatives.initiative"], values, actor(world.administrator))
    assert count() == few


def test_programmes_that_ask_by_themselves_stand_in_one_period(world: World, row: Return) -> None:
    """Two programmes below a portfolio, each with a definition of its own: one period with the ratings of both."""
    portfolio = actions.create(
        REGISTERS["initiatives.initiative"], {"code": "ALL", "title": "All", "kind": "portfolio"}, actor(world.administrator)
    )
    for programme in (world.programme, world.other):
        register = REGISTERS["initiatives.initiative"]
        programme.refresh_from_db()
        actions.change(register, programme.pk, programme.version, {"parent": portfolio.pk}, actor(world.administrator))
    portfolio.refresh_from_db()
    (period,) = facts.dashboard(portfolio, world.administrator).periods
    assert (len(period.commissions), period.only) == (2, None)
    assert period.asked == Return.objects.filter(commission__in=[one.pk for one in period.commissions]).count()
    assert period.counts["amber"] == 1


def test_it_shows_the_past_as_it_stood(world: World, signed_in: SignedIn) -> None:
    """A rating that was changed, a question that was answered and a milestone that was reached stand as they stood then."""
    row = Return.objects.get(commission__initiative=world.programme, initiative=world.project)
    derived.derive(
        ReturnRegister, row, {"rating": "green", "state": "accepted", "sent_at": timezone.now()}, actor(world.owner), reason="As kept."
    )
    then = Change.objects.latest("sequence").sequence
    derived.derive(ReturnRegister, row, {"rating": "red"}, actor(world.owner), reason="Corrected.")
    client = signed_in(world.owner)
    address = f"/reporting/status/{world.programme.pk}/"
    live = facts.dashboard(world.programme, world.owner)
    before = past.dashboard(world.programme, world.owner, at_sequence(then))
    assert [line.rating for line in live.lines if line.initiative.pk == world.project.pk] == ["red"]
    assert [line.rating for line in before.lines if line.initiative.pk == world.project.pk] == ["green"]
    assert (before.periods[-1].counts["green"], before.periods[-1].counts["red"]) == (1, 0)
    assert [line.rating for line in past.dashboard(world.programme, world.owner, at_sequence(then), rating="green").lines] == ["green"]
    assert past.dashboard(world.programme, world.owner, at_sequence(then), rating="red").lines == []
    page = client.get(address, {"as_at": f"#{then}"}).content.decode()
    assert f"as_at=%23{then}" in page
    assert past.dashboard(world.programme, world.owner, at_sequence(1)).lines == []
    same = past.dashboard(world.programme, world.owner, at_sequence(Change.objects.latest("sequence").sequence))
    assert [(line.initiative.pk, line.rating, dict(line.overdue)) for line in same.lines] == [
        (line.initiative.pk, line.rating, dict(line.overdue)) for line in live.lines
    ], "of now the past is the present"
