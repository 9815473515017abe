"""Bounds of amounts and numbers: said in the definition, told with the question, kept by form and workbook."""

import re

import pytest

from mainstay.reporting.cycle import content, filling
from mainstay.reporting.cycle.asking import Answer
from mainstay.reporting.cycle.content import ContentError, Question
from mainstay.reporting.cycle.workbook import boxes, rules

SHARE = Question(name="share", kind="number", title="Share done", help="In per cent.", least=0, most=100)
COST = Question(name="cost", kind="money", title="Cost", least=1000)


@pytest.mark.parametrize(("text", "kept"), [("0", "0"), ("100", "100"), ("12.5", "12.5")])
def test_what_lies_within_is_kept(text: str, kept: str) -> None:
    assert filling.answer(SHARE, text) == kept


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        (SHARE, "100.1", "Share done is 100.1. Enter 0 to 100."),
        (SHARE, "-1", "Enter 0 to 100."),
        (COST, "999", "Cost is £999. Enter at least £1,000."),
    ],
)
def test_what_lies_beyond_is_refused_with_the_bounds(question: Question, text: str, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        filling.answer(question, text)


def test_the_question_and_the_cell_tell_the_bounds() -> None:
    assert filling.hint(SHARE) == "In per cent. (0 to 100)"
    box = boxes.of_answer(Answer(SHARE, "", "", ""))
    check = rules.rule(box, rules.Lists("hidden", 1)) or {}
    assert (check["minimum"], check["maximum"], check["validate"]) == (0, 100, "decimal")
    assert "0 to 100" in check["error_message"]


TEXT = "form: return/1\nscale: local-rag\nparts:\n  - {name: all, title: All, questions: [{name: share, kind: %s, title: Share, %s}]}\n"


def test_a_definition_with_bounds_is_read() -> None:
    (question,) = content.read(TEXT % ("number", "least: 0, most: 100")).questions()
    assert (question.least, question.most) == (0, 100)


@pytest.mark.parametrize(
    ("kind", "bounds", "told"),
    [
        ("text", "least: 1", "belong to a question of kind money or number"),
        ("number", "least: 2, most: 1", "least is more than most"),
        ("number", "most: 1.0e+40", "at most thirteen digits"),
        ("number", "least: .nan", "at most thirteen digits"),
        ("number", "least: many", "should not be"),
    ],
)
def test_bounds_that_cannot_be_kept_are_refused(kind: str, bounds: str, told: str) -> None:
    with pytest.raises(ContentError, match=told):
        content.read(TEXT % (kind, bounds))
