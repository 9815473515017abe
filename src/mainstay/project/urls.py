"""All addresses: the faces' own, those of every register, and the pages of the functions."""

from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path
from django.urls.resolvers import RoutePattern


class LateAddresses(URLResolver):
    """The addresses of a module that is read when one of them is asked for: the thousand of the API take longer than all others."""

    def _populate(self) -> None:
        """The framework looks for all names everywhere when it makes an address; these are found by their namespace, which reads them."""


def function_pages() -> list[URLPattern | URLResolver]:
    """The addresses in `<function>/pages.py`, or in `<function>/pages/`, of each app that has its own."""
    names = [config.name for config in apps.get_app_configs() if config.name.startswith("mainstay.")]
    found = [
        name
        for name in names
        if any((Path(apps.get_app_config(name.rpartition(".")[2]).path) / file).exists() for file in ("pages.py", "pages/__init__.py"))
    ]
    return [path("", include(f"{name}.pages")) for name in found if hasattr(import_module(f"{name}.pages"), "urlpatterns")]


urlpatterns = [
    LateAddresses(RoutePattern("api/v1/"), "mainstay.api.urls", app_name="ninja", namespace="api"),
    path("", include("mainstay.web.urls")),
    *function_pages(),
]

handler400 = "mainstay.web.errors.bad_request"
handler403 = "mainstay.web.errors.forbidden"
handler404 = "mainstay.web.errors.not_found"
handler500 = "mainstay.web.errors.server_error"
