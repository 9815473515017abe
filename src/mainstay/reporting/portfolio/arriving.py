"""A publication sent by a person: kept with its mapping, read again with each correction, taken in or discarded."""

from collections.abc import Mapping as MappingOf
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.formats import portfolio
from mainstay.formats.portfolio import Field, Publication
from mainstay.formats.portfolio.mapping import of_json
from mainstay.formats.spreadsheet.limits import Limits
from mainstay.initiatives.initiative.model import Initiative
from mainstay.register.errors import Invalid
from mainstay.register.history import Actor
from mainstay.reporting.portfolio import taking
from mainstay.reporting.portfolio.file import PublishedFile, Stage

MOST_BYTES = Limits().file_mb * 1_000_000
KEEP = timedelta(days=14)
LIKE_BEFORE = 0.6
"""A saved mapping is offered where this share of its headings stands in the new file."""


def receive(file: "UploadedFile[Any] | None", into: Initiative, actor: Actor, figures_on: date | None) -> PublishedFile:
    """Keep a file that can be read; what was said of an earlier one with the same headings counts for it, too."""
    if file is None or not file.size:
        raise Invalid({"file": [_("Choose the table of projects: a CSV file or a workbook.")]})
    if file.size > MOST_BYTES:
        raise Invalid({"file": [_("The file is larger than %(most)d MB. Split it.") % {"most": Limits().file_mb}]})
    assert actor.account is not None  # noqa: S101  # the page asks for a signed-in account
    name = Path((file.name or "").replace("\\", "/")).name[-200:]
    made = PublishedFile(by=actor.account, into=into, name=name, content=file.read(), figures_on=figures_on)
    made.mapping = saved_for(read(made), into)
    made.save()
    return made


def read(held: PublishedFile) -> Publication:
    """Raises FormatError with a sentence."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / "table"
        place.write_bytes(bytes(held.content))
        return portfolio.read(place, held.name, of_json(held.mapping, held.figures_on))


def saved_for(found: Publication, into: Initiative) -> dict[str, Any]:
    """The mapping of the latest file of this portfolio with headings like these; {} where there is none."""
    headings = {column.heading for column in found.columns}
    for held in PublishedFile.objects.filter(into=into, stage=Stage.TAKEN).defer("content")[:10]:
        said = dict(held.mapping)
        fields = dict(said.get("fields") or {})
        if fields and len(headings & set(fields)) >= LIKE_BEFORE * len(fields):
            return said
    return {}


def correct(held: PublishedFile, told: MappingOf[str, str], found: Publication) -> None:
    """What a person chose on the page: a field for each heading, unit, order of dates, scale and the day."""
    known = {field.value for field in Field}
    fields = {}
    for number, column in enumerate(found.columns):
        chosen = told.get(f"field-{number}")
        if chosen is not None:
            fields[column.heading] = chosen if chosen in known else None
    held.mapping = {
        "fields": fields,
        "unit": told.get("unit", "") or None,
        "month_first": {"month": True, "day": False}.get(told.get("order", "")),
        "scale": told.get("scale", "") or None,
        "price_base": told.get("price_base", "").strip(),
        "sheet": told.get("sheet", "")[:200],
    }
    held.figures_on = day_of(told.get("figures_on", "")) or held.figures_on
    held.save(update_fields=["mapping", "figures_on"])


def decide(held: PublishedFile, told: MappingOf[str, str], seen: taking.Preview) -> dict[int, bool]:
    """What a person has said of doubtful projects, kept with the file."""
    decisions = {line.at: answer == "same" for line in seen.doubtful if (answer := told.get(f"is-{line.at}", "")) in ("same", "new")}
    held.decisions = {str(at): answer for at, answer in decisions.items()}
    held.save(update_fields=["decisions"])
    return decisions


@transaction.atomic
def take_in(held: PublishedFile, seen: taking.Preview, actor: Actor, decisions: MappingOf[int, bool]) -> dict[str, int]:
    """All of it or nothing; the file's mapping stays for the next one, its content goes."""
    waiting = PublishedFile.objects.select_for_update().filter(pk=held.pk, stage=Stage.READY)
    if not waiting.exists():
        raise Invalid({"file": [_("This file has been taken in or discarded already.")]})
    counts = taking.take_in(seen, actor, decisions)
    waiting.update(stage=Stage.TAKEN, told=counts, content=b"", mapping=said_of(seen.found, held.mapping))
    return counts


def said_of(found: Publication, mapping: MappingOf[str, Any]) -> dict[str, Any]:
    """The whole mapping as it was used, whether chosen or told from the headings."""
    return {**mapping, "fields": {each.heading: each.field.value if each.field else None for each in found.columns}}


def discard(held: PublishedFile) -> None:
    PublishedFile.objects.filter(pk=held.pk, stage=Stage.READY).update(stage=Stage.DISCARDED, content=b"")


def clear_old() -> int:
    """Files that nobody has taken in or discarded."""
    old = PublishedFile.objects.filter(stage=Stage.READY, at__lt=timezone.now() - KEEP)
    return old.update(stage=Stage.DISCARDED, content=b"")


def day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
