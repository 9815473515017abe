"""The network of promises as SVG: projects in layers from givers to getters, an arrow for each pair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import escape

from mainstay.planning.drawing.gantt import group

COLUMN, LINE, BOX_WIDTH, BOX_HEIGHT, EDGE = 260, 76, 150, 40, 12

Key = int | str
"""What names a project, or a party outside, in one network."""


@dataclass(frozen=True, slots=True)
class Node:
    """A project of the network, or a party outside."""

    key: Key
    label: str
    told: str
    url: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """All that one project gives another."""

    giver: Key
    getter: Key
    label: str
    kind: str
    """`late`, `at risk` or `on track`: the worst of them."""
    told: str
    url: str


CLASSES = {"late": "link-late", "at risk": "link-give"}


def layers(nodes: Sequence[Key], arrows: Sequence[tuple[Key, Key]]) -> dict[Key, int]:
    """The layer of each node: one further than all that give to it. An arrow that closes a circle counts for nothing."""
    forward = acyclic(nodes, arrows)
    layer = dict.fromkeys(nodes, 0)
    for _round in nodes:
        moved = False
        for giver, getter in forward:
            if layer[getter] <= layer[giver]:
                layer[getter], moved = layer[giver] + 1, True
        if not moved:
            break
    return layer


def acyclic(nodes: Sequence[Key], arrows: Sequence[tuple[Key, Key]]) -> list[tuple[Key, Key]]:
    """The arrows that lead to no node from which they can be reached, in their order."""
    after: dict[Key, set[Key]] = {node: set() for node in nodes}
    kept = []
    for giver, getter in arrows:
        if giver != getter and giver not in reached(getter, after):
            after[giver].add(getter)
            kept.append((giver, getter))
    return kept


def reached(node: Key, after: Mapping[Key, set[Key]]) -> set[Key]:
    found, rest = {node}, [node]
    while rest:
        for each in after[rest.pop()]:
            if each not in found:
                found.add(each)
                rest.append(each)
    return found


@dataclass(frozen=True, slots=True)
class Picture:
    """What the template places."""

    inner: str
    width: int
    height: int


def network(nodes: Sequence[Node], arrows: Sequence[Arrow]) -> Picture:
    """Givers at the left; arrows first, so that boxes and their names lie above them."""
    layer = layers([node.key for node in nodes], [(arrow.giver, arrow.getter) for arrow in arrows])
    filled: dict[int, int] = {}
    places: dict[Key, tuple[int, int]] = {}
    for node in nodes:
        at = layer[node.key]
        places[node.key] = (EDGE + at * COLUMN, EDGE + filled.get(at, 0) * LINE)
        filled[at] = filled.get(at, 0) + 1
    drawn = [arrow_of(arrow, places) for arrow in arrows]
    boxes = [box(node, *places[node.key]) for node in nodes]
    width = max((x for x, _y in places.values()), default=0) + BOX_WIDTH + 2 * EDGE
    height = max((y for _x, y in places.values()), default=0) + BOX_HEIGHT + 2 * EDGE
    return Picture("".join([*drawn, *boxes]), width, height)


def box(node: Node, x: int, y: int) -> str:
    inner = (
        f'<rect class="bar" x="{x}" y="{y}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="4"/>'
        f'<text class="b halo-bar" x="{x + BOX_WIDTH / 2}" y="{y + BOX_HEIGHT / 2 + 4}" text-anchor="middle">{escape(node.label)}</text>'
    )
    return group(node.told, node.url, inner)


def arrow_of(arrow: Arrow, places: Mapping[Key, tuple[int, int]]) -> str:
    """From the right of the giver to the left of the getter; back to an earlier layer it leaves and arrives below."""
    (x1, y1), (x2, y2) = places[arrow.giver], places[arrow.getter]
    if x2 > x1:
        start, end = (x1 + BOX_WIDTH, y1 + BOX_HEIGHT // 2), (x2 - 2, y2 + BOX_HEIGHT // 2)
        bend = (end[0] - start[0]) / 2
        curve = f"M{start[0]} {start[1]}C{start[0] + bend} {start[1]} {end[0] - bend} {end[1]} {end[0]} {end[1]}"
        head = f"M{end[0]} {end[1]}l-7 -4v8z"
    else:
        start, end = (x1 + BOX_WIDTH // 2 - 14, y1 + BOX_HEIGHT), (x2 + BOX_WIDTH // 2 + 14, y2 + BOX_HEIGHT + 2)
        low = max(start[1], end[1]) + 26
        curve = f"M{start[0]} {start[1]}C{start[0]} {low} {end[0]} {low} {end[0]} {end[1]}"
        head = f"M{end[0]} {end[1]}l-4 7h8z"
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 - 5)
    label = f'<text class="small halo" x="{middle[0]}" y="{middle[1]}" text-anchor="middle">{escape(arrow.label)}</text>'
    kind = CLASSES.get(arrow.kind, "link")
    inner = f'<path class="{kind}" d="{curve}"/><path class="{"arrow-c" if arrow.kind == "late" else "arrow"}" d="{head}"/>{label}'
    return group(arrow.told, arrow.url, inner)
