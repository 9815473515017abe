"""The data of the interactive drawing: all bars that the reader may see, as compressed columns."""

import gzip

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from mainstay.planning import viewing
from mainstay.planning.calculations import calculated
from mainstay.planning.drawing.columns import compressed
from mainstay.register.requests import actor_of, asks, seen_at


@require_safe
@asks("planning.plan:view")
def bars(request: HttpRequest, pk: int) -> HttpResponse:
    """Columns of all activities in the projects that the reader may see (`drawing.columns`)."""
    place = viewing.initiative_of(request, pk)
    found = calculated(place, seen_at(request))
    content = compressed(found.run.result_digest, viewing.visible_projects(actor_of(request).account, found))
    takes_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = HttpResponse(content if takes_gzip else gzip.decompress(content), content_type="application/json")
    if takes_gzip:
        answer["Content-Encoding"] = "gzip"
    patch_vary_headers(answer, ["Accept-Encoding"])
    return answer
