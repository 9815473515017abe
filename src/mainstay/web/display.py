"""How the account wants to see pages: theme, density, single keys. Kept in cookies of the browser, so that it holds before sign-in, too."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from mainstay.register.requests import PUBLIC, asks

YEAR_SECONDS = 365 * 24 * 60 * 60
CHOICES = {"theme": ("auto", "light", "dark"), "density": ("normal", "compact", "roomy"), "keys": ("on", "off")}
AFTER_THEME = {"auto": "dark", "light": "dark", "dark": "light"}
AFTER_DENSITY = {"compact": "normal", "normal": "roomy", "roomy": "compact"}


@dataclass(frozen=True, slots=True)
class Display:
    """What the templates read."""

    theme: str
    density: str
    keys: str

    @property
    def next_theme(self) -> str:
        return AFTER_THEME[self.theme]

    @property
    def next_density(self) -> str:
        return AFTER_DENSITY[self.density]


def display_of(request: HttpRequest) -> Display:
    """The display as the browser remembers it; an unknown value counts as none."""
    values = {name: told if (told := request.COOKIES.get(name, "")) in allowed else allowed[0] for name, allowed in CHOICES.items()}
    return Display(**values)


def back(request: HttpRequest) -> str:
    """Where the form came from, when that is one of our pages."""
    address = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return address if safe else "/"


@require_POST
@asks(PUBLIC)
def choose(request: HttpRequest) -> HttpResponse:
    """Remember what the form says and go back to its page."""
    response = HttpResponseRedirect(back(request))
    for name, allowed in CHOICES.items():
        value = request.POST.get(name)
        if value in allowed:
            response.set_cookie(name, value, max_age=YEAR_SECONDS, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax")
    return response
