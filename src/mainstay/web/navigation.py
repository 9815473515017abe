"""The rail: the functions of the PMO with their registers and pages, as far as the account may see them; counts where it must act."""

from dataclasses import dataclass, field
from functools import cache

from django.apps import apps
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.register import menu
from mainstay.register.access import paths_for
from mainstay.register.open_counts import open_counts
from mainstay.register.spec import REGISTERS, Register

FIRST, LAST = ("initiatives",), ("organisation", "exchange")
KEYS = {
    "initiatives.initiative": "o", "planning.milestone": "m", "planning.dependency": "d", "risk.risk": "k", "risk.issue": "i",
    "communications.action": "a", "communications.decision": "q",
}  # fmt: skip
"""The letter after `g` that goes to a register."""


@dataclass(slots=True)
class Item:
    """One line of the rail."""

    label: str
    url: str
    key: str = ""
    count: int = 0
    current: bool = False


@dataclass(slots=True)
class Group:
    """A function with its lines."""

    title: str
    items: list[Item] = field(default_factory=list)
    more: list[Item] = field(default_factory=list)
    """What is seldom gone to directly: it opens under the others."""

    @property
    def is_open(self) -> bool:
        """Whether the reader is at one of those, or one of them waits."""
        return any(item.current or item.count for item in self.more)


def navigation(request: HttpRequest, account: Account | None) -> list[Group]:
    if account is None:
        return []
    counts = open_counts(account)
    groups = [Group(_("Programme office"), [Item(_("My work"), reverse("web.home"), "h"), *page_items("web", account)])]
    for function in functions():
        group = function_group(function, account, counts)
        if group.items:
            groups.append(group)
    mark_current(request, groups)
    return groups


def functions() -> list[str]:
    """The functions in the order of the installation; those that everything else rests on first, upkeep last."""
    named = [config.label for config in apps.get_app_configs() if config.name.startswith("mainstay.")]
    known = {*(kind.function for kind in REGISTERS.values()), *menu.functions()} - {"web"}
    rank = (
        {name: place for place, name in enumerate(named)}
        | dict.fromkeys(FIRST, -1)
        | {name: 1000 + place for place, name in enumerate(LAST)}
    )
    return sorted(known & set(named), key=lambda name: rank[name])


def function_group(function: str, account: Account, counts: dict[str, int]) -> Group:
    """Its pages and registers; where all registers would be under “More”, they stand in the rail itself."""
    pages = [page for page in menu.pages(function) if is_offered(page, account)]
    registers = [kind for kind in REGISTERS.values() if kind.function == function and paths_for(account, kind, "view")]
    before = [item for page in pages if page.order < 50 and (item := page_item(page))]
    after = [item for page in pages if page.order >= 50 and (item := page_item(page))]
    shown = [register_item(kind, counts) for kind in registers if kind.is_in_rail]
    more = [register_item(kind, counts) for kind in registers if not kind.is_in_rail]
    items = [*before, *shown, *after]
    title = str(apps.get_app_config(function).verbose_name)
    return Group(title, items, more) if items else Group(title, more)


def register_item(kind: type[Register], counts: dict[str, int]) -> Item:
    label, url = place_of(kind.key, get_language(), get_script_prefix())
    return Item(label, url, KEYS.get(kind.key, ""), counts.get(kind.key, 0))


@cache
def place_of(key: str, _language: str | None, _prefix: str) -> tuple[str, str]:
    """Label and address of a register's list, which every page names; they depend on language and prefix only."""
    return str(REGISTERS[key].title()), REGISTERS[key].url("list")


def page_items(function: str, account: Account) -> list[Item]:
    return [item for page in menu.pages(function) if is_offered(page, account) and (item := page_item(page))]


def page_item(page: menu.MenuPage) -> Item | None:
    try:
        return Item(str(page.label), reverse(page.url_name), page.key)
    except NoReverseMatch:
        return None


def is_offered(page: menu.MenuPage, account: Account) -> bool:
    key, _colon, verb = page.permission.partition(":")
    if not key:
        return True
    if key == "administrator":
        return account.is_administrator
    return key in REGISTERS and bool(paths_for(account, REGISTERS[key], verb or "view"))


def mark_current(request: HttpRequest, groups: list[Group]) -> None:
    """The line whose address is the longest beginning of this one."""
    fitting = [
        item
        for group in groups
        for item in (*group.items, *group.more)
        if request.path == item.url or (item.url != "/" and request.path.startswith(item.url))
    ]
    if fitting:
        max(fitting, key=lambda item: len(item.url)).current = True
