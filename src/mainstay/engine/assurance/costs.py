"""What a calendar costs in points, and what each review would cost at the least if it had everybody to itself."""

from collections.abc import Mapping
from datetime import date

from mainstay.engine.assurance.eligibility import is_elsewhere
from mainstay.engine.assurance.inputs import Placement, Review, Reviewer, ReviewProblem


class Costs:
    """Points by the weights of a problem. Fixed placements cost nothing: nobody can change them."""

    def __init__(self, problem: ReviewProblem) -> None:
        self.weights = problem.weights
        self.agreed = {placement.review: placement for placement in problem.agreed}
        self.fixed = {placement.review for placement in problem.fixed}
        self.reviews = {review.id: review for review in problem.reviews}
        self.reviewers = {reviewer.id: reviewer for reviewer in problem.reviewers}

    def unplaced(self, review: Review) -> int:
        """Points for a review that is not held."""
        return self.weights.unplaced * review.importance // 10

    def start(self, review: Review, first: date) -> int:
        """Points for beginning on a day."""
        held = self.agreed.get(review.id)
        moved = self.weights.moved if held is not None and held.first != first else 0
        return moved + self.weights.day * abs((first - review.preferred).days)

    def person(self, review: Review, reviewer: Reviewer) -> int:
        """Points for one person's taking part."""
        return self.weights.elsewhere if is_elsewhere(review, reviewer) else 0

    def exchanged(self, review: Review) -> tuple[frozenset[str], int]:
        """The people of the agreed team, and the points for each of them who does not take part though the review is held."""
        held = self.agreed.get(review.id)
        return (frozenset(held.team), self.weights.exchanged) if held is not None else (frozenset(), 0)

    def placement(self, placement: Placement) -> int:
        """Points for one review as it is placed."""
        review = self.reviews[placement.review]
        team, each = self.exchanged(review)
        people = sum(self.person(review, self.reviewers[name]) for name in placement.team)
        return self.start(review, placement.first) + people + each * len(team - set(placement.team))

    def whole(self, placements: Mapping[str, Placement]) -> int:
        """Points of a calendar."""
        open_reviews = (review for review in self.reviews.values() if review.id not in self.fixed)
        return sum(self.placement(placements[review.id]) if review.id in placements else self.unplaced(review) for review in open_reviews)
