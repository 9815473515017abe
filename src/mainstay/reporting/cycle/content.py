"""What a return asks, as its definition's text says it: parts with questions of their own, or with rows of a register."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

import yaml
from django.utils.translation import gettext as _

from mainstay.initiatives import scale as scales
from mainstay.register import document
from mainstay.register.document import DocumentError
from mainstay.register.spec import REGISTERS, Register

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
LONGEST_TEXT = 60_000
MOST_PARTS, MOST_QUESTIONS = 30, 200
LARGEST = 1e13
MOST_LINK_DAYS = 60
SIMPLE = {"CharField", "TextField", "DateField", "DecimalField", "IntegerField", "PositiveIntegerField", "PositiveSmallIntegerField"}
"""Kinds of register fields that a return can ask for."""
Kind = Literal["rating", "text", "money", "number", "date", "choice", "yes_no"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question that no register holds the answer to."""

    name: str
    kind: Kind
    title: str
    help: str = ""
    required: bool = False
    is_kept: bool = False
    """Whether last period's answer holds until it is changed; a rating and a text are given anew each time."""
    longest: int = 1000
    choices: tuple[str, ...] = ()
    scale: str = ""
    """Of a rating: the scale that it is given on, where it is another than the definition's."""
    least: float | None = None
    """Of an amount or a number: no less than this."""
    most: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a return: questions of its own, or the rows of a register that need a look."""

    name: str
    title: str
    help: str = ""
    read_by: str = ""
    """Who reads these answers, and where; told to those who give them."""
    questions: tuple[Question, ...] = ()
    plan: bool = False
    """It calls for the plan of the initiative, and for nothing else."""
    register: str = ""
    which: Literal["due", "open"] = "due"
    within_days: int = 45
    """With `due`: rows whose day lies no later than this many days after the period."""
    asked: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    fewest: int = 0
    """How many of the nearest rows are shown even where none is due."""
    most: int = 20

    @property
    def register_title(self) -> str:
        return REGISTERS[self.register].title() if self.register in REGISTERS else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Everything that a return asks; frozen under its digest when it is commissioned."""

    form: Literal["return/1"]
    scale: str
    """The scale of its rating, as `local-rag`, or with a version as `dca-5/1`."""
    parts: tuple[Part, ...]
    link: bool = True
    """Whether it may be answered by the signed link in the e-mail, without signing in."""
    link_days: int = 10
    """How many working days after the day on which it is due the link ends."""

    def questions(self) -> Iterator[Question]:
        for part in self.parts:
            yield from part.questions

    @property
    def rating_scale(self) -> scales.Scale:
        """The scale on which the return is rated."""
        return scales.of(next((question.scale for question in self.questions() if question.kind == "rating"), "") or self.scale)

    def pinned(self) -> "Content":
        """With the scale of each rating in its version of today, as a commission keeps it."""
        parts = tuple(
            replace(part, questions=tuple(pinned_question(question, self.scale) for question in part.questions)) for part in self.parts
        )
        return replace(self, parts=parts)

    def question(self, name: str) -> Question | None:
        return next((question for question in self.questions() if question.name == name), None)


def pinned_question(question: Question, scale: str) -> Question:
    return replace(question, scale=scales.of(question.scale or scale).key) if question.kind == "rating" else question


class ContentError(Exception):
    """The text of a definition cannot be used; one sentence for each fault."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__(" ".join(faults))


def read(text: str) -> Content:
    """The content that `text` (YAML) describes. Raises ContentError with a sentence for each fault."""
    if len(text) > LONGEST_TEXT:
        raise ContentError([_("The definition is longer than %(count)s characters.") % {"count": f"{LONGEST_TEXT:,}"}])
    try:
        told = yaml.safe_load(text)
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        raise ContentError([_("Line %(line)d: %(problem)s.") % {"line": line, "problem": fault.problem or _("this is not YAML")}]) from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise ContentError([_("This is not YAML.")]) from None
    if unknown := list(unknown_names(Content, told, "")):
        raise ContentError(unknown)
    try:
        content = document.read(Content, told, _("the definition"))
    except DocumentError as fault:
        raise ContentError([str(fault)]) from None
    if wrong := list(faults(content)):
        raise ContentError(wrong)
    return replace(content, parts=tuple(with_question(part) for part in content.parts))


def stands(part: Part) -> str:
    """The name of the answer that the live plan still holds."""
    return f"{part.name[:32]}_stands"


def with_question(part: Part) -> Part:
    """A part that calls for the plan asks one thing: whether the live one still holds."""
    if not part.plan:
        return part
    asked = Question(name=stands(part), kind="yes_no", title=_("The live plan still holds"), help=_("Not needed where a new one is sent."))
    return replace(part, questions=(asked,))


def unknown_names(kind: Any, told: Any, place: str) -> Iterator[str]:
    """A word that is misspelt must not pass for one that was left out."""
    if not isinstance(told, dict):
        return
    known = {field.name for field in fields(kind)}
    for name in told:
        if name not in known:
            where = place or _("the definition")
            yield _("%(where)s: “%(name)s” means nothing here. There are: %(known)s.") % {
                "where": where,
                "name": str(name)[:40],
                "known": ", ".join(sorted(known)),
            }
    for below, inner in (("parts", Part), ("questions", Question)):
        rows = told.get(below)
        if below in known and isinstance(rows, list):
            for number, row in enumerate(rows, 1):
                yield from unknown_names(inner, row, f"{place} {below[:-1]} {number}".strip())


def faults(content: Content) -> Iterator[str]:
    """What is wrong with a definition whose words are all known."""
    if not content.parts:
        yield _("A return without parts asks nothing. Write at least one part.")
    questions = list(content.questions())
    if len(content.parts) > MOST_PARTS or len(questions) > MOST_QUESTIONS:
        yield _("That is more than anybody will answer: at most %(parts)d parts and %(questions)d questions.") % {
            "parts": MOST_PARTS,
            "questions": MOST_QUESTIONS,
        }
    if not 0 <= content.link_days <= MOST_LINK_DAYS:
        yield _("link_days is %(count)d. Let the link end 0 to %(most)d working days after the return is due.") % {
            "count": content.link_days,
            "most": MOST_LINK_DAYS,
        }
    for names in ([part.name for part in content.parts], [question.name for question in questions]):
        for name in names:
            if not NAME.fullmatch(name):
                yield _("%(name)s is no name: lower-case letters, digits and _ only, at most 40.") % {"name": name[:40] or "“”"}
        yield from (_("%(name)s occurs twice.") % {"name": name} for name in sorted({name for name in names if names.count(name) > 1}))
    if sum(question.kind == "rating" for question in questions) > 1:
        yield _("A return has one rating of the whole. Ask for the others as a choice.")
    yield from scale_faults(_("the definition"), content.scale)
    for question in questions:
        yield from question_faults(question)
    for part in content.parts:
        yield from part_faults(part)


def question_faults(question: Question) -> Iterator[str]:
    if not question.title.strip():
        yield _("%(name)s has no title.") % {"name": question.name}
    if (question.kind == "choice") != bool(question.choices):
        yield _("%(name)s: choices belong to a question of kind choice, and to no other.") % {"name": question.name}
    if question.scale and question.kind != "rating":
        yield _("%(name)s: a scale belongs to a question of kind rating, and to no other.") % {"name": question.name}
    elif question.scale:
        yield from scale_faults(question.name, question.scale)
    if (question.least is not None or question.most is not None) and question.kind not in ("money", "number"):
        yield _("%(name)s: least and most belong to a question of kind money or number, and to no other.") % {"name": question.name}
    elif question.least is not None and question.most is not None and not question.least <= question.most:
        yield _("%(name)s: least is more than most.") % {"name": question.name}
    elif any(bound is not None and not abs(bound) <= LARGEST for bound in (question.least, question.most)):
        yield _("%(name)s: least and most are numbers of at most thirteen digits.") % {"name": question.name}
    if not 1 <= question.longest <= 20_000:
        yield _("%(name)s: longest is 1 to 20,000 characters.") % {"name": question.name}


def scale_faults(place: str, scale: str) -> Iterator[str]:
    if scales.named(scale) is None:
        known = ", ".join(dict.fromkeys(one.id for one in scales.all_scales()))
        yield _("%(place)s: there is no scale “%(scale)s”. There are: %(known)s.") % {"place": place, "scale": scale[:40], "known": known}


def part_faults(part: Part) -> Iterator[str]:
    if [bool(part.questions), bool(part.register), part.plan].count(True) != 1:
        yield _("%(name)s: a part has either questions or a register, or calls for the plan.") % {"name": part.name}
    if not part.register:
        return
    register = REGISTERS.get(part.register)
    if register is None or not register.is_entered or register.scope != ("initiative__path",):
        yield _("%(name)s: there is no register %(register)s that a return can ask about.") % {
            "name": part.name,
            "register": part.register[:60],
        }
        return
    if part.which == "due" and not register.due:
        yield _("%(name)s: %(register)s has no day by which it is due. Write which: open.") % {
            "name": part.name,
            "register": register.title(),
        }
    if not part.asked:
        yield _("%(name)s: say with asked which fields are asked for.") % {"name": part.name}
    for name in part.asked:
        if not is_askable(register, name):
            yield _("%(name)s: %(field)s cannot be asked in a return.") % {"name": part.name, "field": name[:40]}
    for name in part.shown:
        if name not in register.fields() and name not in register.derived:
            yield _("%(name)s: %(register)s has no field %(field)s.") % {
                "name": part.name,
                "register": register.title(),
                "field": name[:40],
            }


def is_askable(register: type[Register], name: str) -> bool:
    return name in register.fields() and name not in {"title", "marking"} and register.field(name).get_internal_type() in SIMPLE
