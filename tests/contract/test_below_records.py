"""Comments, files and links hang on one record: the id of one that hangs on another opens nothing below one's own."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mainstay.accounts.models import Account
from mainstay.register import about, store
from mainstay.register.access import may
from mainstay.register.models import Attachment, Comment, Link, Relation
from mainstay.register.spec import REGISTERS
from tests.contract import addresses, telltales, worlds
from tests.contract.addresses import OTHER_UNUSED_ID
from tests.contract.worlds import FOREIGN_CANARY, World

SignIn = Callable[[Account | None], Client]
HOLES = {"comment_id": Comment, "link_id": Link, "attachment_id": Attachment, "file_id": Attachment}


def hang(world: World, key: str, pk: int) -> dict[str, int]:
    """A comment, a link and a file on the record; their ids by the names that addresses have for them."""
    text, chief, place = f"{FOREIGN_CANARY} inside", world.administrator, {"register": key, "record_id": pk}
    comment = Comment.objects.create(**place, by=chief, text=text)
    digest = store.put(text.encode())
    file = Attachment.objects.create(**place, by=chief, name=f"{FOREIGN_CANARY}.txt", digest=digest, size=len(text), content_type="text")
    office = world.mine["organisation.office"][0]
    link = Link.objects.create(**place, by=chief, relation=Relation.RELATES_TO, to_register="organisation.office", to_id=office)
    return {"comment_id": comment.pk, "link_id": link.pk, "attachment_id": file.pk, "file_id": file.pk}


def requests_below(key: str, pk: int, ids: dict[str, int]) -> list[tuple[str, str, str]]:
    """Every address below the record that names a comment, file or link: of which kind, the verb and the path."""
    register, found = REGISTERS[key], []
    for page in addresses.pages_of(register):
        for hole in page.holes.keys() & HOLES.keys():
            found += [(hole, verb, page.path(pk=pk, **{hole: ids[hole]})) for verb in ("GET", "POST")]
    for operation in addresses.operations_of(register):
        for hole in (name for name in HOLES if f":{name}}}" in operation.path):
            found.append((hole, operation.method, addresses.api_path(operation, pk=pk, **{hole: ids[hole]})))
    return found


@pytest.mark.parametrize("key", sorted(register.key for register in worlds.closed()))
def test_what_hangs_on_a_hidden_record_is_not_found_below_my_own(world: World, signed_in: SignIn, key: str) -> None:
    ids = hang(world, key, world.theirs[key][0])
    client, before = signed_in(world.owner), telltales.stored()
    asked = requests_below(key, world.mine[key][0], ids)
    unknown = requests_below(key, world.mine[key][0], dict.fromkeys(ids, OTHER_UNUSED_ID))
    assert {hole for hole, _verb, _path in asked} == HOLES.keys()
    never = (404, 405) if may(world.owner, "change", REGISTERS[key]) else (403, 404, 405)
    for (_hole, verb, path), (_same, _verb, nowhere) in zip(asked, unknown, strict=True):
        response, none = telltales.send(client, verb, path), telltales.send(client, verb, nowhere)
        assert response.status_code in never, (verb, path)
        assert response.status_code == none.status_code, (verb, path)
        assert FOREIGN_CANARY not in telltales.words(response)
    assert telltales.stored() == before


def test_what_hangs_on_another_record_of_mine_is_reached_through_that_one_only(world: World, signed_in: SignIn) -> None:
    """Also to the administrator, whose rights hide nothing: an address is right or it is none."""
    key = "risk.risk"
    mine, other = world.mine[key]
    ids = hang(world, key, other)
    client, before = signed_in(world.administrator), telltales.stored()
    for _hole, verb, path in requests_below(key, mine, ids):
        assert telltales.send(client, verb, path).status_code in (404, 405), (verb, path)
    assert telltales.stored() == before
    for hole, verb, path in requests_below(key, other, ids):
        if path.startswith("/api/") and verb == "GET":
            assert telltales.content(telltales.send(client, verb, path)) == f"{FOREIGN_CANARY} inside".encode(), hole


def test_a_file_that_browsers_would_run_comes_back_as_a_download_in_a_sandbox(world: World, signed_in: SignIn) -> None:
    key, pk = "risk.risk", world.mine["risk.risk"][0]
    register, client = REGISTERS[key], signed_in(world.owner)
    file = about.attach(register, pk, SimpleUploadedFile("page.txt", b"Notes <script>alert(1)</script>"), worlds.actor(world.owner))
    for path in (f"{register.url('detail', pk)}files/{file.pk}/", f"/api/v1/risk/risk/{pk}/attachments/{file.pk}"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["drawing.svg", "page.html", "run.exe", "run.js", "page.txt.html"])
def test_files_that_run_are_not_taken(name: str, world: World, signed_in: SignIn) -> None:
    """SVG and HTML are text to look at, but not by their names."""
    client, before = signed_in(world.owner), Attachment.objects.count()
    path = f"/api/v1/risk/risk/{world.mine['risk.risk'][0]}/attachments"
    answer = client.post(path, {"file": SimpleUploadedFile(name, b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')})
    assert answer.status_code == 422
    assert Attachment.objects.count() == before
