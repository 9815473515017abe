"""A whole drawing from a result and what its reader asked for; the last ones are kept, since the same question gives the same picture."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from mainstay.engine.worktime import EPOCH
from mainstay.planning.calculations import load
from mainstay.planning.drawing.gantt import Frame, Picture, picture
from mainstay.planning.drawing.labels import labels
from mainstay.planning.drawing.rows import Chosen, choose
from mainstay.planning.drawing.ruled import AXIS, ROW
from mainstay.planning.drawing.scale import scale_of
from mainstay.planning.programme import Line, Programme


@dataclass(frozen=True, slots=True)
class Wish:
    """Everything that a picture depends on; equal wishes share one picture."""

    result_digest: str
    visible: tuple[int, ...]
    show: str
    scale: str
    closed: frozenset[str]
    today: date
    table_url: str
    kept: tuple[tuple[str, str], ...]
    """What the address says besides what is closed."""
    agreements: tuple[tuple[int, str, bool], ...]
    """Of each agreement that the reader may see: key, words, whether it is given after it is needed."""
    language: str


@dataclass(frozen=True, slots=True)
class Drawn:
    picture: Picture
    labels: str
    chosen: Chosen
    row_height: int = ROW
    axis_height: int = AXIS


@lru_cache(maxsize=32)
def drawn(wish: Wish) -> Drawn:
    programme = load(wish.result_digest)
    chosen = choose(programme, wish.visible, wish.show, wish.closed)
    today = (wish.today - EPOCH.date()).days * 1440
    first, last = reach(programme, wish.visible, today)
    frame = Frame(
        programme=programme,
        rows=chosen.rows,
        scale=scale_of(wish.scale, first, last),
        url_of=address_of(programme, wish.table_url),
        late=frozenset(key for key, _words, is_late in wish.agreements if is_late),
        agreement_names={key: words for key, words, _late in wish.agreements},
    )
    return Drawn(picture(frame, today), labels(frame, wish.closed, lambda code: toggled(wish, code)), chosen)


def reach(programme: Programme, visible: tuple[int, ...], today: int) -> tuple[int, int]:
    """First and last instant of what is shown, baselines included."""
    projects = [programme.projects[number] for number in visible]
    starts = [at for project in projects for at in (project.start, project.baseline_start) if at is not None]
    finishes = [at for project in projects for at in (project.finish, project.baseline_finish) if at is not None]
    return min(starts, default=today), max(finishes, default=today + 28 * 1440)


def address_of(programme: Programme, table_url: str) -> Callable[[Line], str]:
    """The address of a line in the table."""
    places = {id(line): place for place, line in enumerate(programme.lines)}

    def url_of(line: Line) -> str:
        place = places[id(line)]
        return f"{table_url}?at={place}#l-{place}"

    return url_of


def toggled(wish: Wish, code: str) -> str:
    closed = sorted(wish.closed ^ {code})
    return "?" + urlencode([*wish.kept, *(("closed", name) for name in closed)])
