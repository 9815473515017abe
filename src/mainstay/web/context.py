"""What the shell of every page shows: navigation, account, place in the tree."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    return {"account": request.user if getattr(request, "user", None) and request.user.is_authenticated else None}
