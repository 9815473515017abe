"""Steps on the page of a review: ask for its checklist, carry earlier recommendations into it."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from mainstay.assurance.document import asking
from mainstay.assurance.models import Review
from mainstay.assurance.recommendation import carrying
from mainstay.assurance.review.register import ReviewRegister
from mainstay.register.access import visible_to
from mainstay.register.asat import refuse_past
from mainstay.register.errors import NotFound
from mainstay.register.requests import actor_of, asks, seen_at


def review_for(request: HttpRequest, pk: int) -> Review:
    """The review, where its reader may see it; else it does not exist for them."""
    rows = ReviewRegister.rows(visible_to(actor_of(request).account, ReviewRegister).filter(pk=pk, is_withdrawn=False))
    found = rows.first()
    if found is None:
        raise NotFound
    return cast("Review", found)


@require_POST
@asks("assurance.document:create")
def ask(request: HttpRequest, review_id: int) -> HttpResponse:
    """What the type of the review wants to see, asked for in one step."""
    refuse_past(seen_at(request))
    review = review_for(request, review_id)
    asking.ask(review, actor_of(request))
    return back(review, "documents")


@require_POST
@asks("assurance.recommendation:change")
def carry(request: HttpRequest, review_id: int) -> HttpResponse:
    refuse_past(seen_at(request))
    review = review_for(request, review_id)
    carrying.carry(review, actor_of(request))
    return back(review, "carried")


def back(review: Any, part: str) -> HttpResponse:
    return redirect(f"{reverse('assurance.review.detail', args=[review.pk])}#{part}-title")
