"""Slides copied, moved and taken out, with what they show: their pictures and links go with them."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from pptx.oxml.ns import qn

ALONE = ("chart", "diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors", "diagramDrawing")
"""Parts that two slides may not share."""
LEFT = ("slideLayout", "notesSlide", "comments", *ALONE)
DRAWN = (qn("c:chart"), "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds")
RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def has_charts(slide: Any) -> bool:
    """Whether it holds what has parts of its own that a copy may not share: charts, diagrams."""
    return any(rel.reltype.rpartition("/")[2] in ALONE for rel in slide.part.rels.values())


def copied(file: Any, slide: Any) -> Any:
    """A copy of the slide at the end of the presentation; a chart stays on the first alone."""
    made = file.slides.add_slide(slide.slide_layout)
    old, new = slide._element, made._element
    refill(new.find(qn("p:cSld")), old.find(qn("p:cSld")))
    numbers = {}
    for number, rel in slide.part.rels.items():
        if rel.reltype.rpartition("/")[2] in LEFT:
            continue
        numbers[number] = made.part.relate_to(
            rel.target_ref if rel.is_external else rel.target_part, rel.reltype, is_external=rel.is_external
        )
    for element in new.iter():
        for name, value in element.attrib.items():
            if name.startswith(RELATIONS) and value in numbers:
                element.set(name, numbers[value])
    return made


def refill(new: Any, old: Any) -> None:
    """Background and shapes as on the other slide; the tree itself stays, for the library holds on to it."""
    if (ground := old.find(qn("p:bg"))) is not None:
        new.insert(0, deepcopy(ground))
    tree = new.find(qn("p:spTree"))
    for shape in list(tree):
        tree.remove(shape)
    for shape in old.find(qn("p:spTree")):
        if next(shape.iter(*DRAWN), None) is None:
            tree.append(deepcopy(shape))


def entry(file: Any, slide: Any) -> Any:
    """The slide's place in the list of slides."""
    return next(one for one in file.slides._sldIdLst if one.id == slide.slide_id)


def move_after(file: Any, slide: Any, other: Any) -> None:
    entry(file, other).addnext(entry(file, slide))


def remove(file: Any, slide: Any) -> None:
    own = entry(file, slide)
    file.part.drop_rel(own.rId)
    file.slides._sldIdLst.remove(own)
