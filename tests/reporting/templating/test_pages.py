"""Templates by page: sent, checked, put into use, made from, replaced; and who may do none of it."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mainstay.accounts.models import Account
from mainstay.register import actions
from mainstay.register.models import Change
from mainstay.reporting.models import Snapshot, Template
from mainstay.reporting.template.register import TemplateRegister
from tests.contract.worlds import World, actor
from tests.reporting.templating.files import texts, word

SignedIn = Callable[[Account | None], Client]


def sent(client: Client, world: World, content: bytes, title: str = "Highlight report") -> "object":
    file = SimpleUploadedFile("own.docx", content)
    return client.post(f"/reporting/packs/{world.programme.pk}/template/", {"title": title, "file": file, "once": title})


@pytest.fixture
def template(world: World, signed_in: SignedIn) -> Template:
    sent(signed_in(world.owner), world, word("{{initiative.code}} {{snapshot}}"))
    made = Template.objects.get()
    return actions.move(TemplateRegister, made.pk, made.version, "use", actor(world.owner))


def address(snapshot: Snapshot, template: Template) -> str:
    return f"/reporting/pack/{snapshot.pk}/template/{template.pk}/"


def test_the_owner_sends_one_and_it_is_a_draft(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.owner)
    assert client.get(f"/reporting/packs/{world.programme.pk}/template/").status_code == 200
    assert sent(client, world, word("{{initiative.code}}")).status_code == 302
    made = Template.objects.get()
    assert (made.state, made.edition, made.kind, made.file_name, made.names) == ("draft", 1, "docx", "own.docx", ["initiative.code"])
    assert sent(client, world, word("{{initiative.code}}")).status_code == 302
    assert Template.objects.count() == 1


def test_unknown_names_are_told_and_nothing_is_kept(world: World, signed_in: SignedIn) -> None:
    answer = sent(signed_in(world.owner), world, word("Of {{intiative.title}}"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Did you mean initiative.title?" in page
    assert "Text, at “Of {{intiative.title}}”" in page
    assert not Template.objects.exists()


@pytest.mark.parametrize("told", [{}, {"file": "text"}])
def test_without_a_file_it_is_told(world: World, signed_in: SignedIn, told: dict[str, str]) -> None:
    answer = signed_in(world.owner).post(f"/reporting/packs/{world.programme.pk}/template/", {"title": "T", **told})
    assert answer.status_code == 422
    assert "Choose the file of the template." in answer.content.decode()


def test_a_pack_is_made_and_the_history_says_of_which_edition(
    world: World, snapshot: Snapshot, template: Template, signed_in: SignedIn
) -> None:
    client = signed_in(world.owner)
    assert address(snapshot, template) in client.get(f"/reporting/pack/{snapshot.pk}/").content.decode()
    answer = client.get(address(snapshot, template))
    assert answer.status_code == 200
    assert 'filename="SCR October 2026 Highlight report.docx"' in answer["Content-Disposition"]
    assert texts(answer.content) == ["SCR October 2026"]
    assert client.get(address(snapshot, template)).content == answer.content
    last = Change.objects.order_by("-sequence")[0]
    assert (last.register, last.verb, last.record_id) == ("reporting.snapshot", "export", snapshot.pk)
    assert last.reason.startswith(f"docx from {template.ref} edition 1 ({template.digest[:16]})")


def test_the_next_edition_takes_its_place(world: World, snapshot: Snapshot, template: Template, signed_in: SignedIn) -> None:
    client = signed_in(world.owner)
    page = f"/reporting/templates/{template.pk}/edition/"
    assert client.get(page).status_code == 200
    file = SimpleUploadedFile("own2.docx", word("New {{initiative.code}}"))
    assert client.post(page, {"version": template.version, "file": file}).status_code == 302
    assert (Template.objects.get().edition, Template.objects.get().state) == (2, "in_use")
    assert texts(client.get(address(snapshot, template)).content) == ["New SCR"]
    late = client.post(page, {"version": template.version, "file": SimpleUploadedFile("own3.docx", word("{{marking}}"))})
    assert late.status_code == 409
    assert Template.objects.get().edition == 2


def test_a_member_reads_the_names_and_nothing_more(world: World, snapshot: Snapshot, template: Template, signed_in: SignedIn) -> None:
    client = signed_in(world.member)
    assert client.get("/reporting/templates/names/").status_code == 200
    assert client.get(f"/reporting/template/{template.pk}/").status_code == 200
    refused = [
        address(snapshot, template), f"/reporting/packs/{world.programme.pk}/template/",
        f"/reporting/templates/{template.pk}/edition/", f"/reporting/templates/{template.pk}/file/",
    ]  # fmt: skip
    assert [client.get(one).status_code for one in refused] == [404] * 4
    assert sent(client, world, word("{{marking}}"), "Mine").status_code == 404
    assert Template.objects.count() == 1


def test_a_stranger_is_told_what_is_told_of_nothing(world: World, snapshot: Snapshot, template: Template, signed_in: SignedIn) -> None:
    client = signed_in(world.stranger)
    for one, nothing in (
        (address(snapshot, template), "/reporting/pack/999999/template/999999/"),
        (f"/reporting/templates/{template.pk}/edition/", "/reporting/templates/999999/edition/"),
        (f"/reporting/templates/{template.pk}/file/", "/reporting/templates/999999/file/"),
        (f"/reporting/packs/{world.programme.pk}/template/", "/reporting/packs/999999/template/"),
    ):
        there, missing = client.get(one), client.get(nothing)
        assert (there.status_code, missing.status_code) == (404, 404)
    assert sent(client, world, word("{{marking}}"), "Mine").status_code == 404


def test_a_template_of_elsewhere_is_not_found(world: World, snapshot: Snapshot, signed_in: SignedIn) -> None:
    """The second id: the stranger's own template, in use, asked of my snapshot by both."""
    file = SimpleUploadedFile("own.docx", word("{{initiative.code}}"))
    signed_in(world.stranger).post(f"/reporting/packs/{world.other.pk}/template/", {"title": "Foreign", "file": file})
    foreign = Template.objects.get(title="Foreign")
    actions.move(TemplateRegister, foreign.pk, foreign.version, "use", actor(world.stranger))
    for account in (world.owner, world.stranger, world.administrator):
        assert signed_in(account).get(address(snapshot, foreign)).status_code == 404


def test_a_draft_is_tried_only_by_those_who_may_change_it(world: World, snapshot: Snapshot, signed_in: SignedIn) -> None:
    sent(signed_in(world.owner), world, word("{{initiative.code}}"))
    draft = Template.objects.get()
    assert signed_in(world.owner).get(address(snapshot, draft)).status_code == 200
    assert signed_in(world.account("project_manager")).get(address(snapshot, draft)).status_code == 404


def test_a_template_of_the_programme_holds_for_its_projects(world: World, template: Template, signed_in: SignedIn) -> None:
    page = signed_in(world.owner).get(f"/reporting/packs/{world.project.pk}/").content.decode()
    assert "Highlight report" in page
