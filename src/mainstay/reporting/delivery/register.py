"""The declaration of the register of deliveries. Rows are written by sending packs to their lists, never by hand."""

from typing import Any

from django.db.models import QuerySet

from mainstay.register.spec import Register
from mainstay.register.states import State, States
from mainstay.reporting.delivery.model import Delivery


class DeliveryRegister(Register):
    model, code = Delivery, "DV"
    is_in_rail = False
    sections = {"Delivery": ("initiative", "title", "snapshot", "person", "marking")}
    columns = ("ref", "snapshot", "person", "initiative", "occasion", "state", "post", "delivered_at", "opened_at", "taken_at", "refusal")
    filters = ("state", "initiative", "person", "snapshot")
    search = ("ref", "title", "refusal")
    derived = {"post": "Message", "delivered_at": "Taken by the mail server"}
    states = States(
        {"sent": State("Sent", is_open=False), "opened": State("Opened", is_open=False), "refused": State("Refused", is_open=False)}
    )
    is_entered = False
    is_fixed = True

    @classmethod
    def rows(cls, rows: QuerySet[Any]) -> QuerySet[Any]:
        return super().rows(rows).select_related("initiative", "snapshot", "person", "message")
