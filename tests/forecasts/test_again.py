"""A run made again, two runs compared, and questions asked of the samples: by page, API and command."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.cli.main import run as command
from mainstay.forecasts import comparing, frozen, remaking, running, samples
from mainstay.forecasts.options import Options
from mainstay.forecasts.run.model import Run
from mainstay.jobs.models import Job
from mainstay.jobs.progress import Progress
from mainstay.planning.milestone.register import MilestoneRegister
from mainstay.register import actions, store
from mainstay.register.errors import Refused
from mainstay.register.models import Change
from mainstay.risk.models import Risk
from tests.forecasts.conftest import Planned
from tests.forecasts.test_running import COST, DELAY

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Account | None], Client]


def forecast(planned: Planned, **options: Any) -> Run:
    return running.forecast(planned.world.programme, planned.actor, Options(**{"iterations": 400, **options}), Progress())


@pytest.fixture
def full(planned: Planned) -> Planned:
    """A threat with a response that costs something, an opportunity, a shared cause and a milestone with two feeders."""
    cause = planned.cause("A winter of storms", 30)
    planned.risk("Gates stick", **DELAY, probability_after=10, days_after=10, response_cost=100_000, shared_cause=cause.pk)
    planned.risk("Cheap sand", nature="opportunity", **COST)
    told = {"title": "Barrier in service", "initiative": planned.world.project.pk, "owner": planned.owner, "activity": "HB-1230; HB-1180"}
    actions.create(MilestoneRegister, {**told, "baseline_current": date(2027, 1, 1)}, planned.actor)
    return planned


def test_a_run_made_again_has_the_same_figures_whatever_has_changed_since(full: Planned) -> None:
    run = forecast(full)
    Risk.objects.filter(title="Gates stick").update(probability=F("probability") + 40, title="Renamed")
    remade = remaking.remake(run, Progress())
    assert remade.is_equal, remade.differing
    assert "every figure is the same, to the last bit" in remade.sentence
    assert Run.objects.filter(initiative=full.world.programme, made_at__gte=run.made_at).count() == 1


def test_a_result_that_does_not_follow_from_the_input_is_told_by_its_parts(full: Planned) -> None:
    run, other = forecast(full), forecast(full, seed=2)
    Run.objects.filter(pk=run.pk).update(result_digest=other.result_digest, samples_digest=other.samples_digest)
    remade = remaking.remake(Run.objects.get(pk=run.pk), Progress())
    assert not remade.is_equal
    assert {"programme", "samples"} <= set(remade.differing)


def test_a_run_whose_plans_are_lost_cannot_be_made_again(full: Planned) -> None:
    run = forecast(full)
    found = frozen.read(store.get(run.input_digest))
    store.place(found.plans[0].document_digest).unlink()
    with pytest.raises(Refused, match="missing from the store"):
        remaking.remake(run, Progress())


def test_an_input_of_an_earlier_form_is_refused_in_a_sentence(full: Planned) -> None:
    run = forecast(full)
    old = store.put(json.dumps({"format": 1, "plans": [["SCR-HB", 1, "0" * 64]]}).encode())
    Run.objects.filter(pk=run.pk).update(input_digest=old)
    changed = Run.objects.get(pk=run.pk)
    with pytest.raises(Refused, match="cannot be made again"):
        remaking.remake(changed, Progress())
    found = comparing.compare(changed, run)
    assert found.inputs == ()
    assert "cannot be compared" in found.fault


def test_a_comparison_names_what_changed_and_what_came_of_it(full: Planned) -> None:
    before = forecast(full)
    Risk.objects.filter(title="Gates stick").update(probability_after=45, days_after=60)
    full.risk("Prices rise", **COST)
    after = forecast(full)
    found = comparing.compare(before, after)
    risks = next(part for part in found.inputs if part.name == "Risks")
    assert not risks.is_same
    assert any("Gates stick: " in text and "probability after 10 → 45" in text and "days after 10 → 60" in text for text in risks.changes)
    assert any("Prices rise is new" in text for text in risks.changes)
    assert all(part.is_same and not part.changes for part in found.inputs if part.name != "Risks")
    p80 = next(row for row in found.results if row.name == "Finish, P80")
    assert p80.sense == "worse"
    assert any("Gates stick" in row.name for row in found.drivers)
    assert "Between the runs changed: risks." in found.summary
    assert comparing.compare(before, before).summary[0] == "The same went into both."


def test_samples_answer_any_question(full: Planned) -> None:
    run = forecast(full)
    told, outlook = samples.read(run.samples_digest), run.outlook
    finish, cost = outlook.programme.finish, outlook.programme.cost
    assert finish is not None
    assert cost is not None
    assert told.count == 400
    assert told.within(finish.plan, None)[0] == finish.plan_chance
    assert told.within(finish.plan + timedelta(days=4000), cost.funded)[0] == cost.funded_chance
    baseline = finish.baseline or finish.plan
    assert told.within(baseline, cost.funded)[0] == outlook.joint.funded_and_plan
    lines = "".join(told.lines()).splitlines()
    assert (len(lines), lines[0]) == (401, "iteration,finish,cost_gbp")


@pytest.mark.parametrize(
    ("asked", "status", "text"),
    [
        ({"by": "2030-01-01", "within": "500"}, 200, "are over by 1"),
        ({"by": "2030-01-01", "within": ""}, 200, "100.0"),
        ({"by": "soon", "within": ""}, 422, "Give a day, such as 2029-03-31."),
        ({"by": "2030-01-01", "within": "much"}, 422, "Give a sum in millions of pounds"),
        ({"by": "2030-01-01", "within": "-1"}, 422, "Give a sum in millions of pounds"),
        ({"by": "2030-01-01", "within": "nan"}, 422, "Give a sum in millions of pounds"),
    ],
)
def test_a_readers_own_day_and_sum(full: Planned, signed_in: SignedIn, asked: dict[str, str], status: int, text: str) -> None:
    forecast(full)
    answer = signed_in(full.world.owner).get(reverse("forecasts.section", args=[full.world.programme.pk, "confidence"]), asked)
    assert answer.status_code == status
    assert text in answer.content.decode()


def test_pages_compare_and_make_again(full: Planned, signed_in: SignedIn) -> None:
    one, two = forecast(full), forecast(full, seed=2)
    client, place = signed_in(full.world.owner), full.world.programme
    page = client.get(reverse("forecasts.compare", args=[place.pk]), {"before": one.pk, "after": two.pk}).content.decode()
    assert "The same went into both." in page
    assert "Seed" in page
    answer = client.post(reverse("forecasts.again", args=[place.pk]), {"run": one.pk})
    job = Job.objects.latest("pk")
    assert (answer.status_code, job.kind, job.state, job.error) == (302, "forecasts.again", "done", "")
    assert job.result["is_equal"] is True
    assert Change.objects.get(register="forecasts.run", record_id=one.pk, verb="run again").reason == job.result["sentence"]
    basis = client.get(reverse("forecasts.section", args=[place.pk, "basis"]), {"run": one.pk}).content.decode()
    assert "every figure is the same, to the last bit" in basis
    csv = client.get(reverse("forecasts.samples", args=[place.pk, one.pk]))
    assert csv.getvalue().decode().startswith("iteration,finish,cost_gbp")
    for stranger in (full.world.stranger, full.world.nobody):
        other = signed_in(stranger)
        assert other.get(reverse("forecasts.compare", args=[place.pk]), {"before": one.pk, "after": two.pk}).status_code == 404
        assert other.post(reverse("forecasts.again", args=[place.pk]), {"run": one.pk}).status_code == 404
        assert other.get(reverse("forecasts.samples", args=[place.pk, one.pk])).status_code == 404
    assert client.get(reverse("forecasts.compare", args=[place.pk]), {"before": str(one.pk), "after": "nonsense"}).status_code == 404
    assert client.get(reverse("forecasts.section", args=[place.pk, "nonsense"])).status_code == 404


def test_many_iterations_are_told_of_first(full: Planned, signed_in: SignedIn) -> None:
    client, address = signed_in(full.world.owner), reverse("forecasts.run_it", args=[full.world.programme.pk])
    forecast(full)
    count = Run.objects.count()
    asked = {"iterations": "20,000", "seed": "1", "risks": "after"}
    answer = client.post(address, asked)
    assert answer.status_code == 200
    assert "20,000 iterations take" in answer.content.decode()
    assert client.post(address, {**asked, "sure": "30000"}).status_code == 200
    assert Run.objects.count() == count


def test_the_api_gives_figures_and_comparisons(full: Planned, signed_in: SignedIn) -> None:
    one, two = forecast(full), forecast(full, seed=2)
    client = signed_in(full.world.owner)
    figures = client.get(f"/api/v1/forecasts/run/{one.pk}/figures").json()
    assert figures["programme"]["code"] == full.world.programme.code
    assert figures["responses"][0]["cost"] == 100_000
    compared = client.get(f"/api/v1/forecasts/run/{one.pk}/compare/{two.pk}").json()
    assert compared["summary"][0] == "The same went into both."
    assert signed_in(full.world.stranger).get(f"/api/v1/forecasts/run/{one.pk}/figures").status_code == 404


def test_commands_run_compare_and_repeat(full: Planned, capsys: pytest.CaptureFixture[str]) -> None:
    code = full.world.programme.code
    email = full.world.administrator.email
    assert command(["forecast", "run", code, "--iterations", "400", "--json", "--as", email]) == 0
    ref = json.loads(capsys.readouterr().out)["run"]
    assert command(["forecast", "run", code, "--iterations", "400", "--seed", "2", "--json", "--as", email]) == 0
    other = json.loads(capsys.readouterr().out)["run"]
    assert command(["forecast", "compare", f"{code}:{ref}", f"{code}:{other}", "--as", email]) == 0
    assert "The same went into both." in capsys.readouterr().out
    assert command(["forecast", "again", f"{code}:{ref}", "--as", email]) == 0
    assert "to the last bit" in capsys.readouterr().out
    assert command(["forecast", "again", "F-999", "--as", email]) != 0
