"""Rating scales kept apart: a claim keeps its scale and version, and no count, strip or comparison joins two of them."""

from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from mainstay.accounts.models import Account
from mainstay.formats.portfolio.scales import Scale as FileScale
from mainstay.initiatives import scale as scales
from mainstay.register import actions
from mainstay.register.errors import Invalid
from mainstay.register.spec import REGISTERS
from mainstay.reporting.board_pack import wording
from mainstay.reporting.cycle import answering, asking, commissioning, content, filling
from mainstay.reporting.cycle.content import ContentError
from mainstay.reporting.cycle.workbook import boxes
from mainstay.reporting.dashboard import facts
from mainstay.reporting.dashboard.pages import eras
from mainstay.reporting.models import Commission, Definition, Return
from tests.contract.worlds import World, actor

SignedIn = Callable[[Account | None], Client]
TEXT = """
form: return/1
scale: {scale}
parts:
  - name: all
    title: All
    questions:
      - {{name: rating, kind: rating, title: Rating, required: true}}
      - {{name: summary, kind: text, title: Why}}
"""
FIVE = ("green", "amber-green", "amber", "amber-red", "red")


def test_every_scale_has_words_letters_and_shapes_of_its_own() -> None:
    for scale in scales.all_scales():
        for of in ("value", "word", "letter", "shape"):
            told = [getattr(step, of) for step in scale.answers]
            assert len(set(told)) == len(told), (scale.id, of)
        assert scale.title and scale.meaning and all(step.meaning for step in scale.answers)
    keys = [scale.key for scale in scales.all_scales()]
    assert len(set(keys)) == len(keys)


def test_published_ratings_stand_on_the_same_scales() -> None:
    for told in FileScale:
        scale = scales.published(told.value)
        assert scale is not None
        assert [step.word for step in scale.steps] == [str(colour.value) for colour in told.colours]


def test_the_scale_of_five_ended_before_that_of_three_began() -> None:
    five, three = scales.of("dca-5"), scales.of("dca-3")
    assert (five.ends, three.starts) == (date(2021, 3, 31), date(2022, 3, 1))
    assert tuple(step.value for step in five.steps) == FIVE


def test_a_strip_breaks_where_the_scale_changes_and_only_there() -> None:
    told = [("dca-5/1", "amber-red"), ("", "none"), ("dca-5/1", "amber"), ("", "none"), ("dca-3/1", "amber"), ("dca-3/1", "green")]
    assert scales.with_breaks(told) == ["amber-red", "none", "amber", "none", "break", "amber", "green"]
    assert [(period, a.id, b.id) for period, a, b in scales.changes([("May", "dca-5/1"), ("June", "dca-3/1")])] == [
        ("June", "dca-5", "dca-3")
    ]


@pytest.mark.parametrize("scale", ["dca-6", "dca-5/9", "", "Local RAG"])
def test_a_definition_on_an_unknown_scale_is_refused_with_those_there_are(scale: str) -> None:
    with pytest.raises(ContentError, match="local-rag, local-rag-plus, dca-5, dca-3, gateway"):
        content.read(TEXT.format(scale=scale or "''"))


def test_a_question_may_pick_its_own_scale_and_only_a_rating_has_one() -> None:
    text = TEXT.format(scale="local-rag").replace("title: Rating,", "title: Rating, scale: dca-3,")
    assert content.read(text).pinned().rating_scale.key == "dca-3/1"
    with pytest.raises(ContentError, match="a scale belongs to a question of kind rating"):
        content.read(text.replace("title: Why", "title: Why, scale: dca-3"))


@pytest.fixture
def rows(world: World) -> tuple[Return, Return]:
    """The returns of my project: of October on the local scale, with Amber; of November on the scale of five, not yet rated."""
    first = Return.objects.get(commission__initiative=world.programme, initiative=world.project)
    actions.move(REGISTERS["reporting.project_return"], first.pk, first.version, "send", actor(world.owner))
    definition = Definition.objects.get(pk=first.commission.definition_id)
    asked: Commission = first.commission
    Definition.objects.filter(pk=definition.pk).update(content=TEXT.format(scale="dca-5"), state="in_use")
    definition.refresh_from_db()
    period = (date(2026, 11, 1), date(2026, 11, 30)) if asked.period_to < date(2026, 11, 1) else (date(2027, 1, 1), date(2027, 1, 31))
    made = commissioning.commission(definition, [world.project.pk], period, actor(world.administrator))
    first.refresh_from_db()
    return first, made.returns.get()


def rated(row: Return, world: World, rating: str) -> Return:
    saved = answering.save(row.pk, {"q.rating": rating, "q.summary": "So it is."}, {}, actor(world.administrator))
    assert saved.faults == {}
    sent = answering.send(row.pk, saved.record.version, actor(world.administrator))
    assert isinstance(sent, Return)
    return sent


def test_a_claim_keeps_the_scale_and_version_that_it_was_asked_on(world: World, rows: tuple[Return, Return]) -> None:
    first, second = rows
    assert (first.scale, second.scale) == ("local-rag/1", "dca-5/1")
    asked = asking.asked_of(asking.return_of(second.pk, world.administrator) or second, world.administrator)
    question = next(answer for answer in asked.answers if answer.question.kind == "rating")
    assert tuple(value for value, _word in filling.rating_choices(question.question)) == FIVE
    assert boxes.of_answer(question).words == ["Green", "Amber/Green", "Amber", "Amber/Red", "Red"]
    assert question.before_period.endswith(", on Local RAG, which is not compared")
    assert rated(second, world, "Amber/Red").rating == "amber-red"


def test_a_rating_of_another_scale_is_refused_everywhere(world: World, rows: tuple[Return, Return]) -> None:
    first, second = rows
    saved = answering.save(second.pk, {"q.rating": "complete"}, {}, actor(world.administrator))
    assert "Choose one of: Green, Amber/Green, Amber, Amber/Red, Red." in saved.faults["q.rating"]
    with pytest.raises(Invalid, match="Its scale does not know this rating"):
        actions.change(REGISTERS["reporting.project_return"], second.pk, second.version, {"rating": "complete"}, actor(world.administrator))
    first.rating = "amber-green"
    with pytest.raises(ValidationError):
        first.clean()


def test_no_count_joins_two_scales_and_the_line_breaks(world: World, rows: tuple[Return, Return], signed_in: SignedIn) -> None:
    rated(rows[1], world, "Amber/Red")
    found = facts.dashboard(world.programme, world.administrator)
    assert [(period.scale.id, list(period.counts)) for period in found.periods] == [
        ("local-rag", ["green", "amber", "red", "none"]),
        ("dca-5", [*FIVE, "none"]),
    ]
    line = next(line for line in found.lines if line.initiative == world.project)
    assert (line.strip, line.scale_label) == (["amber", "break", "amber-red"], "DCA-5")
    told = eras(found.periods)
    assert [era.scale.id for era in told] == ["dca-5", "local-rag"]
    assert "before on Local RAG" in told[0].told and told[1].told == ""
    page = unescape(signed_in(world.administrator).get(reverse("reporting.dashboard", args=[world.programme.pk])).content.decode())
    assert told[0].told in page and "the scale changes" in page
    assert facts.dashboard(world.programme, world.administrator, rating="amber-red").total == 1
    detail = unescape(
        signed_in(world.administrator).get(reverse("initiatives.initiative.detail", args=[world.project.pk])).content.decode()
    )
    assert "before on Local RAG" in detail


def test_a_claim_is_compared_with_the_measure_only_on_the_local_scale() -> None:
    from mainstay.reporting.board_pack.facts import StatusFact  # the measure of nobody in particular
    from mainstay.reporting.cycle.measured import Measured

    red = Measured(StatusFact(code="X", rating="red"))
    assert (red.differs("green"), red.differs("green", "dca-3/1")) == (True, False)
    told = wording.claimed("amber-red", "dca-5/1")
    assert (told.word, told.shape) == ("Amber/Red (DCA-5)", "amber")
    assert wording.claimed("amber", "local-rag/1") == wording.rating("amber")
