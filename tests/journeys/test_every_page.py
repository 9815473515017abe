"""Every kind of page, light and dark, wide and narrow: axe finds nothing, and nothing runs out of the window."""

from collections.abc import Callable
from typing import Any

import pytest

from mainstay.register.spec import REGISTERS
from tests.contract.worlds import World
from tests.journeys.conftest import Visit
from tests.journeys.looking import OVERFLOW, WIDEST, usable

PLAN, RISK = REGISTERS["planning.plan"], REGISTERS["risk.risk"]
DEFINITION, COMMISSION = REGISTERS["reporting.definition"], REGISTERS["reporting.commission"]
RETURN = REGISTERS["reporting.project_return"]
PAGES: dict[str, Callable[[World], str]] = {
    "home": lambda _world: "/",
    "list": lambda _world: "/risk/risk/?view=all",
    "record": lambda world: RISK.url("detail", world.record(RISK)),
    "form": lambda world: RISK.url("edit", world.record(RISK)),
    "history": lambda world: RISK.url("history", world.record(RISK)),
    "withdraw": lambda world: RISK.url("withdraw", world.record(RISK)),
    "initiative": lambda world: REGISTERS["initiatives.initiative"].url("detail", world.programme),
    "snapshot": lambda world: REGISTERS["reporting.snapshot"].url("detail", world.record(REGISTERS["reporting.snapshot"])),
    "plan": lambda world: f"/planning/integrated/{world.programme.pk}/?show=all",
    "plan_table": lambda world: f"/planning/integrated/{world.programme.pk}/table/",
    "give_and_get": lambda world: f"/planning/integrated/{world.programme.pk}/dependencies/",
    "plan_record": lambda world: PLAN.url("detail", world.record(PLAN)),
    "plan_version": lambda world: f"/planning/versions/{world.record(PLAN).pk}/",
    "plan_findings": lambda world: f"/planning/versions/{world.record(PLAN).pk}/findings/",
    "plan_health": lambda world: f"/planning/versions/{world.record(PLAN).pk}/health/",
    "plan_earned": lambda world: f"/planning/versions/{world.record(PLAN).pk}/earned/",
    "plan_movement": lambda world: f"/planning/versions/{world.record(PLAN).pk}/movement/",
    "workbooks": lambda world: f"/reporting/commissions/{world.record(REGISTERS['reporting.commission']).pk}/workbooks/",
    "packs": lambda world: f"/reporting/packs/{world.programme.pk}/",
    "status": lambda world: f"/reporting/status/{world.programme.pk}/",
    "timeliness": lambda world: f"/reporting/status/{world.programme.pk}/timeliness/",
    "status_then": lambda world: f"/reporting/status/{world.programme.pk}/?as_at=%235",
    "levelling": lambda world: f"/planning/integrated/{world.programme.pk}/levelling/",
    "ready_made_returns": lambda _world: "/reporting/returns/ready-made/",
    "definition": lambda world: DEFINITION.url("detail", world.mine[DEFINITION.key][-1]),
    "commissioning": lambda world: f"/reporting/commissioning/{world.mine[DEFINITION.key][-1]}/",
    "commission": lambda world: COMMISSION.url("detail", world.record(COMMISSION)),
    "return": lambda world: RETURN.url("detail", world.record(RETURN)),
    "return_form": lambda world: f"/reporting/returns/{world.record(RETURN).pk}/",
    "forecast": lambda world: f"/forecasts/{world.programme.pk}/",
    "review_calendar": lambda world: f"/assurance/calendars/{world.programme.pk}/?year=2027",
    "heat_map": lambda world: f"/risk/heat-map/{world.programme.pk}/",
    "heat_map_cell": lambda world: f"/risk/heat-map/{world.programme.pk}/?response=after&cell=threat-1-2",
    "imports": lambda _world: "/imports/",
    "search": lambda _world: "/search/?q=caisson",
    "settings": lambda _world: "/settings/",
    "tokens": lambda _world: "/settings/tokens/",
    "sign_ins": lambda _world: "/settings/sign-ins/",
    "password": lambda _world: "/settings/password/",
    "import": lambda _world: "/risk/risk/import/",
    "list_compared": lambda _world: "/risk/risk/?view=all&compare=2026-11-01",
    "guides": lambda _world: "/guides/",
    "nothing": lambda _world: "/risk/risk/987654/",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_used_by_everyone(world: World, visit: Visit, find_faults: Callable[[Any], list[str]], name: str) -> None:
    usable(visit(world.owner, PAGES[name](world)), find_faults, name)


def test_signing_in_can_be_used_by_everyone(visit: Visit, find_faults: Callable[[Any], list[str]]) -> None:
    page = visit(None, "/sign-in/", width=320)
    assert page.evaluate(OVERFLOW) <= 0, page.evaluate(WIDEST)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert find_faults(page) == [], scheme
