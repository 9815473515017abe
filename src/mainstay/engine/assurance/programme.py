"""A linear programme that is written down row by row and solved by GLOP: amounts from 0, sums between bounds, points to be least."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from mainstay.engine.levelling.proof import Watch

SLACK: Final = 1e-6
"""What the solver may be wrong by, as a part of the result."""


class Programme:
    """Columns and rows; both are numbered from 0."""

    def __init__(self) -> None:
        self.most: list[float] = []
        self.rows: list[tuple[Sequence[tuple[int, int]], float, float]] = []

    def column(self, most: float = math.inf) -> int:
        """An amount from 0 to `most`."""
        self.most.append(most)
        return len(self.most) - 1

    def row(self, parts: Sequence[tuple[int, int]], least: float = -math.inf, most: float = math.inf) -> None:
        """Ask that the columns, each times its number, sum up to no less and no more."""
        self.rows.append((parts, least, most))

    def least(self, points: Mapping[int, int], is_over: Callable[[], bool]) -> int | None:
        """Return the whole points that the columns cannot cost less than, each with its points; None where the time is over first."""
        from ortools.linear_solver.python import model_builder  # takes a second to load, and only a proposal needs it

        model = model_builder.Model()  # type: ignore[no-untyped-call]  # the library does not say that it returns nothing
        columns = [model.new_num_var(0, most, "") for most in self.most]
        for parts, least, most in self.rows:
            total = model_builder.LinearExpr.weighted_sum(
                [columns[column] for column, _times in parts], [times for _column, times in parts]
            )
            model.add_linear_constraint(total, least, most)
        model.minimize(model_builder.LinearExpr.weighted_sum([columns[column] for column in points], list(points.values())))
        solver = model_builder.Solver("glop")
        with Watch(solver, is_over):
            status = solver.solve(model)
        if status != model_builder.SolveStatus.OPTIMAL:
            return None
        return max(math.ceil(solver.objective_value * (1 - SLACK) - SLACK), 0)
