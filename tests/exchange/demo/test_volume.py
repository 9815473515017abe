"""The portfolio as large as wished: filled through the actions, with appointments and three months of returns."""

from collections import Counter

import pytest
from django.db.models import Count

from mainstay.accounts.models import Account
from mainstay.exchange.demo import volume
from mainstay.exchange.verification import verify
from mainstay.initiatives.models import Initiative
from mainstay.jobs.progress import Progress
from mainstay.register.models import Change
from mainstay.reporting.cycle import volume as returns
from mainstay.reporting.models import Commission, Return

PROJECTS = 4


@pytest.fixture
def filled(db: None) -> dict[str, int]:
    administrator = Account.objects.create_user("administrator@example.org", "Administrator", is_administrator=True)
    made: dict[str, int] = volume.fill(PROJECTS, 1, administrator, Progress(), returns.load)
    return made


def test_every_project_is_asked_each_month(filled: dict[str, int]) -> None:
    assert filled == {"projects": PROJECTS, "rows": PROJECTS * 50, "returns": PROJECTS * (returns.MONTHS + 1)}
    projects = set(Initiative.objects.filter(kind="project").values_list("pk", flat=True))
    asked = Return.objects.values("initiative").annotate(count=Count("pk")).values_list("initiative", "count")
    assert dict(asked) == dict.fromkeys(projects, returns.MONTHS + 1)
    assert Counter(Commission.objects.values_list("state", flat=True)) == {"closed": returns.MONTHS - 1, "open": 2}


def test_somebody_supplies_and_somebody_else_confirms(filled: dict[str, int]) -> None:
    rows = Return.objects.select_related("owner", "confirmer")
    assert all(row.owner and row.confirmer and row.owner != row.confirmer for row in rows)


def test_what_was_sent_has_a_rating_and_a_day(filled: dict[str, int]) -> None:
    for row in Return.objects.exclude(state__in=("asked", "started", "waived")):
        assert row.rating == row.answers["rating"]
        assert row.sent_at is not None
        assert row.answers["summary"]


def test_each_return_stands_in_the_history_as_it_is(filled: dict[str, int]) -> None:
    assert verify().faults == []
    told = Change.objects.filter(register="reporting.project_return", verb="create").values_list("record_id", flat=True)
    assert set(told) == set(Return.objects.values_list("pk", flat=True))
    for row in Return.objects.filter(state="accepted"):
        last = Change.objects.filter(register="reporting.project_return", record_id=row.pk).latest("sequence")
        assert (last.after["state"], last.after["rating"]) == (row.state, row.rating)
