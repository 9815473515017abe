"""What hangs on a record: comments, links to other records, files. The same actions as the pages' do the work."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from mainstay.api import bodies, records
from mainstay.api.answers import account_of, answer
from mainstay.api.operations import WRITES, Operation
from mainstay.api.schemas import Schema, ref
from mainstay.register import about, links, store
from mainstay.register.errors import Invalid, NotFound
from mainstay.register.models import Attachment, Comment, Link, Relation
from mainstay.register.requests import actor_of
from mainstay.register.spec import REGISTERS, Register


def comments(request: HttpRequest, register: type[Register], pk: int) -> JsonResponse:  # noqa: ARG001  # every operation's first argument
    """What has been said about the record, the oldest first."""
    rows = Comment.objects.filter(register=register.key, record_id=pk, is_withdrawn=False).select_related("by")
    return answer({"results": [comment_shown(row) for row in rows]})


def comment_shown(row: Comment) -> dict[str, Any]:
    return {"id": row.pk, "by": row.by.name if row.by else "Mainstay", "at": row.at.isoformat(), "text": row.text}


def comment(request: HttpRequest, register: type[Register], pk: int) -> JsonResponse:
    """Say something about the record."""
    body = bodies.body_of(request)
    bodies.refuse_others(body, "text")
    return answer(comment_shown(about.comment(register, pk, bodies.text_of(body, "text", most=100_000), actor_of(request))), 201)


def take_back(request: HttpRequest, register: type[Register], pk: int, comment_id: int) -> JsonResponse:
    """Take a comment off the page: your own, or any where you may withdraw the record."""
    about.take_back(register, pk, comment_id, actor_of(request))
    return comments(request, register, pk)


def list_links(request: HttpRequest, register: type[Register], pk: int) -> JsonResponse:
    """The records that this one is linked with, of those that you may see; `is_from_here` where the relation reads from this one."""
    return answer(links_shown(request, register, pk))


def links_shown(request: HttpRequest, register: type[Register], pk: int) -> dict[str, Any]:
    out = Link.objects.filter(register=register.key, record_id=pk, is_withdrawn=False)
    back = Link.objects.filter(to_register=register.key, to_id=pk, is_withdrawn=False)
    ends = [(row, row.to_register, row.to_id, True) for row in out] + [(row, row.register, row.record_id, False) for row in back]
    rows = links.seen(account_of(request), ((key, other) for _row, key, other, _here in ends))
    shown = [
        {"id": row.pk, "relation": row.relation, "is_from_here": here, "register": key, "record": records.reference(rows[key, other])}
        for row, key, other, here in ends
        if (key, other) in rows
    ]
    return {"results": shown}


def link(request: HttpRequest, register: type[Register], pk: int) -> JsonResponse:
    """Say what this record is to another one that you may see."""
    body = bodies.body_of(request)
    bodies.refuse_others(body, "relation", "register", "id")
    other = body.get("id")
    if not isinstance(other, int) or isinstance(other, bool):
        raise Invalid({"id": [_("Send the id of the other record.")]})
    links.link(register, pk, bodies.text_of(body, "relation"), bodies.text_of(body, "register"), other, actor_of(request))
    return answer(links_shown(request, register, pk), 201)


def unlink(request: HttpRequest, register: type[Register], pk: int, link_id: int) -> JsonResponse:
    """Take a link away, from either of its ends."""
    links.unlink(register, pk, link_id, actor_of(request))
    return list_links(request, register, pk)


def attachments(request: HttpRequest, register: type[Register], pk: int) -> JsonResponse:  # noqa: ARG001  # every operation's first argument
    """The files on the record."""
    rows = Attachment.objects.filter(register=register.key, record_id=pk, is_withdrawn=False).select_related("by")
    return answer({"results": [attachment_shown(register, pk, row) for row in rows]})


def attachment_shown(register: type[Register], pk: int, row: Attachment) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "size": row.size,
        "sha256": row.digest,
        "by": row.by.name if row.by else "Mainstay",
        "at": row.at.isoformat(),
        "content": f"{records.address(register, pk)}/attachments/{row.pk}",
    }


def attach(request: HttpRequest, register: type[Register], pk: int) -> JsonResponse:
    """Hang a file on the record: multipart/form-data with the part `file`. Documents, pictures, workbooks and plans are taken."""
    made = about.attach(register, pk, request.FILES.get("file"), actor_of(request))
    return answer(attachment_shown(register, pk, made), 201)


def download(request: HttpRequest, register: type[Register], pk: int, attachment_id: int) -> HttpResponse:  # noqa: ARG001  # every operation's first argument
    """The file as it came, proved by its digest."""
    held = Attachment.objects.filter(pk=attachment_id, register=register.key, record_id=pk, is_withdrawn=False).first()
    if held is None:
        raise NotFound
    response = HttpResponse(store.get(held.digest), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=held.name) or "attachment"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def detach(request: HttpRequest, register: type[Register], pk: int, attachment_id: int) -> JsonResponse:
    """Take a file off the record. It stays kept, for the history."""
    about.detach(register, pk, attachment_id, actor_of(request))
    return attachments(request, register, pk)


def shape(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def listed(item: Schema) -> Schema:
    return shape(results={"type": "array", "items": item})


TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
COMMENT = shape(id=NUMBER, by=TEXT, at=MOMENT, text=TEXT)
LINK = shape(
    id=NUMBER,
    relation={"type": "string", "enum": list(Relation.values)},
    is_from_here={"type": "boolean"},
    register=TEXT,
    record=ref("Reference"),
)
ATTACHMENT = shape(
    id=NUMBER, name=TEXT, size=NUMBER, sha256=TEXT, by=TEXT, at=MOMENT, content={"type": "string", "format": "uri-reference"}
)
FILE: Schema = {
    "type": "object",
    "properties": {"file": {"type": "string", "contentMediaType": "application/octet-stream"}},
    "required": ["file"],
}
COMMENT_GIVEN = shape(text={"type": "string", "maxLength": about.LONGEST_COMMENT})
LINK_GIVEN = shape(relation={"type": "string", "enum": list(Relation.values)}, register={"type": "string"}, id=NUMBER)
SCHEMAS: dict[str, Schema] = {
    "Comment": COMMENT, "Comments": listed(ref("Comment")), "CommentGiven": COMMENT_GIVEN,
    "Link": LINK, "Links": listed(ref("Link")), "LinkGiven": LINK_GIVEN,
    "Attachment": ATTACHMENT, "Attachments": listed(ref("Attachment")),
}  # fmt: skip


def operations() -> Iterator[Operation]:
    for register in REGISTERS.values():
        yield from of(register)


def of(register: type[Register]) -> Iterator[Operation]:
    name, tag, one = f"{register.function}_{register.name}", register.title(), register.singular()
    view, say, change = f"{register.key}:view", f"{register.key}:comment", f"{register.key}:change"
    place = f"/{register.function}/{register.name}/{{int:pk}}"
    rows: tuple[tuple[Any, ...], ...] = (
        ("GET", "/comments", comments, view, "comments", f"Comments on one {one}", ref("Comments"), 200, None),
        ("POST", "/comments", comment, say, "comment", f"Comment on one {one}", ref("Comment"), 201, ref("CommentGiven")),
        ("DELETE", "/comments/{int:comment_id}", take_back, say, "take_back", "Take back a comment", ref("Comments"), 200, None),
        ("GET", "/links", list_links, view, "links", f"Links of one {one}", ref("Links"), 200, None),
        ("POST", "/links", link, change, "link", f"Link one {one} with another record", ref("Links"), 201, ref("LinkGiven")),
        ("DELETE", "/links/{int:link_id}", unlink, change, "unlink", "Take a link away", ref("Links"), 200, None),
        ("GET", "/attachments", attachments, view, "attachments", f"Files on one {one}", ref("Attachments"), 200, None),
        ("POST", "/attachments", attach, change, "attach", f"Hang a file on one {one}", ref("Attachment"), 201, FILE),
        ("DELETE", "/attachments/{int:attachment_id}", detach, change, "detach", "Take a file off", ref("Attachments"), 200, None),
    )
    for method, rest, function, right, verb, summary, result, status, body in rows:
        kind = "multipart/form-data" if function is attach else "application/json"
        yield Operation(
            method, place + rest, function, right, f"{verb}_{name}", summary, tag, result, status, body, kind, failures=WRITES,
            register=register,
        )  # fmt: skip
    yield Operation(
        "GET", f"{place}/attachments/{{int:attachment_id}}", download, view, f"download_{name}", "The content of a file", tag,
        {"type": "string", "contentMediaType": "application/octet-stream"}, result_type="application/octet-stream", register=register,
    )  # fmt: skip
