"""A proposal in plain values: what the API answers and the command prints."""

from typing import Any

from mainstay.assurance.proposal.content import Asked, Content, Placed


def as_json(content: Content) -> dict[str, Any]:
    """All of a proposal in plain values, with days in ISO form: what the API answers and the command prints."""
    return {
        "points": content.points,
        "bound": content.bound,
        "gap": round(content.gap, 3),
        "fixed": content.fixed,
        "beyond": content.beyond,
        "seconds": content.seconds,
        "stopped": content.stopped,
        "forecasts": list(content.forecasts),
        "placed": [placed_json(one) for one in content.placed],
        "without_place": [{**asked_json(one.review), "reasons": list(one.reasons), "remedies": list(one.remedies)} for one in content.left],
    }


def asked_json(review: Asked) -> dict[str, Any]:
    return {"id": review.pk, "version": review.version, "place": review.place, "review": f"{review.ref} {review.title}"}


def placed_json(one: Placed) -> dict[str, Any]:
    return {
        **asked_json(one.review),
        "first": one.first.isoformat(),
        "last": one.last.isoformat(),
        "meeting": one.meeting.isoformat() if one.meeting else None,
        "leader": one.leader.name,
        "members": [each.name for each in one.members],
        "was": one.was_first.isoformat() if one.was_first else None,
        "leaves": [each.name for each in one.leaves],
        "joins": [each.name for each in one.joins],
        "is_kept": one.is_kept,
        "why": one.why,
    }
