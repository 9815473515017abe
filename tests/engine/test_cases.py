"""The executable specification of the critical path method: every case of tests/cases."""

from typing import Any

import pytest

from mainstay.engine import schedule_arrays
from mainstay.engine.critical_path import ScheduleResult, schedule
from mainstay.engine.errors import EngineError
from mainstay.engine.worktime import datetime_of
from tests.engine.case_plans import cases, minutes, plan_of

CASES = cases()


@pytest.mark.parametrize("case", [case for _, case in CASES if "expect" in case], ids=[name for name, case in CASES if "expect" in case])
def test_dates_and_floats(case: dict[str, Any]) -> None:
    result = schedule(plan_of(case))
    found = {name: {key: shown(result, name, key) for key in expected} for name, expected in case["expect"].items()}
    wanted = {name: {key: written(key, text) for key, text in expected.items()} for name, expected in case["expect"].items()}
    assert found == wanted
    for end, path in case.get("paths", {}).items():
        assert list(result.driving_path(end)) == path


@pytest.mark.parametrize("case", [case for _, case in CASES if "refused" in case], ids=[name for name, case in CASES if "refused" in case])
def test_refusals(case: dict[str, Any]) -> None:
    with pytest.raises(EngineError) as raised:
        schedule(plan_of(case))
    assert str(raised.value) == case["refused"]


def written(key: str, text: str) -> Any:
    """What a case says, in the terms of `shown`: its days have no leading zero."""
    return minutes(text) if key.endswith("_float") else text


def shown(result: ScheduleResult, name: str, key: str) -> Any:
    value = getattr(result, key)[result.plan.index[name]].item()
    if key == "critical":
        return str(value).lower()
    if key.endswith("_float"):
        return value
    if key == "driver":
        if value >= 0:
            return result.plan.links[value].predecessor
        reasons = [word for word in vars(schedule_arrays) if word.startswith("BY_") and getattr(schedule_arrays, word) == value]
        return reasons[0] if reasons != ["BY_PROJECT_START"] else "~"
    moment = datetime_of(value)
    return f"{moment.day} {moment:%H:%M}"
