"""Rows of a file into a register, in three steps on one address: choose the file, look at what it would do, do it."""

import tempfile
from pathlib import Path
from typing import Any

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from mainstay.formats.errors import FormatError
from mainstay.formats.spreadsheet import Workbook, read
from mainstay.formats.spreadsheet.sheet import column_name
from mainstay.register import store
from mainstay.register.access import visible_to
from mainstay.register.actions import InvalidRows
from mainstay.register.errors import Invalid, NotFound
from mainstay.register.pages.page import Page, text_of
from mainstay.register.pages.told import tell
from mainstay.register.requests import actor_of
from mainstay.register.spec import REGISTERS, Register
from mainstay.register.tables import columns_of
from mainstay.register.transfer import importing
from mainstay.register.transfer.columns import complete
from mainstay.register.transfer.plan import Kind, Preview
from mainstay.register.typed import whole_number

SALT = "mainstay.register.import"
HOURS = 12
MOST_BYTES = 25_000_000
SHOWN = 100
"""Rows of each kind that the preview shows; the counts are of all."""


@require_http_methods(["GET", "HEAD", "POST"])
def import_rows(request: HttpRequest, register: type[Register]) -> HttpResponse:
    if request.method != "POST":
        return ask(request, register)
    if "file" in request.FILES:
        return receive(request, register)
    held = held_file(request, register)
    if held is None:
        return ask(request, register, problem=_("Choose the file."))
    return preview(request, register, held)


def ask(request: HttpRequest, register: type[Register], *, problem: str = "", status: int = 200) -> HttpResponse:
    context = {
        "register": register,
        "title": _("Import %(what)s") % {"what": register.title().lower()},
        "breadcrumbs": [{"label": register.title(), "url": f"{register.url('list')}?view=all"}],
        "problem": problem,
        "columns": [column for column in complete(register) if column.name not in ("ref", "version")],
        "needed": [
            columns_of(register)[name].label
            for name in register.fields()
            if not register.field(name).blank and not register.field(name).has_default()
        ],
        "template_url": f"{register.url('export')}?form=xlsx&what=all",
        "guide": register.url("guide"),
    }
    return render(request, "register/import.html", context, status=422 if problem else status)


def receive(request: HttpRequest, register: type[Register]) -> HttpResponse:
    """Keep the file under its content and go on to its preview; the form then carries a signed note of it."""
    file = request.FILES["file"]
    if not isinstance(file, UploadedFile):
        return ask(request, register, problem=_("Choose the file."))
    if (file.size or 0) > MOST_BYTES:
        return ask(request, register, problem=_("The file has more than %(most)s MB. Split it.") % {"most": MOST_BYTES // 1_000_000})
    digest = store.put(file.read())
    account = actor_of(request).account
    note = signing.dumps([register.key, account.pk if account else 0, digest, (file.name or "file")[-150:]], salt=SALT, compress=True)
    return preview(request, register, (digest, (file.name or "file")[-150:], note))


def held_file(request: HttpRequest, register: type[Register]) -> tuple[str, str, str] | None:
    """Digest, name and note of the file that an earlier step has received: for this register and from this account only."""
    note = request.POST.get("held", "")
    if not note:
        return None
    try:
        key, account_id, digest, name = signing.loads(note, salt=SALT, max_age=HOURS * 3600)
    except signing.BadSignature:
        return None
    account = actor_of(request).account
    if key != register.key or account is None or account_id != account.pk:
        raise NotFound
    return digest, name, note


def opened(digest: str, name: str) -> Workbook:
    """The file read again from the store: what was kept is what is read."""
    with tempfile.TemporaryDirectory(prefix="mainstay-import-") as folder:
        path = Path(folder) / "file"
        path.write_bytes(store.get(digest))
        return read(path, name)


def preview(request: HttpRequest, register: type[Register], held: tuple[str, str, str]) -> HttpResponse:
    digest, name, note = held
    actor = actor_of(request)
    try:
        book = opened(digest, name)
        found = importing.preview(register, book, actor, **wishes(request, register))
    except FormatError as fault:
        return ask(request, register, problem=f"{name}: {fault}")
    except store.StoreError:
        return ask(request, register, problem=_("The file is no longer kept. Choose it again."))
    except Invalid as fault:
        return ask(request, register, problem=" ".join(text for texts in fault.errors.values() for text in texts))
    problem = ""
    if request.POST.get("step") == "apply":
        if request.POST.get("fingerprint") != found.fingerprint:
            problem = _("Something has changed since you looked at this. Look again: this is what the file would do now.")
        elif found.may_apply:
            return apply(request, register, found, name)
    return show(request, register, found, book, name, note, problem)


def wishes(request: HttpRequest, register: type[Register]) -> dict[str, Any]:
    """What the person has said about the file: sheet, row of headings, fields of the columns, and what holds for all rows."""
    post, account = request.POST, actor_of(request).account
    told: dict[str, Any] = {"unversioned": post.get("unversioned") == "yes", "add": post.get("add") == "yes"}
    if post.get("sheet"):
        told["sheet"] = post["sheet"]
    row = post.get("header_row", "")
    if (number := whole_number(row, 7)) is not None:
        told["header_row"] = number
    # A mapping belongs to the headings that it was made for; with another sheet or row it is found anew.
    if post.get("mapped_for") == f"{post.get('sheet', '')}:{row}":
        told["fields"] = mapping_of(post)
    initiative = place_of(register, account, post)
    if initiative is not None:
        told["defaults"] = {"initiative": initiative}
    return told


def mapping_of(post: QueryDict) -> dict[int, str]:
    found = {}
    for name, value in post.items():
        number = whole_number(name.removeprefix("column-"), 5) if name.startswith("column-") else None
        if number is not None:
            found[number] = str(value)
    return found


def place_of(register: type[Register], account: Any, post: QueryDict) -> int | None:
    tree = REGISTERS.get("initiatives.initiative")
    text = text_value(post, "initiative")
    if not text or tree is None or "initiative" not in register.fields():
        return None
    rows = visible_to(account, tree)
    code = text.split(" ")[0]
    found = rows.filter(code__iexact=text).first() or rows.filter(code__iexact=code).first() or rows.filter(title__iexact=text).first()
    return found.pk if found else None


def text_value(post: QueryDict, name: str) -> str:
    return post.get(name, "").replace("\x00", "").strip()


def apply(request: HttpRequest, register: type[Register], found: Preview, name: str) -> HttpResponse:
    reason = text_of(request, "reason") or _("Imported from %(name)s.") % {"name": name}
    try:
        done = importing.apply(found, actor_of(request), reason=reason[:2000], once=f"import:{found.fingerprint}"[:80])
    except InvalidRows as fault:
        texts = [text for faults in fault.rows.values() for some in faults.values() for text in some]
        return ask(request, register, problem=_("Nothing is saved. %(why)s") % {"why": " ".join(texts[:5])})
    except Invalid as fault:
        return ask(
            request,
            register,
            problem=_("Nothing is saved. %(why)s") % {"why": " ".join(text for some in fault.errors.values() for text in some)},
        )
    if done.was_done_before:
        tell(request, _("This file was imported already; nothing has been done twice."))
    else:
        tell(
            request,
            _("%(name)s is imported: %(new)s, %(changed)s, %(same)s unchanged.")
            % {
                "name": name,
                "new": ngettext("%(n)s new row", "%(n)s new rows", len(done.created)) % {"n": len(done.created)},
                "changed": ngettext("%(n)s changed", "%(n)s changed", len(done.changed)) % {"n": len(done.changed)},
                "same": done.unchanged,
            },
        )
    return redirect(f"{register.url('list')}?view=all")


def show(
    request: HttpRequest, register: type[Register], found: Preview, book: Workbook, name: str, note: str, problem: str
) -> HttpResponse:
    header, table = found.table.header, found.table
    fields = complete(register)
    samples = {
        column: [str(value) for row in table.sheet.rows if row.number > header.row and (value := row.value(column)) is not None][:3]
        for column in header.headings
    }
    context = {
        "register": register,
        "title": _("Import %(what)s") % {"what": register.title().lower()},
        "breadcrumbs": [{"label": register.title(), "url": f"{register.url('list')}?view=all"}],
        "name": name,
        "held": note,
        "problem": problem,
        "found": found,
        "fingerprint": found.fingerprint,
        "sheets": [sheet.name for sheet in book.sheets if sheet.rows] if len(book.sheets) > 1 else [],
        "sheet": table.sheet.name,
        "header_row": header.row,
        "mapping": [
            {
                "column": column,
                "letter": column_name(column),
                "heading": heading,
                "field": table.fields.get(column, ""),
                "samples": samples[column],
            }
            for column, heading in header.headings.items()
        ],
        "fields": fields,
        "needs_place": "initiative" in register.fields() and "initiative" not in table.mapped,
        "place": request.POST.get("initiative", ""),
        "suggest": f"{register.url('list')}choices/initiative/",
        "unversioned": request.POST.get("unversioned") == "yes",
        "adds": request.POST.get("add") == "yes",
        "reason": text_of(request, "reason"),
        "faulty": found.faulty[:SHOWN],
        "changed": found.changed[:SHOWN],
        "new": found.new[:SHOWN],
        "counts": {kind.value: len(found.of(kind)) for kind in Kind},
        "fault_count": len(found.faults),
        "left_out": [heading for column, heading in header.headings.items() if not table.fields.get(column)],
        "url": register.url("import"),
    }
    return render(request, "register/import_preview.html", context, status=422 if found.faulty or problem else 200)


PAGES = (Page("import", "import/", import_rows, needs="import", for_entered=True),)
