"""Pages of forecasts: for readers of the whole only; run as a job; every figure with its table."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.forecasts.run.model import Run
from mainstay.jobs.models import Job
from mainstay.planning.models import Plan
from mainstay.register import store
from tests.contract.worlds import World, appoint
from tests.forecasts.conftest import Planned

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Account | None], Client]
ASKED = {"iterations": "1,000", "seed": "3", "risks": "after", "once": "a"}

SHOWN = {
    "": (
        "What the forecast says",
        "When?",
        "four in five by",
        "Why the whole is not the sum of its parts",
        "in only",
        'data-chart="curves"',
    ),
    "confidence": ("Ask for a day and a sum", 'data-chart="scatter"', 'data-chart="bars"', "of the runs (±", "The same as a table"),
    "parts": (">SCR-HB</a> Harbour Barrier", "Ends last"),
    "drivers": ("What drives the finish", 'data-chart="tornado"', "What the whole would lose if a project were certain"),
    "responses": ("What each response is worth", "No response changes a figure of this run"),
    "network": ("PERT and the simulation", "Where paths meet", "Cruciality", "Sensitivity index"),
    "contingency": ("Sum of the projects", "Contingency as it is drawn down, days", "management reserve"),
    "basis": ("There is no activity XX-1", "default class: beta-PERT"),
    "runs": ("Run a forecast", "Iterations"),
}


@pytest.fixture(autouse=True)
def _no_bare_runs(world: World) -> None:
    Run.objects.all().delete()


def address(world: World) -> str:
    return reverse("forecasts.forecast", args=[world.programme.pk])


def section(client: Client, world: World, name: str) -> str:
    answer = client.get(reverse("forecasts.section", args=[world.programme.pk, name]))
    assert answer.status_code == 200
    return answer.content.decode()


def run_it(client: Client, world: World, **asked: str) -> Run:
    answer = client.post(reverse("forecasts.run_it", args=[world.programme.pk]), {**ASKED, **asked})
    assert answer.status_code == 302, answer.content.decode()
    job = Job.objects.latest("pk")
    assert (job.kind, job.state, job.error) == ("forecasts.run", "done", "")
    assert answer["Location"] == reverse("web.job", args=[job.pk])
    run = Run.objects.latest("pk")
    assert client.get(answer["Location"])["Location"] == f"{address(world)}?run={run.pk}"
    return run


def test_a_forecast_is_run_and_told(planned: Planned, signed_in: SignedIn) -> None:
    planned.risk("Gates stick", probability=40, days_low=10, days_likely=20, days_high=40, activities="HB-1180")
    planned.risk("Nobody knows where", probability=40, days_low=10, days_likely=20, days_high=40, activities="XX-1")
    client = signed_in(planned.world.owner)
    run = run_it(client, planned.world)
    assert (run.iterations, run.seed, run.after_responses, run.made_by) == (1000, 3, True, planned.world.owner.name)
    for name, texts in SHOWN.items():
        page = section(client, planned.world, name) if name else client.get(address(planned.world)).content.decode()
        for text in (*texts, "1,000 iterations, seed 3"):
            assert text in page, (name, text)
        assert "have changed since" not in page
    assert run.input_digest in section(client, planned.world, "basis")


def test_what_has_changed_since_is_said(planned: Planned, signed_in: SignedIn) -> None:
    client = signed_in(planned.world.owner)
    run_it(client, planned.world)
    planned.risk("Gates stick", probability=40, days_low=10, days_likely=20, days_high=40, activities="HB-1180")
    assert "Plans, risks or budgets have changed since this run." in client.get(address(planned.world)).content.decode()


def test_an_earlier_run_is_still_there(planned: Planned, signed_in: SignedIn) -> None:
    client = signed_in(planned.world.owner)
    first = run_it(client, planned.world)
    second = run_it(client, planned.world, seed="4", once="b")
    assert first.pk != second.pk
    page = client.get(f"{address(planned.world)}?run={first.pk}").content.decode()
    assert "This is an earlier run." in page
    assert client.get(f"{address(planned.world)}?run=999999").status_code == 404
    assert client.get(f"{address(planned.world)}?run=%C2%B2").status_code == 404


def test_the_same_click_twice_is_one_run(planned: Planned, signed_in: SignedIn) -> None:
    client = signed_in(planned.world.owner)
    run_it(client, planned.world)
    run_it(client, planned.world)
    assert Run.objects.count() == 1


@pytest.mark.parametrize(
    "asked", [{"iterations": "many"}, {"iterations": "5"}, {"seed": "-1"}, {"seed": "1" * 40}, {"iterations": "\u0661"}]
)
def test_faulty_numbers_are_answered_in_a_sentence(planned: Planned, signed_in: SignedIn, asked: dict[str, str]) -> None:
    answer = signed_in(planned.world.owner).post(reverse("forecasts.run_it", args=[planned.world.programme.pk]), {**ASKED, **asked})
    assert answer.status_code == 422
    assert "The forecast was not run" in answer.content.decode()
    assert not Run.objects.exists()


def test_without_plans_the_page_says_what_it_takes(world: World, signed_in: SignedIn) -> None:
    Plan.objects.all().update(is_live=False)
    client = signed_in(world.owner)
    page = client.get(address(world)).content.decode()
    assert "No forecast has been run yet" in page
    assert "There is no live plan of" in page
    answer = client.post(reverse("forecasts.run_it", args=[world.programme.pk]), ASKED)
    assert answer.status_code == 422


def test_strangers_do_not_learn_of_it(planned: Planned, signed_in: SignedIn) -> None:
    run_it(signed_in(planned.world.owner), planned.world)
    for account in (planned.world.stranger, planned.world.nobody):
        client = signed_in(account)
        assert client.get(address(planned.world)).status_code == 404
        assert client.post(reverse("forecasts.run_it", args=[planned.world.programme.pk]), ASKED).status_code == 404
    assert signed_in(None).get(address(planned.world)).status_code == 302
    assert Run.objects.count() == 1


def test_readers_see_it_and_cannot_run_it(planned: Planned, signed_in: SignedIn) -> None:
    run_it(signed_in(planned.world.owner), planned.world)
    client = signed_in(planned.world.member)
    page = client.get(address(planned.world)).content.decode()
    assert "When it will finish" in page
    assert 'name="iterations"' not in page
    assert client.post(reverse("forecasts.run_it", args=[planned.world.programme.pk]), ASKED).status_code == 404


def test_readers_of_one_project_are_not_told_of_the_whole(planned: Planned, signed_in: SignedIn) -> None:
    run = run_it(signed_in(planned.world.owner), planned.world)
    account = appoint("wall@example.org", "Wal Lace", "project_manager", planned.wall)
    answer = signed_in(account).get(address(planned.world))
    assert answer.status_code in (200, 404)
    assert run.input_digest not in answer.content.decode()
    own = signed_in(account).get(reverse("forecasts.forecast", args=[planned.wall.pk]))
    assert "No forecast has been run yet" in own.content.decode()


def test_an_altered_result_is_said_and_not_shown(planned: Planned, signed_in: SignedIn) -> None:
    client = signed_in(planned.world.owner)
    run = run_it(client, planned.world)
    place = store.place(run.result_digest)
    place.chmod(0o600)
    content = place.read_bytes()
    place.write_bytes(content + b" ")
    answer = client.get(address(planned.world))
    place.write_bytes(content)
    assert answer.status_code == 410
    assert "The forecast cannot be shown." in answer.content.decode()


def test_an_initiatives_page_shows_the_latest_run(planned: Planned, signed_in: SignedIn) -> None:
    client = signed_in(planned.world.owner)
    run_it(client, planned.world)
    page = client.get(reverse("initiatives.initiative.detail", args=[planned.world.programme.pk])).content.decode()
    assert "Finish, P80" in page
    assert address(planned.world) in page


def test_the_list_names_whatever_may_be_forecast(planned: Planned, signed_in: SignedIn) -> None:
    assert signed_in(planned.world.owner).get(reverse("forecasts.forecasts"))["Location"] == address(planned.world)
    page = signed_in(planned.world.administrator).get(reverse("forecasts.forecasts")).content.decode()
    assert "SCR-HB Harbour Barrier" in page
    assert signed_in(planned.world.nobody).get(reverse("forecasts.forecasts")).status_code == 404
