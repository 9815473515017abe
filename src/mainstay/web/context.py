"""What the shell of every page shows: navigation, account, the moment that is seen, how the account likes its pages."""

from importlib.metadata import PackageNotFoundError, version
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from mainstay.accounts.models import Account
from mainstay.web.as_at import as_at_of
from mainstay.web.display import display_of
from mainstay.web.navigation import navigation
from mainstay.web.taking import may_take

try:
    RELEASE = version("mainstay")
except PackageNotFoundError:
    RELEASE = ""


def shell(request: HttpRequest) -> dict[str, Any]:
    """The names that `web/shell.html` reads; what costs a query is found out only where a template asks for it."""
    user = getattr(request, "user", None)
    account = user if isinstance(user, Account) and user.is_authenticated else None
    return {
        "account": account,
        "display": display_of(request),
        "may_take": SimpleLazyObject(lambda: may_take(account)),
        "release": RELEASE,
        "as_at": SimpleLazyObject(lambda: as_at_of(request, account)),
        "navigation": SimpleLazyObject(lambda: navigation(request, account)),
    }
