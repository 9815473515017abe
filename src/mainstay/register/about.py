"""What people say about a record and hang on it: comments, files, watching. Each has its event in the history, in the same transaction."""

import tempfile
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.formats import gate
from mainstay.formats.errors import FormatError
from mainstay.formats.kinds import PLANS, FileKind
from mainstay.register import history, store
from mainstay.register.access import verbs_on, visible_to
from mainstay.register.errors import Invalid, NotFound, Refused
from mainstay.register.history import Actor, Event
from mainstay.register.models import Attachment, Change, Comment, Watch
from mainstay.register.spec import Register

LONGEST_COMMENT = 4000
LONGEST_NAME = 200
KINDS = PLANS | {
    FileKind.PDF, FileKind.PNG, FileKind.JPEG, FileKind.GIF, FileKind.DOCX, FileKind.XLSX, FileKind.PPTX, FileKind.ODT, FileKind.ODS,
    FileKind.ODP, FileKind.XLS, FileKind.TEXT,
}  # fmt: skip
"""Files that can be attached: documents, pictures, workbooks and plans; nothing that runs."""


def subject(register: type[Register], pk: int, actor: Actor, verb: str) -> Any:
    """The record, when `actor` may do `verb` to it."""
    record = visible_to(actor.account, register).filter(pk=pk).first()
    if record is None:
        raise NotFound
    if verb not in verbs_on(actor.account, register, record):
        raise Refused(_("You may see %(ref)s but not do this to it.") % {"ref": record.ref})
    return record


def note(register: type[Register], record: Any, actor: Actor, verb: str, reason: str = "") -> None:
    history.append([Event(register.key, verb, record.pk, record.ref, register.path(record), {}, {}, reason)], actor)


@transaction.atomic
def comment(register: type[Register], pk: int, text: str, actor: Actor) -> Comment:
    record = subject(register, pk, actor, "comment")
    words = text.replace("\x00", "").strip()
    if not words:
        raise Invalid({"text": [_("The comment is empty. Write what you have to say about it.")]})
    if len(words) > LONGEST_COMMENT:
        raise Invalid(
            {"text": [_("The comment has %(count)d characters. Shorten it to %(most)d.") % {"count": len(words), "most": LONGEST_COMMENT}]}
        )
    made = Comment.objects.create(register=register.key, record_id=record.pk, by=actor.account, text=words)
    note(register, record, actor, "comment")
    return made


@transaction.atomic
def take_back(register: type[Register], pk: int, comment_id: int, actor: Actor) -> None:
    """Take a comment off the page; its own author may, and whoever may withdraw the record."""
    record = subject(register, pk, actor, "view")
    held = Comment.objects.select_for_update().filter(pk=comment_id, register=register.key, record_id=record.pk, is_withdrawn=False).first()
    if held is None:
        raise NotFound
    if held.by_id != getattr(actor.account, "pk", None) and "withdraw" not in verbs_on(actor.account, register, record):
        raise Refused(_("Only the author may take back a comment."))
    held.is_withdrawn = True
    held.save(update_fields=["is_withdrawn"])
    note(register, record, actor, "uncomment")


def safe_name(name: str) -> str:
    """The file's own name without a path or anything that does not show."""
    plain = "".join(letter for letter in PurePath(name.replace("\\", "/")).name if letter.isprintable())
    stem, suffix = PurePath(plain).stem, PurePath(plain).suffix
    return f"{stem[: LONGEST_NAME - len(suffix)]}{suffix}"[:LONGEST_NAME] or "file"


def attach(register: type[Register], pk: int, file: UploadedFile[Any] | None, actor: Actor) -> Attachment:
    """Keep a file that passes the gate under the digest of its content, and hang it on the record."""
    subject(register, pk, actor, "change")
    if file is None:
        raise Invalid({"file": [_("No file was chosen. Choose one first.")]})
    name = safe_name(file.name or "")
    content, kind = admitted(file, name)
    with transaction.atomic():
        record = subject(register, pk, actor, "change")
        digest = store.put(content)
        made = Attachment.objects.create(
            register=register.key,
            record_id=record.pk,
            by=actor.account,
            name=name,
            digest=digest,
            size=len(content),
            content_type=kind.value,
        )
        note(register, record, actor, "attach", name)
    return made


def admitted(file: UploadedFile[Any], name: str) -> tuple[bytes, FileKind]:
    """The content, when its kind and size are taken here."""
    size, most = file.size or 0, settings.UPLOAD_LIMIT_BYTES
    if size > most:
        words = {"name": name, "size": size // 2**20, "most": most // 2**20}
        raise Invalid({"file": [_("%(name)s has %(size)d MB; %(most)d MB is the most that is taken.") % words]})
    with tempfile.NamedTemporaryFile(suffix=PurePath(name).suffix[:20]) as held:
        for chunk in file.chunks():
            held.write(chunk)
        held.flush()
        try:
            kind = gate.admit(Path(held.name), KINDS, name=name, most_bytes=settings.UPLOAD_LIMIT_BYTES)
        except FormatError as fault:
            raise Invalid({"file": [f"{name}: {fault}"]}) from fault
        return Path(held.name).read_bytes(), kind


@transaction.atomic
def detach(register: type[Register], pk: int, attachment_id: int, actor: Actor) -> None:
    record = subject(register, pk, actor, "change")
    held = (
        Attachment.objects.select_for_update()
        .filter(pk=attachment_id, register=register.key, record_id=record.pk, is_withdrawn=False)
        .first()
    )
    if held is None:
        raise NotFound
    held.is_withdrawn = True
    held.save(update_fields=["is_withdrawn"])
    note(register, record, actor, "detach", held.name)


def watch_of(register: type[Register], pk: int, account: Account | None) -> Watch | None:
    return None if account is None else Watch.objects.filter(register=register.key, record_id=pk, by=account, is_withdrawn=False).first()


@transaction.atomic
def watch(register: type[Register], pk: int, actor: Actor) -> None:
    """From now on the account hears of changes; once more, and it has seen all up to now."""
    record = subject(register, pk, actor, "view")
    last = (
        Change.objects.filter(register=register.key, record_id=record.pk).order_by("-sequence").values_list("sequence", flat=True).first()
    )
    Watch.objects.update_or_create(
        register=register.key, record_id=record.pk, by=actor.account, defaults={"seen": last or 0, "is_withdrawn": False}
    )


@transaction.atomic
def unwatch(register: type[Register], pk: int, actor: Actor) -> None:
    record = subject(register, pk, actor, "view")
    Watch.objects.filter(register=register.key, record_id=record.pk, by=actor.account).update(is_withdrawn=True)
