"""Where packages add their pages to the navigation. Registers need not: they are in it by being declared."""

from dataclasses import dataclass

from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class MenuPage:
    """A page that is no register: the function below which it stands, its words, its address, and what it asks."""

    function: str
    label: str | StrPromise
    url_name: str
    permission: str = ""
    """`<register key>:<verb>` without which the page is not offered; empty for whoever is signed in."""
    key: str = ""
    """The letter after `g` that goes there."""
    order: int = 50


_pages: list[MenuPage] = []


def register_page(function: str, label: str | StrPromise, url_name: str, *, permission: str = "", key: str = "", order: int = 50) -> None:
    """Add a page to the navigation; called in an app's `ready`. A page below 50 stands before the function's registers."""
    page = MenuPage(function, label, url_name, permission, key, order)
    if page not in _pages:
        _pages.append(page)


def pages(function: str) -> list[MenuPage]:
    return sorted((page for page in _pages if page.function == function), key=lambda page: (page.order, str(page.label)))


def functions() -> list[str]:
    return list(dict.fromkeys(page.function for page in _pages))
