"""The answers of one return: the definition that it was asked with, what is missing, and texts turned into answers."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from mainstay.initiatives import scale as scales
from mainstay.register import document, store, words
from mainstay.reporting.cycle import plan_part
from mainstay.reporting.cycle.content import Content, Question

DATE_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d %b %Y", "%d %B %Y", "%d.%m.%Y")
MOST_MONEY = Decimal("1e13")
SCALES = {"k": Decimal(1_000), "m": Decimal(1_000_000), "bn": Decimal(1_000_000_000)}
YES_NO = {"yes": "yes", "y": "yes", "true": "yes", "no": "no", "n": "no", "false": "no"}


@lru_cache(maxsize=64)
def content_under(digest: str) -> Content:
    """The definition as it was asked; what lies under a digest never changes."""
    return document.from_bytes(Content, store.get(digest)).pinned()


def missing(record: Any) -> Iterator[tuple[Question, str]]:
    """The questions that must be answered before the return can be sent, each with a sentence; those kept from last time count."""
    for part in content_under(record.commission.content_digest).parts:
        if part.plan and (sentence := plan_part.missing(record, part)):
            yield part.questions[0], sentence
        for question in part.questions:
            if question.required and not record.answers.get(question.name):
                yield question, _("%(title)s: an answer is needed.") % {"title": question.title}


def answer(question: Question, text: str) -> str:
    """The answer in the form in which it is kept; "" for none. Raises ValueError with a sentence."""
    text = text.strip().replace("\r\n", "\n")
    if not text:
        return ""
    if question.kind in ("money", "number"):
        return amount(question, text)
    if question.kind == "date":
        return day(question, text).isoformat()
    if question.kind == "text":
        if len(text) > question.longest:
            raise ValueError(
                _("%(title)s has %(count)d characters. Use at most %(most)d.")
                % {"title": question.title, "count": len(text), "most": question.longest}
            )
        return text
    return one_of(question, text)


def amount(question: Question, text: str) -> str:
    """`43.9m`, `£1,250,000`, `(200)`: in whole units, never read wrong where it might mean two things."""
    plain = text.lower().replace("£", "").replace(" ", "").replace("\u2212", "-")
    if plain.startswith("(") and plain.endswith(")"):
        plain = f"-{plain[1:-1]}"
    scale = next((name for name in ("bn", "m", "k") if plain.endswith(name)), "")
    try:
        if "," in plain and not is_grouped(plain.removesuffix(scale)):
            raise InvalidOperation
        value = Decimal(plain.removesuffix(scale).replace(",", "")) * SCALES.get(scale, Decimal(1))
        if not value.is_finite() or abs(value) > MOST_MONEY:
            raise InvalidOperation
    except InvalidOperation:
        raise ValueError(
            _("%(title)s is “%(text)s”. Enter an amount such as 43,900,000 or 43.9m.") % {"title": question.title, "text": text[:40]}
            if question.kind == "money"
            else _("%(title)s is “%(text)s”. Enter a number.") % {"title": question.title, "text": text[:40]}
        ) from None
    if not is_within(question, value):
        raise ValueError(
            _("%(title)s is %(value)s. Enter %(bounds)s.")
            % {"title": question.title, "value": in_words(question, str(value)), "bounds": bounds(question)}
        )
    return format(value.normalize(), "f")


def is_within(question: Question, value: Decimal) -> bool:
    low, high = question.least, question.most
    return (low is None or value >= Decimal(str(low))) and (high is None or value <= Decimal(str(high)))


def bounds(question: Question) -> str:
    """`0 to 100`, `at least £1,000`; nothing where anything may be entered."""
    low, high = (in_words(question, str(Decimal(str(one)))) if one is not None else "" for one in (question.least, question.most))
    if low and high:
        return _("%(least)s to %(most)s") % {"least": low, "most": high}
    return _("at least %(least)s") % {"least": low} if low else _("at most %(most)s") % {"most": high} if high else ""


def hint(question: Question) -> str:
    """The help of a question, with its bounds."""
    return " ".join(part for part in (question.help, f"({bounds(question)})" if bounds(question) else "") if part)


def is_grouped(text: str) -> bool:
    """Whether the commas part thousands, and nothing else."""
    whole = text.lstrip("-").partition(".")[0]
    first, *rest = whole.split(",")
    return 1 <= len(first) <= 3 and all(len(group) == 3 and group.isdigit() for group in rest)


def day(question: Question, text: str) -> date:
    for form in DATE_FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 (a day, not a moment)
        except ValueError:
            continue
    raise ValueError(_("%(title)s is “%(text)s”. Enter a day such as 12 Apr 2027.") % {"title": question.title, "text": text[:40]})


def one_of(question: Question, text: str) -> str:
    allowed = {
        "rating": {text: value for value, word in rating_choices(question) for text in (value, word.lower())},
        "yes_no": YES_NO,
        "choice": {choice.lower(): choice for choice in question.choices},
    }[question.kind]
    if text.lower() in allowed:
        return allowed[text.lower()]
    told = ", ".join(str(label) for label in labels(question))
    raise ValueError(_("%(title)s is “%(text)s”. Choose one of: %(told)s.") % {"title": question.title, "text": text[:40], "told": told})


def rating_choices(question: Question) -> tuple[tuple[str, str], ...]:
    """Value and word of each answer that the question's scale knows."""
    return tuple((step.value, step.word) for step in scales.of(question.scale).answers)


def labels(question: Question) -> list[str]:
    """The words between which a question lets choose."""
    if question.kind == "rating":
        return [word for _value, word in rating_choices(question)]
    return [_("Yes"), _("No")] if question.kind == "yes_no" else list(question.choices)


def in_words(question: Question, value: str) -> str:
    """An answer as people read it; nothing where there is none."""
    if not value:
        return ""
    if question.kind in ("money", "number"):
        return f"£{words.number(Decimal(value))}".replace("£−", "−£") if question.kind == "money" else words.number(Decimal(value))
    if question.kind == "date":
        return words.day(date.fromisoformat(value))
    if question.kind == "rating":
        return scales.word_of(question.scale, value)
    if question.kind == "yes_no":
        return _("Yes") if value == "yes" else _("No")
    return value
