"""What a definition may say, and how texts become answers."""

from datetime import date

import pytest

from mainstay.reporting.cycle import calendar, content, filling, shipped
from mainstay.reporting.cycle.content import ContentError, Question
from mainstay.reporting.definition.model import Definition

HEAD = "form: return/1\nscale: local-rag\nparts:\n"
GOOD = f"{HEAD}  - {{name: status, title: Status, questions: [{{name: rating, kind: rating, title: Rating}}]}}\n"


def question(kind: str, **more: object) -> Question:
    return Question(name="one", kind=kind, title="One", **more)  # type: ignore[arg-type]  # the kind comes from the test's table


def part(text: str) -> str:
    return f"{HEAD}  - {text}\n"


@pytest.mark.parametrize("one", shipped.SHIPPED, ids=lambda one: one.name)
def test_what_is_shipped_can_be_read(one: shipped.Shipped) -> None:
    asks_rating = any(question.kind == "rating" and question.required for question in one.content.questions())
    assert asks_rating != any(part.plan for part in one.content.parts), "a rating, or the plan itself"
    assert list(one.days) == sorted(one.days)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "the definition should be an object."),
        ("form: [", "Line 1: "),
        (GOOD.replace("title: Status", "titel: Status"), "part 1: “titel” means nothing here. There are: asked, fewest, help, most, name,"),
        (GOOD.replace("kind: rating", "kind: colour"), "kind should not be 'colour'."),
        (GOOD.replace("name: status", "name: Status!"), "Status! is no name: lower-case letters, digits and _ only, at most 40."),
        ("form: return/1\nscale: local-rag\nparts: []\n", "A return without parts asks nothing. Write at least one part."),
        (part("{name: a, title: A}"), "a: a part has either questions or a register, or calls for the plan."),
        (part("{name: a, title: A, register: risk.nothing, asked: [probability]}"), "there is no register risk.nothing"),
        (part("{name: a, title: A, register: initiatives.initiative, asked: [budget]}"), "there is no register initiatives.initiative"),
        (part("{name: a, title: A, register: risk.risk}"), "a: say with asked which fields are asked for."),
        (part("{name: a, title: A, register: risk.risk, asked: [owner]}"), "a: owner cannot be asked in a return."),
        (part("{name: a, title: A, register: risk.risk, asked: [probability], shown: [colour]}"), "a: Risks has no field colour."),
        (part("{name: a, title: A, questions: [{name: b, kind: choice, title: B}]}"), "b: choices belong to a question of kind choice"),
        (
            part("{name: a, title: A, questions: [{name: b, kind: text, title: B}, {name: b, kind: text, title: B}]}"),
            "b occurs twice.",
        ),
        ("&a [*a, *a]", "the definition should be an object."),
    ],
)
def test_a_definition_that_cannot_be_used_says_why(text: str, sentence: str) -> None:
    with pytest.raises(ContentError) as fault:
        content.read(text)
    assert sentence in str(fault.value)


@pytest.mark.parametrize(
    ("kind", "text", "kept"),
    [
        ("money", "43.9m", "43900000"),
        ("money", "£1,250,000", "1250000"),
        ("money", "(200)", "-200"),
        ("money", "−2.5k", "-2500"),
        ("money", "1.2bn", "1200000000"),
        ("number", "12.50", "12.5"),
        ("number", "0", "0"),
        ("date", "12 Apr 2027", "2027-04-12"),
        ("date", "12/04/2027", "2027-04-12"),
        ("date", "2027-04-12", "2027-04-12"),
        ("rating", "Amber", "amber"),
        ("yes_no", "Y", "yes"),
        ("text", "  words  ", "words"),
        ("money", "   ", ""),
    ],
)
def test_a_text_becomes_an_answer(kind: str, text: str, kept: str) -> None:
    assert filling.answer(question(kind), text) == kept


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("money", "1,25,000"),
        ("money", "12,5"),
        ("money", "about 5m"),
        ("money", "NaN"),
        ("money", "1e99"),
        ("number", "Section 43"),
        ("date", "2027-02-30"),
        ("date", "12.13.2027"),
        ("rating", "Gren"),
        ("yes_no", "perhaps"),
    ],
)
def test_a_text_that_could_mean_two_things_is_no_answer(kind: str, text: str) -> None:
    with pytest.raises(ValueError, match="One is “"):
        filling.answer(question(kind), text)


def test_a_choice_is_one_of_those_offered() -> None:
    assert filling.answer(question("choice", choices=("Delivery", "Closure")), "delivery") == "Delivery"
    with pytest.raises(ValueError, match="Choose one of: Delivery, Closure"):
        filling.answer(question("choice", choices=("Delivery", "Closure")), "Building")


@pytest.mark.parametrize(
    ("cadence", "today", "period", "called"),
    [
        ("monthly", date(2026, 11, 2), (date(2026, 10, 1), date(2026, 10, 31)), "October 2026"),
        ("monthly", date(2026, 11, 25), (date(2026, 11, 1), date(2026, 11, 30)), "November 2026"),
        ("monthly", date(2027, 1, 3), (date(2026, 12, 1), date(2026, 12, 31)), "December 2026"),
        ("quarterly", date(2026, 10, 5), (date(2026, 7, 1), date(2026, 9, 30)), "July to September 2026"),
        ("quarterly", date(2027, 3, 20), (date(2027, 1, 1), date(2027, 3, 31)), "January to March 2027"),
        ("half-yearly", date(2027, 4, 10), (date(2026, 10, 1), date(2027, 3, 31)), "October 2026 to March 2027"),
    ],
)
def test_the_period_that_is_reported_now(cadence: str, today: date, period: tuple[date, date], called: str) -> None:
    assert calendar.period(Definition(cadence=cadence), today) == period
    assert calendar.called(*period) == called
