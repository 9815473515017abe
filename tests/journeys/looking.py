"""Whether a page as it stands can be used by everyone: wide and narrow, light and dark."""

from collections.abc import Callable
from typing import Any

OVERFLOW = "() => document.scrollingElement.scrollWidth - innerWidth"
WIDEST = """() => [...document.querySelectorAll("main *")].filter(each => each.getBoundingClientRect().right > innerWidth
  && !each.closest(".ms-scroll, .ms-gantt-pane")).slice(0, 5).map(each => each.outerHTML.slice(0, 160))"""


SEEN = ("color-contrast", "link-in-text-block")
"""The rules of axe that look at colours: the page is the same in dark, so that no other rule can find more there."""


def usable(page: Any, find_faults: Callable[..., list[str]], name: str) -> None:
    """axe finds nothing, nothing runs out of the window at 320 px, and the browser has nothing to complain of."""
    for width, height in ((1440, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            faults = find_faults(page, SEEN if scheme == "dark" else ())
            assert faults == [], f"{name}, {width} px, {scheme}: " + "\n".join(faults)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(OVERFLOW) <= 0, page.evaluate(WIDEST)
    assert page.problems == []
