"""Packs go to their list, each once, to whoever may see them and to nobody else; the receipt tells what became of each."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from mainstay.accounts.models import Account
from mainstay.initiatives.models import Initiative
from mainstay.initiatives.working_days import working_day
from mainstay.jobs.progress import Progress
from mainstay.organisation.models import Person
from mainstay.post import sending
from mainstay.post.models import Channel, Enclosure, Message
from mainstay.register import actions, history
from mainstay.register.errors import Invalid
from mainstay.register.models import Change
from mainstay.reporting import freezing
from mainstay.reporting.delivery.model import Delivery
from mainstay.reporting.distribution import delivering
from mainstay.reporting.distribution.entitled import MOST_ATTACHED, may_have_file
from mainstay.reporting.distribution.model import Distribution
from mainstay.reporting.distribution.register import DistributionRegister
from mainstay.reporting.models import Snapshot
from tests.contract import worlds
from tests.contract.worlds import World, actor

SignedIn = Callable[[Account | None], Client]


@pytest.fixture(autouse=True)
def _alone(world: World, settings: Any) -> None:
    """Only what a test lists is on a list."""
    Distribution.objects.update(state="paused")
    settings.EMAIL_HOST, settings.PUBLIC_URL = "localhost", "https://pmo.example.org"


def person(account: Account) -> Person:
    return Person.objects.get(account=account)


def listed(world: World, account: Account, **more: Any) -> Distribution:
    values = {"initiative": world.programme.pk, "person": person(account).pk, "title": "Reads it", **more}
    made: Distribution = actions.create(DistributionRegister, values, actor(world.administrator))
    return made


def frozen(world: World, name: str = "October 2026", **more: Any) -> Snapshot:
    return freezing.freeze(Initiative.objects.get(pk=world.programme.pk), name, actor(world.owner), **more)


def told() -> list[tuple[str, str]]:
    return list(
        Delivery.objects.filter(is_withdrawn=False).exclude(message=None, refusal="").order_by("pk").values_list("person__title", "state")
    )


def test_it_goes_out_on_its_working_day_once(world: World) -> None:
    listed(world, world.member, after_days=2)
    made = frozen(world)
    day = working_day(world.programme, timezone.localdate(made.frozen_at), 2)
    assert delivering.run(day - timedelta(days=1)) == {"sent": 0, "refused": 0}
    assert delivering.run(day) == {"sent": 1, "refused": 0}
    assert delivering.run(day + timedelta(days=9)) == {"sent": 0, "refused": 0}
    assert told() == [("Mel Ember", "sent")]
    sending.send_waiting(Progress())
    (message,) = mail.outbox
    assert message.subject == "Pack: October 2026" and f"https://pmo.example.org/reporting/pack/{made.pk}/" in message.body
    assert Delivery.objects.get(snapshot=made).delivered_at is not None and not list(history.faults())


def test_a_missed_day_is_made_good_and_old_packs_stay_where_they_are(world: World) -> None:
    frozen(world, "September 2026")
    listed(world, world.member, after_days=0)
    made = frozen(world)
    assert delivering.run(timezone.localdate() + timedelta(days=30)) == {"sent": 1, "refused": 0}
    assert Delivery.objects.get(message__isnull=False).snapshot_id == made.pk


def test_on_a_day_the_latest_pack_goes_out(world: World) -> None:
    today = timezone.localdate()
    frozen(world, "September 2026")
    made = frozen(world)
    listed(world, world.member, on_day=today + timedelta(days=3))
    assert delivering.run(today + timedelta(days=2))["sent"] == 0
    assert delivering.run(today + timedelta(days=5))["sent"] == 1 and delivering.run(today + timedelta(days=6))["sent"] == 0
    assert Delivery.objects.get(message__isnull=False).snapshot_id == made.pk


def test_both_kinds_of_day_are_refused(world: World) -> None:
    with pytest.raises(Invalid, match="not both"):
        listed(world, world.member, after_days=1, on_day=date(2026, 12, 1))


@pytest.mark.parametrize(("who", "words"), [("stranger", "may not see packs"), ("nobody", "may not see packs"), ("left", "has left"),
                                            ("unsigned", "has no sign-in"), ("silent", "no e-mail address")])  # fmt: skip
def test_whoever_may_not_see_it_is_refused_with_a_sentence(who: str, words: str, world: World) -> None:
    account = {"stranger": world.stranger, "nobody": world.nobody}.get(who, world.member)
    listed(world, account, after_days=0)
    change = {"left": {"left_on": timezone.localdate()}, "unsigned": {"account": None}, "silent": {"email": ""}}.get(who)
    if change:
        Person.objects.filter(pk=person(account).pk).update(**change)
    made = frozen(world)
    day = timezone.localdate() + timedelta(days=9)
    assert delivering.run(day) == {"sent": 0, "refused": 1} and delivering.run(day) == {"sent": 0, "refused": 0}
    row = Delivery.objects.get(snapshot=made)
    assert row.state == "refused" and words in row.refusal and row.message is None and not Message.objects.exists()


def test_a_right_that_comes_later_is_seen(world: World) -> None:
    listed(world, world.nobody, after_days=0)
    made = frozen(world)
    day = timezone.localdate() + timedelta(days=9)
    delivering.run(day)
    values = {"person": person(world.nobody).pk, "role": "board_member", "initiative": world.programme.pk, "since": timezone.localdate()}
    actions.create(worlds.REGISTERS["initiatives.appointment"], values, actor(world.administrator))
    assert delivering.run(day) == {"sent": 1, "refused": 0}
    row = Delivery.objects.get(snapshot=made)
    assert (row.state, row.refusal, row.message is not None) == ("sent", "", True)


def test_the_pdf_goes_with_it_where_it_may(world: World) -> None:
    chair = world.account("board_member")
    for account in (chair, world.member):
        listed(world, account, after_days=0, with_file=True)
    made = frozen(world)
    assert made.marking == "OFFICIAL"
    assert delivering.run(timezone.localdate() + timedelta(days=9))["sent"] == 2
    assert Enclosure.objects.count() == 1
    sending.send_waiting(Progress())
    with_it = {message.to[0].split(" <")[0]: message.attachments for message in mail.outbox}
    ((name, content, kind),) = with_it["Board Member"]
    assert (name, kind, bytes(content)[:5]) == ("SCR October 2026 board pack.pdf", "application/pdf", b"%PDF-")
    assert with_it["Mel Ember"] == [], "a reader takes no files away"
    assert not Enclosure.objects.exists(), "kept no longer than needed"
    assert may_have_file(person(chair), made, MOST_ATTACHED) and not may_have_file(person(chair), made, MOST_ATTACHED + 1)


def test_of_a_marked_pack_the_name_and_the_link_are_told_and_no_file_goes(world: World) -> None:
    Initiative.objects.filter(pk=world.programme.pk).update(marking="OFFICIAL-SENSITIVE")
    chair = world.account("board_member")
    listed(world, chair, after_days=0, with_file=True)
    made = frozen(world)
    delivering.run(timezone.localdate() + timedelta(days=9))
    message = Message.objects.get()
    assert message.subject == "OFFICIAL-SENSITIVE: Pack: October 2026" and message.enclosure is None
    assert message.body == f"Read it here: https://pmo.example.org/reporting/pack/{made.pk}/\n"


def test_a_correction_goes_at_once_to_whoever_had_the_wrong_one(world: World) -> None:
    row = listed(world, world.member, after_days=0)
    listed(world, world.stranger, after_days=0)
    first = frozen(world)
    day = timezone.localdate() + timedelta(days=9)
    delivering.run(day)
    actions.move(DistributionRegister, row.pk, row.version, "pause", actor(world.administrator), reason="Away.")
    newer = frozen(world, "October 2026 again", corrects=first, correction="The budget was wrong.")
    assert delivering.run(timezone.localdate())["sent"] == 1
    sent = Delivery.objects.get(snapshot=newer, state="sent")
    assert (sent.person.title, sent.occasion) == ("Mel Ember", "correction")
    assert sent.message is not None and "The budget was wrong." in sent.message.body and sent.message.subject.startswith("Corrected pack")


def test_the_receipt_tells_who_opened_it_and_took_it_away(world: World, signed_in: SignedIn) -> None:
    chair = world.account("board_member")
    listed(world, chair)
    made = frozen(world)
    page, office = f"/reporting/pack/{made.pk}/", signed_in(world.owner)
    assert "Send it to its list: 1 person" in office.get(page).content.decode()
    for _twice in range(2):
        assert office.post(f"{page}send/").status_code == 302
    assert Message.objects.count() == 1 and Delivery.objects.get(snapshot=made).occasion == "by hand"
    office.get(page)
    assert Delivery.objects.get(snapshot=made).opened_at is None, "others who read it leave no receipt"
    reader = signed_in(chair)
    reader.get(page)
    first = Delivery.objects.get(snapshot=made)
    assert first.state == "opened" and first.opened_at is not None and first.taken_at is None
    reader.get(page)
    reader.get(f"{page}file/xlsx/")
    last = Delivery.objects.get(snapshot=made)
    assert last.opened_at == first.opened_at and last.taken_at is not None
    verbs = Change.objects.filter(register="reporting.delivery", record_id=last.pk).order_by("sequence").values_list("verb", "actor_name")
    assert list(verbs) == [("send", "Olive Ner"), ("open", "Board Member"), ("export", "Board Member")]
    shown = office.get(page).content.decode()
    assert "Board Member" in shown and "Opened" in shown
    assert "Board Member" in office.get(f"/reporting/delivery/?snapshot={made.pk}").content.decode()


def test_only_who_keeps_the_list_sends_by_it(world: World, signed_in: SignedIn) -> None:
    listed(world, world.member)
    made = frozen(world)
    answers = [signed_in(one).post(f"/reporting/pack/{made.pk}/send/").status_code for one in (world.member, world.stranger, world.nobody)]
    assert answers == [404, 404, 404] and not Message.objects.exists()
    assert "Send it to its list" not in signed_in(world.member).get(f"/reporting/pack/{made.pk}/").content.decode()


def test_a_channel_hears_of_it_once(world: World) -> None:
    Channel.objects.create(name="Room", host="x", sealed="x", events=["pack"])
    for account in (world.member, world.account("board_member")):
        listed(world, account, after_days=0)
    frozen(world)
    delivering.run(timezone.localdate() + timedelta(days=9))
    assert Message.objects.exclude(channel=None).get().subject == "Pack sent: October 2026"


def test_receipts_are_taken_away_as_a_workbook(world: World, signed_in: SignedIn) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    listed(world, world.member)
    made = frozen(world)
    delivering.send_to_list(made, actor(world.owner))
    answer = signed_in(world.owner).get("/reporting/delivery/export/?format=xlsx")
    assert answer.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer) if answer.streaming else answer.content))
    assert "Mel Ember" in " ".join(str(cell) for row in book.worksheets[0].values for cell in row)
