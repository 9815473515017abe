"""The declaration of the register of risks."""

from mainstay.register.spec import Register
from mainstay.register.states import Move, State, States
from mainstay.risk.risk.model import Risk


class RiskRegister(Register):
    model, code = Risk, "R"
    sections = {
        "Risk": ("initiative", "title", "nature", "category", "owner", "proximity", "marking"),
        "Cause, event, effect": ("cause", "event", "effect", "shared_cause"),
        "Before the response": (
            "probability",
            "cost_low",
            "cost_likely",
            "cost_high",
            "days_low",
            "days_likely",
            "days_high",
            "activities",
            "likelihood",
            "impact",
        ),
        "Response": ("response", "response_plan", "response_cost", "probability_after", "cost_after", "days_after"),
        "Watch": ("trigger", "window_from", "window_to", "review_on"),
    }
    columns = (
        "ref",
        "title",
        "nature",
        "initiative",
        "probability",
        "expected_cost",
        "response",
        "owner",
        "state",
        "review_on",
    )
    filters = ("nature", "state", "owner", "initiative", "category", "response", "proximity", "shared_cause", "probability", "review_on")
    search = ("ref", "title", "cause", "event", "effect")
    inline = ("probability", "cost_likely", "days_likely", "response", "proximity", "owner", "review_on")
    due = "review_on"
    derived = {"expected_cost": "Expected cost, £", "score": "Score"}
    states = States(
        {
            "open": State("Open"),
            "occurred": State("Occurred", is_open=False),
            "closed": State("Closed", is_open=False),
        },
        {
            "occur": Move("It has occurred", ("open",), "occurred", needs_reason=True),
            "close": Move("Close", ("open",), "closed", needs_reason=True),
            "reopen": Move("Open again", ("occurred", "closed"), "open", needs_reason=True),
        },
    )
