"""A change of scale in one sentence."""

from django.utils.translation import gettext as _

from mainstay.initiatives.scale import Scale


def telling(period: str, before: Scale, now: Scale) -> str:
    """`From October 2026 rated on DCA-3 (delivery confidence in three steps), before on Local RAG (…): the two are not compared.`"""
    return _("From %(period)s rated on %(now)s (%(now_title)s), before on %(before)s (%(before_title)s): the two are not compared.") % {
        "period": period,
        "now": now.short,
        "now_title": now.title,
        "before": before.short,
        "before_title": before.title,
    }
