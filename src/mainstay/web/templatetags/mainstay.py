"""What templates load to write as the house writes: `{% load mainstay %}`. The texts are made in typography, the parts in components."""

from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache

from django import template
from django.conf import settings
from django.template import Node, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.template.context import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from mainstay.render import typography
from mainstay.web.components import Component, ComponentError, component
from mainstay.web.kept_parts import part_of_rail

register = template.Library()

SHAPES = frozenset({"green", "amber-green", "amber", "amber-red", "red", "complete", "not-started", "none", "mark", "warn"})
STYLESHEETS = (
    "css/layers",
    "vendor/tabler-reset",
    "css/fonts",
    "css/tokens",
    "css/base",
    "css/shell",
    "css/panels",
    "css/tables",
    "css/lists",
    "css/marks",
    "css/forms",
    "css/records",
    "css/detail",
    "css/risk",
    "css/charts",
    "css/report",
    "css/plan",
    "css/pages",
    "css/print",
)


def as_local(value: date | datetime) -> date | datetime:
    return typography.local(value, settings.LOCAL_TIME_ZONE) if isinstance(value, datetime) else value


@register.simple_tag
@lru_cache(maxsize=1000)
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; silent unless `label` says what it means where no word stands beside it."""
    file = "mainstay/shapes.svg" if name in SHAPES else "mainstay/vendor/icons.svg"
    if label:
        return format_html('<svg class="ms-i" role="img" aria-label="{}"><use href="{}#{}"/></svg>', label, static(file), name)
    return format_html('<svg class="ms-i" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>', static(file), name)


@register.filter
def day(value: date | datetime | None) -> str:
    """`10 Nov 2026`."""
    return typography.day(as_local(value)) if value else ""


@register.filter
def short_day(value: date | datetime | None) -> str:
    """`10 Nov`, where the year is plain from the page."""
    return typography.day(as_local(value), year=False) if value else ""


@register.filter
def weekday(value: date | datetime | None) -> str:
    """`Tue 10 Nov 2026`."""
    return typography.day(as_local(value), weekday=True) if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    """`08:42`, local."""
    return typography.clock(typography.local(value, settings.LOCAL_TIME_ZONE)) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """`10 Nov 2026, 08:42`, local."""
    return typography.moment(typography.local(value, settings.LOCAL_TIME_ZONE)) if value else ""


@register.filter
def machine_time(value: date | datetime | None) -> str:
    """The `datetime` attribute of a time element."""
    return value.isoformat() if value else ""


@register.filter
def number(value: typography.Number | None, places: int = 0) -> str:
    """`1,284`."""
    return "" if value is None else typography.number(value, places)


@register.filter
def signed(value: typography.Number | None, places: int = 0) -> str:
    """`+3`, `−3`."""
    return "" if value is None else typography.signed(value, places)


@register.filter
def millions(value: typography.Number | None, places: int = 1) -> str:
    """Pounds as `£2.4m`."""
    return "" if value is None else typography.money(value, places)


@register.filter
def in_millions(value: typography.Number | None, places: int = 1) -> str:
    """Pounds as `2.4` under a head that says £m."""
    return "" if value is None else typography.number(Decimal(str(value)) / 1_000_000, places)


@register.filter
def pounds(value: typography.Number | None, places: int = 0) -> str:
    """Pounds as `£1,284`."""
    return "" if value is None else typography.money(value, places, scale="")


@register.filter
def percent(value: typography.Number | None, places: int = 0) -> str:
    """A share of one as `35 %`."""
    return "" if value is None else typography.percent(value, places)


@register.filter
def day_count(value: typography.Number | None, unit: str = "d") -> str:
    """`−6 d`; `|day_count:"wd"` for working days."""
    return "" if value is None else typography.days(value, unit)


@register.filter
def file_size(value: int | None) -> str:
    """`1.4 MB`."""
    return "" if value is None else typography.size(value)


@register.filter
def initials(name: str) -> str:
    """`EL`."""
    return typography.initials(name or "")


@register.filter
def age(value: date | datetime | None) -> str:
    """`39 days old`, counted to today."""
    if not value:
        return ""
    then = as_local(value)
    return typography.ago(
        then.date() if isinstance(then, datetime) else then, typography.local(timezone.now(), settings.LOCAL_TIME_ZONE).date()
    )


@register.simple_tag
def change(value: typography.Number | Decimal | None, unit: str = "", places: int = 0, *, less_is_better: bool = True) -> SafeString:
    """A change as a delta: the arrow from its sign, better or worse from what is wanted."""
    if value is None:
        return SafeString("")
    sense = "same" if value == 0 else "better" if (value < 0) == less_is_better else "worse"
    size: typography.Number = -value if value < 0 else value
    text = f"{typography.number(size, places)}{typography.NO_BREAK}{unit}" if unit else typography.number(size, places)
    return component("delta").render({"text": text, "sense": sense, "direction": "up" if value > 0 else "down"})


class ComponentNode(Node):
    """Renders a component from the parameters of the tag."""

    def __init__(self, found: Component, given: dict[str, FilterExpression]) -> None:
        self.found = found
        self.given = given

    def render(self, context: Context) -> SafeString:
        values = {name: expression.resolve(context) for name, expression in self.given.items()}
        return self.found.render(values, csrf_token=context.get("csrf_token"))


@register.tag("component")
def do_component(parser: Parser, token: Token) -> ComponentNode:
    """`{% component "status" value=risk.rating %}`; a name that the component does not declare stops the template from compiling."""
    tag, *parts = token.split_contents()
    if not parts or parts[0][0] not in "\"'":
        raise TemplateSyntaxError(f'{tag} names its component first, in quotes: {{% {tag} "status" … %}}.')
    rest = parts[1:]
    given = token_kwargs(rest, parser)
    if rest:
        raise TemplateSyntaxError(f"{tag} takes parameters as name=value, not {rest[0]}.")
    try:
        found = component(parts[0][1:-1])
        found.check_names(set(given))
    except ComponentError as error:
        raise TemplateSyntaxError(str(error)) from None
    return ComponentNode(found, given)


@register.simple_tag
@cache
def stylesheets() -> SafeString:
    """The links to our stylesheets in the order that the layers need."""
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((static(f"mainstay/{name}.css"),) for name in STYLESHEETS))


@register.simple_tag(takes_context=True)
def of_rail(context: Context, name: str) -> str:
    """The template `name`, which reads nothing but the rail; it is written once for each rail."""
    return part_of_rail(name, context.get("navigation") or ())


@register.simple_tag
def now_local() -> str:
    """This minute, local, for the foot of a page."""
    return typography.moment(typography.local(timezone.now(), settings.LOCAL_TIME_ZONE))


@register.simple_tag
def chart_scripts() -> SafeString:
    """What a page with charts loads, once, in its block `scripts`."""
    return format_html(
        '<script src="{}" defer></script>\n<script type="module" src="{}"></script>',
        static("mainstay/vendor/echarts.common.min.js"),
        static("mainstay/js/charts.js"),
    )
