"""How many of the reviews of one thing somebody may be in, where others take their turn after so many in a row."""

from collections import Counter
from typing import Final

from mainstay.engine.assurance.inputs import ReviewProblem

MANY: Final = 1 << 30


class Turns:
    """Counts of one problem: `used` is (turn, reviewer) → reviews that they are in, those before the calendar not counted."""

    def __init__(self, problem: ReviewProblem) -> None:
        self.sizes = Counter(review.turn for review in problem.reviews)
        self.in_a_row, self.before = problem.in_a_row, problem.before
        self.used: Counter[tuple[str, str]] = Counter()

    def most(self, turn: str, reviewer: str) -> int:
        """Of seven reviews with two in a row, five: two, another, two, another, one."""
        if not turn:
            return MANY
        before = self.before.get((turn, reviewer), 0)
        all_of_it = self.sizes[turn] + before
        return all_of_it - all_of_it // (self.in_a_row + 1) - before

    def left(self, turn: str, reviewer: str) -> int:
        """How many more they may be given."""
        return self.most(turn, reviewer) - self.used[turn, reviewer]
