"""The declaration of the register of published positions. Rows come from publications that are taken in."""

from mainstay.register.spec import Register
from mainstay.register.states import State, States
from mainstay.reporting.published.model import Published


class PublishedRegister(Register):
    model, code = Published, "PP"
    is_in_rail = False
    sections = {
        "Position": ("initiative", "title", "publication", "figures_on", "identifier", "department", "category", "marking"),
        "Rating": ("scale", "rating", "second_rating", "rating_why"),
        "Time": ("starts_on", "starts_why", "ends_on", "ends_why"),
        "Money": (
            *("price_base", "cost", "cost_low", "cost_high", "cost_why", "year_baseline", "year_baseline_why"),
            *("year_forecast", "year_forecast_why", "benefits", "benefits_why"),
        ),
        "Words": ("narrative", "place"),
    }
    columns = (
        "title",
        "initiative",
        "publication",
        "figures_on",
        "department",
        "scale",
        "rating",
        "second_rating",
        "ends_on",
        "cost",
        "cost_why",
    )
    filters = ("publication", "initiative", "scale", "rating", "department", "category", "figures_on")
    search = ("ref", "title", "identifier", "department", "narrative")
    order = ("-figures_on", "title")
    states = States({"published": State("Published", is_open=False)})
    is_entered = False
