"""Has the engine's loops compiled before somebody waits for them. The compiled code is kept on disk beside the package."""

from datetime import date

from mainstay.engine import simulation
from mainstay.engine.levelling import warm as levelling
from mainstay.exchange.demo.schedules import schedule_of
from mainstay.planning.comparison import schedule_file


def warm() -> None:
    """A small run through the loops that pages and jobs wait for."""
    schedule_file(schedule_of("SCR-SM", "Warming", "", date(2026, 11, 25)))
    levelling.warm()
    simulation.warm()
