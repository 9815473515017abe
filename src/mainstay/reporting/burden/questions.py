"""What becomes of each question: how often it is answered, how often the answer is new, and where anybody reads it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainstay.register.document import DocumentError
from mainstay.register.spec import REGISTERS
from mainstay.register.store import StoreError
from mainstay.reporting.board_pack.claims import SUMMARY
from mainstay.reporting.burden.reading import Reading
from mainstay.reporting.commission.model import Commission
from mainstay.reporting.cycle import filling
from mainstay.reporting.cycle.content import Content, Part, Question
from mainstay.reporting.project_return.model import Return

PERIODS = 3
MOST_RETURNS = 1_500
SELDOM = 10
"""Per cent: what is answered or opened less often is named as a question that could go."""
USED = {
    SUMMARY: gettext_lazy("the board's pack and the status page"),
    "forecast_cost": gettext_lazy("checked against budget and work done"),
    "spent": gettext_lazy("checked against budget and work done"),
}
RATING_USED = gettext_lazy("the board's pack and the status page")


@dataclass(frozen=True, slots=True)
class Use:
    """One question of a definition. Shares are per cent."""

    part: str
    title: str
    answered: int | None
    """Of the returns that were sent; None for fields that a register keeps."""
    changed: int | None
    """Of the answers that could be compared with the period before; None where none could."""
    used: str
    """Where it is read beside the return itself; "" for nowhere."""
    opened: int
    """Of the returns that were sent, how many somebody else than the supplier has looked at."""
    advice: str


@dataclass(frozen=True, slots=True)
class Uses:
    """The questions of one definition, over its last periods."""

    title: str
    periods: list[str]
    count: int
    questions: list[Use]


def uses(commissions: list[Commission], rows: QuerySet[Return]) -> Uses | None:
    """The questions of the latest of `commissions`, which are of one definition, the latest first. None where its text cannot be read."""
    latest = commissions[:PERIODS]
    try:
        asked = filling.content_under(latest[0].content_digest)
    except (StoreError, DocumentError):
        return None
    sent = rows.filter(commission__in=latest, sent_at__isnull=False).order_by("-commission__period_to", "pk")
    opened = Exists(Reading.objects.filter(of=OuterRef("pk")))
    told = list(sent.values_list("initiative", "commission", "answers", opened)[:MOST_RETURNS])
    answers = {(place, commission): given for place, commission, given, _opened in told}
    share = per_cent(sum(is_read for *_rest, is_read in told), len(told)) or 0
    answered, compared, changed = counts(asked, answers, [one.pk for one in latest])
    made = []
    for part in asked.parts:
        for question in part.questions:
            name = question.name
            shares = per_cent(answered[name], len(told)), per_cent(changed[name], compared[name])
            made.append(use(part, question, shares, share, bool(told)))
        made += [field_use(part, name, share) for name in part.asked]
    return Uses(latest[0].definition.title, [one.period for one in latest], len(told), made)


def counts(asked: Content, answers: dict[tuple[int, int], dict[str, str]], order: list[int]) -> tuple[Counter[str], ...]:
    """By question: how many answered it, how many can be compared with the period before, and how many differ from it."""
    answered, compared, changed = Counter[str](), Counter[str](), Counter[str]()
    before = dict(pairwise(order))
    names = [question.name for question in asked.questions()]
    for (place, commission), given in answers.items():
        earlier = answers.get((place, before.get(commission, 0)))
        for name in names:
            answered[name] += bool(given.get(name))
            if earlier is not None and (given.get(name) or earlier.get(name)):
                compared[name] += 1
                changed[name] += given.get(name, "") != earlier.get(name, "")
    return answered, compared, changed


def per_cent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


def use(part: Part, question: Question, shares: tuple[int | None, int | None], opened: int, has_returns: bool) -> Use:
    answered, changed = shares
    used = str(RATING_USED if question.kind == "rating" else USED.get(question.name, ""))
    return Use(part.title, question.title, answered, changed, used, opened, advice(answered or 0, used, opened) if has_returns else "")


def advice(answered: int, used: str, opened: int) -> str:
    """What could be done about a question; "" where it earns its place."""
    if answered < SELDOM:
        return _("Hardly anybody answers it. Ask only where it applies, or leave it out.")
    if not used and opened < SELDOM:
        return _("Hardly anybody reads it. Ask its reader whether it can go.")
    return ""


def field_use(part: Part, name: str, opened: int) -> Use:
    register = REGISTERS[part.register]
    kept = _("kept in the register: %(register)s") % {"register": register.title()}
    return Use(part.title, str(register.label(name)), None, None, kept, opened, "")


def by_definition(commissions: list[Commission]) -> Iterator[list[Commission]]:
    """The commissions of each definition, the latest first, in the order in which they come."""
    for definition in dict.fromkeys(one.definition_id for one in commissions):
        yield [one for one in commissions if one.definition_id == definition]
