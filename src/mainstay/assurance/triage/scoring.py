"""Answers to a question bank: read from lines, scored, and the five that weigh most.

Ratings are counted from 1, the lowest. The house table of two parts (A consequence, B complexity, 1 to 5) is ours: Low where A is 1, or
neither is above 2; High where A + B is 8 or more, or either is 5 with the other 3 or more; else Medium.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mainstay.assurance.triage.form import Form, FormError, Section

MOST_TOLD = 5
LOW, MEDIUM, HIGH = "low", "medium", "high"


@dataclass(frozen=True, slots=True)
class Answer:
    code: str
    rating: int
    """From 1, the lowest."""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What the answers come to; `overall` is "" while something that it needs is missing."""

    overall: str = ""
    parts: Mapping[str, int] = field(default_factory=dict)
    total: int = 0
    missing: tuple[str, ...] = ()
    unjustified: tuple[str, ...] = ()
    has_stopped: bool = False
    """The first part was so low that the others need no answer."""
    top: tuple[Answer, ...] = ()

    @property
    def is_complete(self) -> bool:
        return not self.missing and not self.unjustified


def parse(form: Form, text: str) -> dict[str, Answer]:
    """`A1 | High | why`, one to a line; `FormError` with a sentence for each line that cannot be read."""
    known = {question.code.lower(): question.code for question in form.questions}
    found: dict[str, Answer] = {}
    wrong: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        code, rating, why = [part.strip() for part in (*line.split("|", 2), "", "")[:3]]
        place = rating_of(form, rating)
        if code.lower() not in known:
            wrong.append(f"Line {number}: {code[:20]} is no question of {form.key}.")
        elif rating and place is None:
            wrong.append(f"Line {number}: {rating[:20]} is no rating. Choose {', '.join(form.ratings)}.")
        elif len(why) > form.longest:
            wrong.append(f"Line {number}: the justification has {len(why)} characters, and {form.longest} are wanted at most.")
        elif known[code.lower()] in found:
            wrong.append(f"Line {number}: {code} is answered twice.")
        elif place is not None:
            found[known[code.lower()]] = Answer(known[code.lower()], place, why)
    if wrong:
        raise FormError(wrong)
    return found


def rating_of(form: Form, text: str) -> int | None:
    """The place of a rating by its name or the first letters of its words (VL, H), or by its number."""
    small = text.lower()
    for place, name in enumerate(form.ratings, 1):
        if small in (name.lower(), "".join(word[0] for word in name.lower().split()), str(place)):
            return place
    return None


def written(form: Form, answers: Mapping[str, Answer]) -> str:
    """The lines that `parse` reads."""
    held = [answers[question.code] for question in form.questions if question.code in answers]
    return "\n".join(f"{one.code} | {form.ratings[one.rating - 1]} | {one.why}".rstrip(" |") for one in held)


def part_rating(part: Section, answers: Mapping[str, Answer]) -> int | None:
    """The rating of a part; None while one of its questions has no answer."""
    given = [answers[question.code].rating for question in part.questions if question.code in answers]
    if len(given) < len(part.questions):
        return None
    return max(given) if part.combine == "highest" else (2 * sum(given) + len(given)) // (2 * len(given))


def score(form: Form, answers: Mapping[str, Answer]) -> Result:
    parts: dict[str, int] = {}
    wanted: list[str] = []
    has_stopped = False
    for part in form.parts:
        if has_stopped:
            break
        wanted += [question.code for question in part.questions]
        rating = part_rating(part, answers)
        if rating is not None:
            parts[part.code] = rating
            has_stopped = form.stop is not None and form.stop[0] == part.code and rating <= form.stop[1]
    counted = [answers[code] for code in wanted if code in answers]
    missing = tuple(code for code in wanted if code not in answers)
    total = sum(answer.rating for answer in counted)
    return Result(
        "" if missing else overall(form, parts, total, counted),
        parts,
        total,
        missing,
        tuple(answer.code for answer in counted if form.justified and not answer.why),
        has_stopped,
        top(form, answers, wanted),
    )


def overall(form: Form, parts: Mapping[str, int], total: int, counted: list[Answer]) -> str:
    if form.method == "sum":
        return next((name for limit, name in form.bands if total <= limit), form.bands[-1][1])
    if form.method == "highest":
        share = max(answer.rating for answer in counted) / len(form.ratings)
        return LOW if share <= 0.4 else MEDIUM if share <= 0.6 else HIGH
    ratings = [parts[part.code] for part in form.parts if part.code in parts]
    return LOW if len(ratings) < 2 else by_table(ratings[0], ratings[1])


def by_table(consequence: int, complexity: int) -> str:
    """The house table for two ratings from 1 to 5."""
    if consequence == 1 or max(consequence, complexity) <= 2:
        return LOW
    if consequence + complexity >= 8 or (max(consequence, complexity) == 5 and min(consequence, complexity) >= 3):
        return HIGH
    return MEDIUM


def top(form: Form, answers: Mapping[str, Answer], wanted: list[str]) -> tuple[Answer, ...]:
    """The five answers with the highest ratings, equal ones in the order of the questions: the Australian rule."""
    place = {question.code: number for number, question in enumerate(form.questions)}
    held = [answers[code] for code in wanted if code in answers]
    return tuple(sorted(held, key=lambda answer: (-answer.rating, place[answer.code]))[:MOST_TOLD])
