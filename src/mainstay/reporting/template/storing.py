"""Templates in and out: a checked file becomes a draft, or the next edition of one; which templates a snapshot's pack may be made from."""

import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.initiatives.initiative.model import Initiative
from mainstay.register import actions, store
from mainstay.register.access import may, paths_for, visible_to
from mainstay.register.derived import derive
from mainstay.register.errors import Invalid
from mainstay.register.history import Actor
from mainstay.reporting.snapshot.model import Snapshot
from mainstay.reporting.snapshot.register import SnapshotRegister
from mainstay.reporting.template.model import Template
from mainstay.reporting.template.register import TemplateRegister
from mainstay.reporting.templating import limited
from mainstay.reporting.templating.limited import Checked

LONGEST_NAME = 200


def may_add(place: Initiative, account: Account | None) -> bool:
    return any(place.path.startswith(path) for path in paths_for(account, TemplateRegister, "create"))


@dataclass(frozen=True, slots=True)
class Held:
    """A file that was sent, checked."""

    name: str
    content: bytes
    checked: Checked


def received(file: "UploadedFile[Any]") -> Held:
    """The file, checked as a template. Larger than any template is said before it is read."""
    name = tidy(file.name)
    if (file.size or 0) > limited.MOST_BYTES:
        told = {"name": name, "most": limited.MOST_BYTES // 2**20}
        raise Invalid({"file": [_("%(name)s has more than %(most)d MB. Make its pictures smaller.") % told]})
    with tempfile.NamedTemporaryFile(suffix=PurePath(name).suffix[:20]) as held:
        for chunk in file.chunks():
            held.write(chunk)
        held.flush()
        path = Path(held.name)
        return Held(name, path.read_bytes(), limited.check(path, name))


def tidy(name: str | None) -> str:
    """A file's name without folders or what cannot be printed."""
    kept = "".join(letter for letter in PurePath((name or "").replace("\\", "/")).name if letter.isprintable())
    return kept[-LONGEST_NAME:] or _("unnamed")


@transaction.atomic
def add(place: Initiative, held: Held, values: dict[str, Any], actor: Actor, *, once: str = "") -> Template:
    """A new template, a draft until somebody puts it into use."""
    refuse_faulty(held)
    made = actions.create(TemplateRegister, {"initiative": place.pk, **values}, actor, once=once)
    if not made.digest:
        derive(TemplateRegister, made, of_file(held, 1), actor, verb="import", reason=held.name)
    return Template.objects.get(pk=made.pk)


@transaction.atomic
def replace(template: Template, version: int | None, held: Held, actor: Actor) -> Template:
    """The next edition. What was made from earlier ones can be made again: their files stay in the store."""
    refuse_faulty(held)
    record = actions.locked(TemplateRegister, template.pk, version, actor, "change")
    if record.kind != held.checked.kind:
        raise Invalid(
            {
                "file": [
                    _("The next edition is a %(kind)s file too. Add this one as a template of its own.")
                    % {"kind": record.get_kind_display()}
                ]
            }
        )
    derive(TemplateRegister, record, of_file(held, record.edition + 1), actor, verb="import", reason=held.name)
    return Template.objects.get(pk=record.pk)


def of_file(held: Held, edition: int) -> dict[str, Any]:
    return {
        "kind": held.checked.kind,
        "edition": edition,
        "file_name": held.name,
        "digest": store.put(held.content),
        "size": len(held.content),
        "names": list(held.checked.used),
    }


def refuse_faulty(held: Held) -> None:
    if held.checked.faults:
        raise Invalid({"file": [f"{fault.place}: {fault.text}" for fault in held.checked.faults]})


def in_use(place: Initiative) -> list[Template]:
    """The templates that hold for an initiative: its own and those of all above it."""
    above = [int(step) for step in place.path.split("/") if step]
    rows = Template.objects.filter(initiative__in=above, state="in_use", is_withdrawn=False).exclude(digest="")
    return list(rows.select_related("initiative").order_by("title", "pk"))


def usable(pk: int, snapshot: Snapshot, account: Account | None) -> Template | None:
    """The template, where it is in use for the snapshot; a draft only for those who may change it."""
    found = next((row for row in in_use(snapshot.initiative) if row.pk == pk), None)
    if found is not None:
        return found
    draft = visible_to(account, TemplateRegister, "change").filter(pk=pk, is_withdrawn=False).exclude(digest="").first()
    is_above = draft is not None and snapshot.initiative.path.startswith(draft.initiative.path)
    return cast("Template", draft) if is_above else None


def to_try(template: Template, account: Account | None, most: int = 3) -> list[Snapshot]:
    """The latest snapshots that it can be tried with."""
    if not may(account, "export", SnapshotRegister):
        return []
    rows = visible_to(account, SnapshotRegister, "export").filter(initiative__path__startswith=template.initiative.path, is_withdrawn=False)
    return list(rows.select_related("initiative").order_by("-sequence", "-pk")[:most])
