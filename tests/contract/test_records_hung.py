"""What hangs on a record, for every register: comments, files, links, and who watches it."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mainstay.register import about, actions
from mainstay.register.models import Attachment, Change, Comment, Link, Watch
from mainstay.register.spec import REGISTERS
from tests import page_forms
from tests.contract import worlds
from tests.contract.record_pages import CHANGING, CLOSED_AND_CHANGING, SignedIn, Wording, keeper, plain
from tests.contract.worlds import World


@CHANGING
def test_comments_files_links_and_watching(world: World, signed_in: SignedIn, key: str) -> None:
    register = REGISTERS[key]
    account = keeper(world, register)
    client, record, other = signed_in(account), world.record(register), world.record(REGISTERS["risk.risk"], 1)
    url = register.url("detail", record)
    assert client.post(register.url("comment", record), {"text": "Seen <b>on</b> site"}).status_code == 302
    file = SimpleUploadedFile("minutes.txt", b"What was said", content_type="text/html")
    assert client.post(register.url("attach", record), {"file": file}).status_code == 302
    assert client.post(register.url("link", record), {"relation": "threatens", "to": f"risk.risk:{other.pk}"}).status_code == 302
    assert client.post(register.url("watch", record), {"do": "watch"}).status_code == 302
    page = client.get(url)
    assert b"Seen &lt;b&gt;on&lt;/b&gt; site" in page.content
    assert "minutes.txt" in page_forms.text(page) and str(other) in page_forms.text(page) and "Stop watching" in page_forms.text(page)
    held = Attachment.objects.get()
    download = client.get(f"{register.url('attach', record)}{held.pk}/")
    assert (download.content, download.headers["Content-Type"]) == (b"What was said", "application/octet-stream")
    assert download.headers["Content-Disposition"] == 'attachment; filename="minutes.txt"'
    assert "sandbox" in download.headers["Content-Security-Policy"]
    back = signed_in(world.owner).get(REGISTERS["risk.risk"].url("detail", other))
    assert "threatened by" in page_forms.text(back) and str(record) in page_forms.text(back)
    for path in (
        f"{register.url('comment', record)}{Comment.objects.get().pk}/remove/",
        f"{register.url('attach', record)}{held.pk}/remove/",
    ):
        assert client.post(path).status_code == 302
    assert client.post(f"{register.url('link', record)}{Link.objects.get().pk}/remove/").status_code == 302
    assert client.get(f"{register.url('attach', record)}{held.pk}/").status_code == 404
    verbs = list(Change.objects.filter(register=key, record_id=record.pk).order_by("sequence").values_list("verb", flat=True))
    assert verbs[-6:] == ["comment", "attach", "link", "uncomment", "detach", "unlink"]


@CLOSED_AND_CHANGING
def test_what_hangs_on_a_record_is_as_closed_as_the_record(world: World, signed_in: SignedIn, key: str) -> None:
    register = REGISTERS[key]
    record, owner = world.record(register), worlds.actor(world.owner)
    file = about.attach(register, record.pk, SimpleUploadedFile("a.txt", b"words"), owner)
    comment = about.comment(register, record.pk, "Mine", owner)
    stranger = signed_in(world.stranger)
    own = world.foreign(register)
    for place in (record, own):
        assert stranger.get(f"{register.url('attach', place)}{file.pk}/").status_code == 404
        assert stranger.post(f"{register.url('attach', place)}{file.pk}/remove/").status_code == 404
        assert stranger.post(f"{register.url('comment', place)}{comment.pk}/remove/").status_code == 404
    said = [
        plain(stranger.post(register.url("link", own), {"relation": "threatens", "to": f"{key}:{pk}"}))
        for pk in (record.pk, record.pk + 10_000)
    ]
    assert said[0] == said[1]
    assert not Link.objects.exists()


@CLOSED_AND_CHANGING
def test_a_link_is_told_only_where_both_ends_may_be_seen(world: World, signed_in: SignedIn, key: str) -> None:
    register = REGISTERS[key]
    record, foreign = world.record(register), world.foreign(register)
    Link.objects.create(register=key, record_id=record.pk, relation="threatens", to_register=key, to_id=foreign.pk, by=world.administrator)
    assert str(foreign) in page_forms.text(signed_in(world.administrator).get(register.url("detail", record)))
    assert worlds.FOREIGN_CANARY not in page_forms.text(signed_in(world.owner).get(register.url("detail", record)))
    answer = signed_in(world.owner).post(f"{register.url('link', record)}{Link.objects.get().pk}/remove/")
    assert answer.status_code == 404


@CHANGING
def test_a_watcher_is_told_of_changes_by_others_until_seen(world: World, signed_in: SignedIn, key: str) -> None:
    register, wording = REGISTERS[key], Wording(REGISTERS[key])
    record, client = world.record(register), signed_in(world.member)
    client.post(register.url("watch", record), {"do": "watch"})
    assert "since you looked" not in page_forms.text(client.get(register.url("detail", record)))
    actions.change(register, record.pk, record.version, wording.values("Changed meanwhile"), worlds.actor(world.administrator))
    assert "1 change since you looked" in page_forms.text(client.get(register.url("detail", record)))
    title = str(register.model._default_manager.get(pk=record.pk))
    assert title in watched(client) and register.label(wording.name) in watched(client)
    client.post(register.url("watch", record), {"do": "seen"})
    assert "since you looked." not in page_forms.text(client.get(register.url("detail", record)))
    assert title not in watched(client)
    client.post(register.url("watch", record), {"do": "unwatch"})
    assert not Watch.objects.filter(is_withdrawn=False).exists()


def watched(client: Client) -> str:
    """What the home page says has changed since one looked."""
    return " ".join(page_forms.tree(client.get("/")).xpath('//*[@id="watched"]')[0].text_content().split())
