"""The whole of an integrated plan as columns of numbers, for the interactive drawing: what a reader may see, kept compressed in memory."""

import gzip
import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from mainstay.planning.calculations import load
from mainstay.planning.programme import Line, Programme

SUMMARY, MILESTONE, CRITICAL, ON_PATH = 1, 2, 4, 8
DRIVING, BETWEEN = 1, 2


@lru_cache(maxsize=8)
def compressed(result_digest: str, visible: tuple[int, ...]) -> bytes:
    """The columns as compressed JSON; the same digest and the same projects give the same bytes."""
    document = columns(load(result_digest), visible)
    return gzip.compress(json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"), 6, mtime=0)


def columns(programme: Programme, visible: Sequence[int]) -> dict[str, Any]:
    """Instants are minutes after ``base``; None is not known. ``place`` is the line's place in the programme, as the table names it."""
    allowed = set(visible)
    places = [place for place, line in enumerate(programme.lines) if line.project in allowed]
    number = {place: at for at, place in enumerate(places)}
    lines = [programme.lines[place] for place in places]
    projects = {project: at for at, project in enumerate(visible)}
    base = min((at for line in lines for at in (line.start, line.baseline_start) if at is not None), default=0)

    def after(instant: int | None) -> int | None:
        return None if instant is None else instant - base

    bonds = [bond for bond in programme.bonds if bond.source in number and bond.target in number]
    return {
        "base": base,
        "projects": [
            {
                "code": row.code,
                "title": row.title,
                "status": after(row.status),
                "start": after(row.start),
                "finish": after(row.finish),
                "baseline_start": after(row.baseline_start),
                "baseline_finish": after(row.baseline_finish),
            }
            for row in (programme.projects[place] for place in visible)
        ],
        "lines": {
            "place": places,
            "project": [projects[line.project] for line in lines],
            "uid": [line.uid for line in lines],
            "code": [line.code for line in lines],
            "name": [line.name for line in lines],
            "outline": [line.outline for line in lines],
            "flags": [flags(line, is_on_path=place in programme.on_path) for place, line in zip(places, lines, strict=True)],
            "percent": [line.percent for line in lines],
            "start": [after(line.start) for line in lines],
            "finish": [after(line.finish) for line in lines],
            "baseline_start": [after(line.baseline_start) for line in lines],
            "baseline_finish": [after(line.baseline_finish) for line in lines],
            "float": [None if line.total_float is None else round(line.total_float) for line in lines],
        },
        "links": {
            "source": [number[bond.source] for bond in bonds],
            "target": [number[bond.target] for bond in bonds],
            "type": [bond.type for bond in bonds],
            "flags": [
                (DRIVING if bond.is_driving else 0)
                | (BETWEEN if programme.lines[bond.source].project != programme.lines[bond.target].project else 0)
                for bond in bonds
            ],
        },
    }


def flags(line: Line, *, is_on_path: bool) -> int:
    return (
        (SUMMARY if line.is_summary else 0)
        | (MILESTONE if line.is_milestone else 0)
        | (CRITICAL if line.is_critical else 0)
        | (ON_PATH if is_on_path else 0)
    )
