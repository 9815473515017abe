"""Refusals as programs read them: `application/problem+json` (RFC 9457), with a sentence, the faults by field, and what stands instead."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import JsonResponse

CONTENT_TYPE = "application/problem+json"


def problem(
    status: int,
    detail: str,
    *,
    errors: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> JsonResponse:
    """An answer that says why nothing was done; `errors` by field, `more` as members of their own."""
    body: dict[str, Any] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    if errors:
        body["errors"] = errors
    return JsonResponse({**body, **more}, status=status, content_type=CONTENT_TYPE, headers=dict(headers or {}))
