"""What takes its dates from others once all others have theirs: levels of effort, WBS summaries, and summaries rolled up. Kernels."""

from typing import NamedTuple

import numpy as np

from mainstay.engine.backward_pass import EFFORT
from mainstay.engine.calendar_table import Ints, add_working, next_working, previous_working
from mainstay.engine.compiled import inner_kernel, kernel, pure_kernel
from mainstay.engine.forward_pass import SUMMARY
from mainstay.engine.network import Network
from mainstay.engine.plan import ActivityKind, LinkType, PlanData
from mainstay.engine.plan_arrays import NONE, Flags
from mainstay.engine.schedule_arrays import FAR, Dates, Problem

WBS_SUMMARY = int(ActivityKind.WBS_SUMMARY)


class Spans(NamedTuple):
    """The ends of links at levels of effort: ``first[k]:first[k + 1]`` are those of ``effort[k]``.

    Each names the ``other`` activity, whether the effort's start hangs from it (else its finish), whether from the other's finish (else
    its start), and the lag to add.
    """

    effort: Ints
    first: Ints
    other: Ints
    at_start: Flags
    from_finish: Flags
    lag: Ints
    lag_calendar: Ints


def spans_of(plan: PlanData, network: Network) -> Spans:
    links, kind = plan.arrays.links, plan.arrays.activities.kind
    places, types = network.spanning, links.type[network.spanning]
    lag, calendar = network.spanning_lag, network.spanning_lag_calendar
    into = kind[links.successor[places]] == ActivityKind.LEVEL_OF_EFFORT
    out = kind[links.predecessor[places]] == ActivityKind.LEVEL_OF_EFFORT
    to_start, to_finish = types <= LinkType.SS, types >= LinkType.FF
    on_finish, on_start = (types == LinkType.FS) | (types == LinkType.FF), (types == LinkType.SS) | (types == LinkType.SF)
    effort = np.concatenate([links.successor[places[into]], links.predecessor[places[out]]])
    columns = (
        np.concatenate([links.predecessor[places[into]], links.successor[places[out]]]),
        np.concatenate([to_start[into], on_start[out]]),
        np.concatenate([on_finish[into], to_finish[out]]),
        np.concatenate([lag[into], -lag[out]]),
        np.concatenate([calendar[into], calendar[out]]),
    )
    order = np.argsort(effort, kind="stable")
    efforts = np.flatnonzero(kind == ActivityKind.LEVEL_OF_EFFORT)
    first = np.searchsorted(effort[order], np.append(efforts, kind.size))
    other, at_start, from_finish, lags, calendars = (column[order] for column in columns)
    return Spans(efforts, first.astype(np.int64), other, at_start, from_finish, lags, calendars)


@pure_kernel
def span_efforts(problem: Problem, dates: Dates, spans: Spans, ends: Ints) -> None:
    """Stretch levels of effort over the activities they are linked to; those linked to each other settle in a few rounds."""
    for _ in range(8):
        changed = False
        for place in range(spans.effort.size):
            changed |= span_effort(problem, dates, spans, place, ends)
        if not changed:
            break


@inner_kernel
def span_effort(problem: Problem, dates: Dates, spans: Spans, place: int, ends: Ints) -> bool:
    """Stretch one level of effort: from the first instant that a link names for its start to the last one for its finish."""
    first, late_first = FAR, FAR
    last, late_last = -FAR, -FAR
    for k in range(spans.first[place], spans.first[place + 1]):
        other = spans.other[k]
        at = dates.finish[other] if spans.from_finish[k] else dates.start[other]
        late = dates.late_finish[other] if spans.from_finish[k] else dates.late_start[other]
        if spans.lag[k] != 0:
            at = add_working(problem.table, spans.lag_calendar[k], at, spans.lag[k])
            late = add_working(problem.table, spans.lag_calendar[k], late, spans.lag[k])
        if spans.at_start[k]:
            first, late_first = min(first, at), min(late_first, late)
        else:
            last, late_last = max(last, at), max(late_last, late)
    return write_effort(problem, dates, spans.effort[place], (first, last, late_first, late_last), ends)


@inner_kernel
def write_effort(problem: Problem, dates: Dates, node: int, span: tuple[int, int, int, int], ends: Ints) -> bool:
    """Fill in what the links leave open, and say whether anything changed."""
    activities, projects = problem.activities, problem.projects
    project, calendar = activities.project[node], activities.calendar[node]
    first, last, late_first, late_last = span
    ahead = projects.start[project]
    if projects.remaining_from_status_date[project] and projects.status_date[project] != NONE:
        ahead = max(ahead, projects.status_date[project])
    if activities.actual_start[node] != NONE:
        first = activities.actual_start[node]
    elif first == FAR:
        first = ahead
    first = next_working(problem.table, calendar, first)
    early = next_working(problem.table, calendar, max(first, ahead)) if projects.remaining_from_status_date[project] else first
    if activities.actual_finish[node] != NONE:
        last = activities.actual_finish[node]
    elif last == -FAR:
        last = add_working(problem.table, calendar, first, activities.duration[node])
    last = max(first, previous_working(problem.table, calendar, last))
    late_last = max(last, ends[project]) if late_last == -FAR else max(last, late_last)
    late_last = max(last, previous_working(problem.table, calendar, late_last))
    late_first = early if late_first == FAR else max(early, next_working(problem.table, calendar, late_first))
    same = dates.start[node] == first and dates.finish[node] == last
    same = same and dates.late_start[node] == late_first and dates.late_finish[node] == late_last
    dates.start[node], dates.early_start[node], dates.remaining_start[node] = first, early, early
    dates.finish[node], dates.early_finish[node] = last, max(early, last)
    dates.late_start[node], dates.late_finish[node] = late_first, late_last
    return not same


@pure_kernel
def roll_up(problem: Problem, dates: Dates) -> None:
    """Close every summary over the dates of its children; levels of effort count too."""
    activities, links = problem.activities, problem.links
    count = activities.kind.size
    for node in problem.order:
        if node >= count or activities.kind[node] != SUMMARY or links.first[node] == links.first[node + 1]:
            continue
        clear_span(dates, node)
        for link in range(links.first[node], links.first[node + 1]):
            stretch(dates, node, links.source[link], True)
    for node in range(count):
        above = activities.parent[node]
        while activities.kind[node] == EFFORT and above >= 0:
            stretch(dates, above, node, activities.actual_finish[node] == NONE)
            above = activities.parent[above]


@inner_kernel
def clear_span(dates: Dates, node: int) -> None:
    dates.start[node], dates.early_start[node], dates.late_start[node] = FAR, FAR, FAR
    dates.finish[node], dates.early_finish[node], dates.late_finish[node] = -FAR, -FAR, -FAR


@inner_kernel
def stretch(dates: Dates, summary: int, child: int, is_open: bool) -> None:
    dates.start[summary] = min(dates.start[summary], dates.start[child])
    dates.finish[summary] = max(dates.finish[summary], dates.finish[child])
    if is_open:
        dates.early_start[summary] = min(dates.early_start[summary], dates.early_start[child])
        dates.late_start[summary] = min(dates.late_start[summary], dates.late_start[child])
        dates.early_finish[summary] = max(dates.early_finish[summary], dates.early_finish[child])
        dates.late_finish[summary] = max(dates.late_finish[summary], dates.late_finish[child])


@kernel
def span_wbs(problem: Problem, dates: Dates) -> None:
    """Give each WBS summary the dates of the summary that it lies below; its early and late ones span only what has not ended."""
    activities = problem.activities
    first = np.full(activities.kind.size, -1, np.int64)
    for node in range(activities.kind.size):
        above = activities.parent[node]
        if activities.kind[node] == WBS_SUMMARY and above >= 0:
            first[above] = node
            clear_span(dates, node)
    for node in range(activities.kind.size):
        if activities.kind[node] == SUMMARY or activities.kind[node] == WBS_SUMMARY or activities.actual_finish[node] != NONE:
            continue
        above = activities.parent[node]
        while above >= 0:
            if first[above] >= 0:
                stretch(dates, first[above], node, True)
            above = activities.parent[above]
    for node in range(activities.kind.size):
        above = activities.parent[node]
        if activities.kind[node] != WBS_SUMMARY or above < 0:
            continue
        same = first[above]
        dates.early_start[node], dates.early_finish[node] = dates.early_start[same], dates.early_finish[same]
        dates.late_start[node], dates.late_finish[node] = dates.late_start[same], dates.late_finish[same]
        if dates.early_start[node] == FAR:
            dates.early_start[node], dates.early_finish[node] = dates.early_start[above], dates.early_finish[above]
            dates.late_start[node], dates.late_finish[node] = dates.late_start[above], dates.late_finish[above]
        dates.start[node], dates.finish[node] = dates.start[above], dates.finish[above]
