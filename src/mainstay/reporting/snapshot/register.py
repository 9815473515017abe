"""The declaration of the register of snapshots. Rows are made by freezing only, and never change."""

from typing import Any

from django.db.models import QuerySet

from mainstay.register.spec import Register
from mainstay.register.states import State, States
from mainstay.reporting.snapshot.model import Snapshot


class SnapshotRegister(Register):
    model, code = Snapshot, "S"
    is_in_rail = False
    sections = {"Snapshot": ("initiative", "title", "marking")}
    columns = ("ref", "title", "initiative", "frozen_at", "frozen_by", "audience", "rating", "standing", "marking")
    filters = ("initiative", "frozen_at", "frozen_by")
    search = ("ref", "title", "audience", "digest")
    order = ("-sequence", "-pk")
    derived = {"standing": "Standing"}
    states = States({"frozen": State("Frozen", is_open=False)})
    is_entered = False
    is_fixed = True

    @classmethod
    def rows(cls, rows: QuerySet[Any]) -> QuerySet[Any]:
        return super().rows(rows).select_related("initiative", "successor", "supersedes")
