"""Histories of bad weather: which working minutes of a calendar are lost in each realisation, and the same as tables for the kernels."""

from datetime import UTC, datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.calendar_table import MINUTES_PER_DAY, Ints
from mainstay.engine.simulation.distributions import Array
from mainstay.engine.simulation.network_tables import Clock
from mainstay.engine.simulation.random import Stream, entity_key, round_keys, uniform_bits
from mainstay.engine.simulation.tables import WeatherTable
from mainstay.engine.simulation.weather import Weather

HOUR: Final = 60
NEVER: Final = -(1 << 30)
"""Stands for: not finished within the table."""

Spells = list[list[tuple[int, int]]]


def month_starts(first: int, last: int) -> list[tuple[int, int]]:
    """Number of each month since year 0 that begins after one instant's month began and up to another, with its first minute since 1970."""
    at = datetime.fromtimestamp(first * 60, UTC)
    number = at.year * 12 + at.month - 1
    found = []
    while True:
        start = int(datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC).timestamp()) // 60
        found.append((number, start))
        if start > last:
            return found
        number += 1


def spells(place: Weather, clock: Clock, calendar: int, horizon: int, seed: int) -> Spells:
    """For each realisation the stretches of lost working minutes since the origin, whole hours, in order.

    The same month of the same realisation is drawn from the same three numbers whatever the horizon and calendar.
    """
    months = month_starts(clock.origin, clock.origin + horizon)
    numbers = _numbers(place, seed, months[0][0], len(months))
    by_month = {month.month: month for month in place.months}
    found: Spells = [[] for _ in range(place.realisations)]
    for k in range(len(months) - 1):
        month = by_month.get(months[k][0] % 12 + 1)
        days = np.arange(months[k][1], months[k + 1][1] + 1, MINUTES_PER_DAY, dtype=np.int64)
        work = clock.count(np.full(days.size, calendar, np.int64), days)
        begins = work[:-1][np.diff(work) > 0]
        if month is None or not begins.size:
            continue
        chance, size, where = numbers[:, 3 * k], numbers[:, 3 * k + 1], numbers[:, 3 * k + 2]
        lost = np.clip(month.days_lost.quantile(size), 0.0, begins.size)
        hours = np.rint(lost * float(work[-1] - work[0]) / begins.size / HOUR).astype(np.int64)
        free = begins.size - np.ceil(lost).astype(np.int64) + 1
        start = begins[np.minimum((where * free).astype(np.int64), begins.size - 1)] // HOUR * HOUR
        for realisation in np.flatnonzero((chance < month.probability) & (hours > 0)).tolist():
            first = int(start[realisation])
            found[realisation].append((first, min(first + int(hours[realisation]) * HOUR, int(work[-1]) // HOUR * HOUR)))
    return [[spell for spell in history if spell[1] > spell[0]] for history in found]


def _numbers(place: Weather, seed: int, first: int, months: int) -> Array:
    """Numbers in (0, 1), shape (realisations, 3 a month)."""
    group = 3 * first // 64
    row = np.zeros((3 * (first + months) // 64 - group + 1) * 64, np.uint32)
    found = np.zeros((place.realisations, 3 * months))
    keys = round_keys(seed)
    for k in range(place.realisations):
        uniform_bits(keys, np.array(entity_key(place.id, k), np.uint32), np.uint32(Stream.WEATHER), group, row)
        found[k] = (row[3 * first - 64 * group : 3 * (first + months) - 64 * group] + 0.5) / 2.0**32
    return found


def weather_table(
    places: tuple[Weather, ...], keys: NDArray[np.uint32], zones: tuple[tuple[int, int], ...], clock: Clock, horizon: int, seed: int
) -> WeatherTable:
    """Tabulate each place's weather in each calendar that works under it; the origin of the clock counts 0."""
    workable, lost, first, slots = [], [], [], []
    total = 0
    for number, calendar in zones:
        end = int(clock.count(np.array([calendar]), np.array([clock.origin + horizon]))[0])
        count = max(end // HOUR, 1)
        for history in spells(places[number], clock, calendar, horizon, seed):
            open_slots = np.ones(count, np.int64)
            for begin, finish in history:
                open_slots[begin // HOUR : finish // HOUR] = 0
            before = np.concatenate([[0], np.cumsum(open_slots)])
            workable.append((before[:-1] * HOUR << 1 | open_slots).astype(np.int32))
            row = np.full(count, NEVER, np.int64)
            at = np.flatnonzero(open_slots)
            row[: at.size] = (at - np.arange(at.size)) * HOUR
            lost.append(row.astype(np.int32))
        first.append(total)
        slots.append(count)
        total += count * places[number].realisations
    return WeatherTable(
        key=keys,
        realisations=np.array([place.realisations for place in places], np.uint64),
        first=np.array(first, np.int64),
        slots=np.array(slots, np.int64),
        workable=np.concatenate(workable or [np.zeros(0, np.int32)]),
        lost=np.concatenate(lost or [np.zeros(0, np.int32)]),
    )


def finished(history: list[tuple[int, int]], begin: Ints, work: Ints) -> Ints:
    """Minute at which work that begins at each minute ends, stretch by stretch: the plain counterpart of the tables."""
    now, left = begin.copy(), work.copy()
    for first, last in history:
        before = np.clip(first - now, 0, None)
        goes_on = (left > before) & (now < last)
        left = np.where(goes_on, left - before, left)
        now = np.where(goes_on, last, now)
    return np.where(work > 0, now + left, begin)
