"""The parts of a page that follow from the rail alone, written once for each rail: a page has some seventy lines of it."""

from collections.abc import Iterable
from typing import Any

from django.template.loader import get_template
from django.urls import get_script_prefix
from django.utils.translation import get_language

from mainstay.web.navigation import Group

KEPT: dict[tuple[Any, ...], str] = {}
"""Parts by template, language, prefix of addresses and every line of the rail."""
MOST_KEPT = 500


def part_of_rail(name: str, groups: Iterable[Group]) -> str:
    """The template `name`, which reads nothing but `navigation`."""
    groups = list(groups)
    known = (name, get_language(), get_script_prefix(), *(lines(group) for group in groups))
    if known not in KEPT:
        if len(KEPT) >= MOST_KEPT:
            KEPT.clear()
        KEPT[known] = get_template(name).render({"navigation": groups})
    return KEPT[known]


def lines(group: Group) -> tuple[Any, ...]:
    """All that a template can read of a group."""
    shown, hidden = ([(item.label, item.url, item.key, item.count, item.current) for item in items] for items in (group.items, group.more))
    return group.title, *shown, None, *hidden
