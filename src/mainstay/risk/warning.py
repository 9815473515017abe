"""What a reading sets off: the latest value and level of its indicator, and a message to those whose risks it warns of."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from mainstay.post import writing
from mainstay.register import words
from mainstay.register.access import visible_to
from mainstay.register.derived import derive
from mainstay.register.history import Actor
from mainstay.register.models import Link
from mainstay.register.spec import REGISTERS
from mainstay.risk.indicator.model import Indicator, Level
from mainstay.risk.indicator.register import IndicatorRegister
from mainstay.risk.models import IndicatorReading, Risk

WORSE = (Level.CLEAR, Level.AMBER, Level.RED)


def settle(pk: int) -> None:
    """Bring an indicator up to its latest reading, in the transaction that wrote one."""
    indicator = Indicator.objects.select_related("initiative", "risk", "shared_cause").get(pk=pk)
    latest = IndicatorReading.objects.filter(indicator=pk, is_withdrawn=False).order_by("-read_on", "-pk").first()
    was = indicator.level or Level.CLEAR
    level = indicator.level_of(latest.value) if latest else ""
    values = {"latest_value": latest and latest.value, "latest_on": latest and latest.read_on, "level": str(level)}
    changed = derive(IndicatorRegister, indicator, values, Actor(None, "derived"), reason=_("Follows from its readings."))
    if changed and latest and level and WORSE.index(Level(level)) > WORSE.index(Level(was)):
        for risk in warned(indicator):
            tell(indicator, latest, risk, Level(level))


def warned(indicator: Any) -> Iterable[Risk]:
    """The open risks that it warns of: its own, those of its shared cause, and those linked with it."""
    condition = Q(pk=indicator.risk_id) | Q(pk__in=linked_with(indicator))
    if indicator.shared_cause_id:
        condition |= Q(shared_cause=indicator.shared_cause_id)
    return Risk.objects.filter(condition, is_withdrawn=False, state="open").select_related("owner", "owner__account", "initiative")


def linked_with(indicator: Any) -> list[int]:
    here = Link.objects.filter(is_withdrawn=False)
    own = here.filter(register="risk.indicator", record_id=indicator.pk, to_register="risk.risk").values_list("to_id", flat=True)
    others = here.filter(to_register="risk.indicator", to_id=indicator.pk, register="risk.risk").values_list("record_id", flat=True)
    return [*own, *others]


def tell(indicator: Any, reading: Any, risk: Any, level: Level) -> None:
    """The owner of a risk, once for each reading and level. Who may not see the indicator learns that there is one, and no more."""
    person = risk.owner
    if person is None or person.has_left:
        return
    sees = visible_to(person.account, IndicatorRegister).filter(pk=indicator.pk).exists()
    value = f"{words.number(reading.value)} {indicator.unit}".strip()
    about = _("%(indicator)s stands at %(value)s on %(day)s") % {
        "indicator": f"{indicator.ref} {indicator.title}", "value": value, "day": words.day(reading.read_on),
    } if sees else _("An early-warning indicator kept above your initiative has changed")  # fmt: skip
    subject = _("Early warning, %(level)s: %(ref)s %(title)s") % {"level": level.label.lower(), "ref": risk.ref, "title": risk.title}
    text = _("%(about)s: %(level)s.\n\nLook whether the risk is nearer than it was, and whether its responses still fit.\n\n%(url)s\n") % {
        "about": about, "level": level.label.lower(), "url": f"{settings.PUBLIC_URL}{REGISTERS['risk.risk'].url('detail', risk)}",
    }  # fmt: skip
    writing.write(f"indicator-{indicator.pk}-{reading.pk}-{level}-{risk.pk}", person.email, person.title, subject, text)
