"""Promises of parties outside in the demonstration: named, given a link, and offered by it; our side has not answered yet."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from mainstay.exchange.demo.records import Setting
from mainstay.planning.dependency.register import DependencyRegister
from mainstay.planning.promises import answers, bearing, linking

DATA = Path(__file__).parent / "data" / "outside.yaml"
APART = ("needed", "offered", "why")
HOLDS = timedelta(days=150)
"""How long the links hold."""


def promises(setting: Setting) -> None:
    for told in yaml.safe_load(DATA.read_text(encoding="utf-8"))["promises"]:
        promise(setting, told)


def promise(setting: Setting, told: dict[str, Any]) -> None:
    values = {name: value for name, value in told.items() if name not in APART}
    record = setting.create(DependencyRegister, {**values, "needed_by": setting.day(told["needed"])})
    link = linking.make(record, setting.today + HOLDS, setting.actor)
    offered = setting.day(told["offered"]).isoformat()
    answers.take(link, "offer", record.version, offered, told["why"], bearing.actor_of(link))
