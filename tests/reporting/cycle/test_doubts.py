"""Each contradiction is found where it is, and nowhere else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mainstay.initiatives.models import Initiative
from mainstay.organisation.models import Person
from mainstay.planning.models import Activity, Plan, PlanPerformance
from mainstay.register import actions
from mainstay.register.spec import REGISTERS
from mainstay.reporting.cycle import asking, doubts
from mainstay.reporting.models import Commission, Return
from mainstay.risk.models import Cause, Risk
from tests.contract.worlds import World, actor

WORDS = "Marine works remain on programme; the second yard is being settled."


@pytest.fixture
def row(world: World) -> Return:
    """The return of my project, whose plan and risk are fresh."""
    found = Return.objects.get(commission__initiative=world.programme, initiative=world.project)
    found.answers = {"rating": "green", "summary": WORDS, "forecast_cost": "100", "spent": "40"}
    found.save()
    Initiative.objects.filter(pk=world.project.pk).update(budget=100)
    Plan.objects.filter(initiative=world.programme).update(initiative=world.project)
    Activity.objects.filter(plan__initiative=world.project).update(percent=40)
    for plan in Plan.objects.filter(initiative=world.project):
        PlanPerformance.objects.update_or_create(plan=plan, defaults={"weight": "cost", "cpi": 1.0, "spi_t": 1.0, "unsaid": {}})
    risk = {"title": "Yard closes", "initiative": world.project.pk, "probability": 30, "owner": "Olive Ner"}
    actions.create(REGISTERS["risk.risk"], risk, actor(world.owner))
    return found


MONEY = """
form: return/1
scale: local-rag
parts:
  - name: all
    title: All
    questions:
      - {name: rating, kind: rating, title: Rating}
      - {name: summary, kind: text, title: Why}
      - {name: forecast_cost, kind: money, title: Forecast}
      - {name: spent, kind: money, title: Spent}
"""


def found(row: Return, world: World) -> list[str]:
    from mainstay.register import document, store  # only here is a definition put in place of another
    from mainstay.reporting.cycle import content

    digest = store.put(document.to_bytes(content.read(MONEY)))
    Commission.objects.filter(pk=row.commission_id).update(content_digest=digest)
    record = asking.return_of(row.pk, world.owner)
    assert record is not None
    return [doubt.name for doubt in doubts.doubts(asking.asked_of(record, world.owner), world.owner)]


def test_where_all_fits_there_is_no_doubt(world: World, row: Return) -> None:
    assert found(row, world) == []


def test_a_forecast_over_the_budget(world: World, row: Return) -> None:
    Initiative.objects.filter(pk=world.project.pk).update(budget=99)
    assert found(row, world) == ["over budget"]


@pytest.mark.parametrize(
    ("claimed", "figures", "names"),
    [
        ("green", {"spi_t": 0.7}, ["earned value"]),
        ("green", {"cpi": 0.94}, ["earned value"]),
        ("amber", {"spi_t": 0.7}, []),
        ("green", {"spi_t": None, "unsaid": {"spi_t": "no_baseline"}}, ["no earned value"]),
        ("green", {"cpi": None, "unsaid": {"cpi": "no_actual"}}, []),
    ],
)
def test_a_claim_of_green_beside_what_is_earned(
    world: World, row: Return, claimed: str, figures: dict[str, object], names: list[str]
) -> None:
    PlanPerformance.objects.filter(plan__initiative=world.project).update(**figures)
    Return.objects.filter(pk=row.pk).update(answers={**row.answers, "rating": claimed})
    assert found(row, world) == names


@pytest.mark.parametrize(("percent", "names"), [(40, []), (21, []), (20, ["spent ahead"]), (0, ["spent ahead"])])
def test_money_that_runs_before_the_work(world: World, row: Return, percent: int, names: list[str]) -> None:
    Activity.objects.filter(plan__initiative=world.project).update(percent=percent)
    assert found(row, world) == names


def test_a_plan_and_risks_from_before_the_period(world: World, row: Return) -> None:
    Plan.objects.update(is_live=False)
    old = timezone.now() - timedelta(days=400)
    Risk.objects.filter(initiative=world.project).update(updated_at=old)
    assert found(row, world) == ["no plan", "risks untouched"]


def test_a_risk_closed_while_its_cause_is_open(world: World, row: Return) -> None:
    cause = Cause.objects.filter(initiative=world.programme).first()
    Risk.objects.filter(initiative=world.project).update(shared_cause=cause, state="closed")
    assert found(row, world) == ["closed while its cause is open"]
    Cause.objects.update(state="closed")
    assert found(row, world) == []


def test_an_action_that_is_overdue_and_an_owner_who_has_left(world: World, row: Return) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    values = {"title": "Send it", "initiative": world.project.pk, "due_on": yesterday, "owner": "Olive Ner"}
    actions.create(REGISTERS["communications.action"], values, actor(world.owner))
    assert found(row, world) == ["overdue actions"]
    Person.objects.filter(title="Olive Ner").update(left_on=yesterday)
    assert found(row, world) == ["overdue actions", "owner gone", "owner gone"]


def test_words_that_are_those_of_the_last_time(world: World, row: Return) -> None:
    first = Commission.objects.get(pk=row.commission_id)
    earlier = Commission.objects.get(pk=first.pk)
    earlier.pk, earlier.ref, earlier._state.adding = None, "RC-900", True
    earlier.period_from, earlier.period_to = first.period_from - timedelta(days=30), first.period_from - timedelta(days=1)
    earlier.save()
    last = Return.objects.get(pk=row.pk)
    last.pk, last.ref, last._state.adding = None, "RT-900", True
    last.commission, last.sent_at = earlier, timezone.now()
    last.answers = {"summary": f"{WORDS[:-1]}!"}
    last.save()
    assert found(row, world) == ["same words"]
    Return.objects.filter(pk=last.pk).update(answers={"summary": "Piling has ended and the contractor has left the site for good."})
    assert found(row, world) == []
