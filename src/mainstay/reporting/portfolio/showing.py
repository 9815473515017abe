"""What the page of a published portfolio shows: totals with their gaps, ratings under the heading of their scale, moves and scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from mainstay.accounts.models import Account
from mainstay.initiatives.initiative.model import Initiative
from mainstay.register.asat import Moment
from mainstay.reporting.portfolio import scoring, series, taking
from mainstay.reporting.portfolio.scoring import Moves, Pooled, Scored
from mainstay.reporting.portfolio.series import Step, Sum
from mainstay.reporting.published.model import Colour, Scale

UNSCORED = "left"
"""An outcome that is told as shares only: leaving is no failure."""


@dataclass(frozen=True, slots=True)
class Totals:
    step: Step
    cost: Sum
    baseline: Sum
    forecast: Sum


@dataclass(frozen=True, slots=True)
class Rated:
    """The ratings of one publication: a count for each colour of the widest scale, None where its own scale has no such colour."""

    step: Step
    counts: tuple[int | None, ...]
    unrated: int
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Publications that follow one another on one scale."""

    scale: str
    label: str
    rows: tuple[Rated, ...]
    is_break: bool
    """Whether another scale stands before it."""


def context(into: Initiative, account: Account | None, moment: Moment | None = None) -> dict[str, Any]:
    """At a moment of the past, what had been taken in by then: a position never changes."""
    rows = taking.positions(into, account)
    steps = series.steps((rows if moment is None else rows.filter(created_at__lte=moment.at)).defer("narrative"))
    scored, moves = scoring.scored(steps), scoring.moves(steps)
    return {
        "steps": steps,
        "totals": [Totals(step, step.total("cost"), step.total("year_baseline"), step.total("year_forecast")) for step in steps],
        "colours": [each.label for each in Colour],
        "runs": runs(steps),
        "moves": [*map(matrix, scoring.pooled(moves)), *map(matrix, moves)],
        "scores": [table(each) for each in scored if each.outcome != UNSCORED],
        "calibration": [table(each) for each in scored],
        "far": [(before, after) for before, after in series.consecutive(steps) if (before, after) not in scoring.followed(steps)],
    }


def runs(steps: Sequence[Step]) -> list[Run]:
    labels = dict(Scale.choices)
    found: list[Run] = []
    for scale, held in groupby(steps, key=lambda step: step.scale):
        found.append(Run(scale, str(labels.get(scale, scale)), tuple(map(rated, held)), bool(found)))
    return found


def rated(step: Step) -> Rated:
    counts = step.counts()
    return Rated(
        step,
        tuple(counts[colour.value] if colour.value in step.colours else None for colour in Colour),
        counts[""],
        step.unrated(),
    )


def matrix(moves: Moves | Pooled) -> dict[str, Any]:
    """Rows of a matrix: colour, cells of count and share, how many in all; with the publications, or how many pairs of them."""
    rows = [
        {
            "colour": colour,
            "total": sum(counts),
            "cells": [
                {"count": n, "share": share, "is_same": at == place} for place, (n, share) in enumerate(zip(counts, shares, strict=True))
            ],
        }
        for at, (colour, counts, shares) in enumerate(zip(moves.colours, moves.counts, moves.shares, strict=True))
    ]
    if isinstance(moves, Pooled):
        return {"pairs": moves.pairs, "scale": moves.scale, "colours": moves.colours, "rows": rows}
    return {"before": moves.before, "after": moves.after, "scale": moves.before.scale, "colours": moves.colours, "rows": rows}


def table(each: Scored) -> dict[str, Any]:
    return {
        "scale": each.scale,
        "outcome": each.outcome,
        "label": each.label,
        "score": each.score,
        "pairs": each.pairs,
        "rows": list(zip(each.colours, each.score.groups, strict=True)),
    }
