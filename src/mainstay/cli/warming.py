"""Has the engine's loops compiled before somebody waits for them; what is compiled is kept on disk beside the package."""

import subprocess
import sys
from datetime import date

from mainstay.engine import simulation
from mainstay.engine.assurance import warm as calendars
from mainstay.engine.levelling import warm as levelling
from mainstay.exchange.demo.schedules import schedule_of
from mainstay.planning.comparison import schedule_file

BESIDE = "from mainstay.engine import simulation; simulation.warm()"
"""Compiling keeps one core busy: the simulation, which takes as long as all the rest, is compiled by a process of its own."""


def warm() -> None:
    """A small run through the loops that pages and jobs wait for."""
    with subprocess.Popen([sys.executable, "-c", BESIDE], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as beside:  # noqa: S603  # our own words
        schedule_file(schedule_of("SCR-SM", "Warming", "", date(2026, 11, 25)))
        levelling.warm()
        calendars.warm()
    if beside.returncode:
        simulation.warm()  # says itself what is wrong


if __name__ == "__main__":
    warm()
