"""The declaration of the register of runs. Rows are made by the simulation only, and never change."""

from mainstay.forecasts.run.model import Run
from mainstay.register.spec import Register
from mainstay.register.states import State, States


class RunRegister(Register):
    model, code = Run, "F"
    sections = {"Forecast": ("initiative", "title", "marking")}
    columns = (
        "ref",
        "title",
        "initiative",
        "made_at",
        "made_by",
        "after_responses",
        "iterations",
        "seed",
        "finish_plan",
        "finish_p50",
        "finish_p80",
        "cost_p80",
    )
    filters = ("initiative", "made_at", "made_by", "after_responses")
    search = ("ref", "title", "input_digest", "result_digest")
    order = ("-made_at", "-pk")
    states = States({"kept": State("Kept", is_open=False)})
    is_entered = False
    is_fixed = True
