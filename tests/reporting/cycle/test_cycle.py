"""A return from its commission to the pack: who is asked, what is saved, whose step is next, and what the board reads."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from mainstay.accounts.models import Account
from mainstay.initiatives.models import Initiative
from mainstay.register import actions
from mainstay.register.errors import Invalid, NotFound, Refused
from mainstay.register.models import Change
from mainstay.register.spec import REGISTERS
from mainstay.render import html
from mainstay.reporting import making
from mainstay.reporting.commission.model import Commission
from mainstay.reporting.cycle import answering, asking, calendar, collecting, commissioning, measured
from mainstay.reporting.definition.model import Definition
from mainstay.reporting.models import Challenge, Return
from mainstay.risk.models import Risk
from tests.contract import worlds
from tests.contract.worlds import World, actor

SignedIn = Callable[[Account | None], Client]
RETURN, DEFINITION = REGISTERS["reporting.project_return"], REGISTERS["reporting.definition"]
OCTOBER, NOVEMBER = (date(2026, 10, 1), date(2026, 10, 31)), (date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture
def definition(world: World) -> Definition:
    """The definition in use of my programme."""
    return Definition.objects.get(state="in_use", initiative=world.programme)


@pytest.fixture
def row(world: World) -> Return:
    """The return of my project, without answers; the project has a risk."""
    risk = {"title": "Yard closes", "initiative": world.project.pk, "probability": 30, "owner": "Olive Ner"}
    actions.create(REGISTERS["risk.risk"], risk, actor(world.owner))
    found = Return.objects.get(commission__initiative=world.programme, initiative=world.project)
    Return.objects.filter(pk=found.pk).update(answers={}, rating="")
    found.refresh_from_db()
    return found


def ids(definition: Definition, account: Account) -> list[int]:
    return [one.initiative.pk for one in commissioning.candidates(definition, account)]


def filled(row: Return, account: Account, **answers: str) -> Return:
    given = {f"q.{name}": text for name, text in ({"rating": "Green", "summary": "All well."} | answers).items()}
    was = {f"q.{name}": str(value) for name, value in row.answers.items()}
    saved = answering.save(row.pk, given, was, actor(account))
    assert saved.faults == {}
    return saved.record


# Commissioning


def test_the_days_are_working_days_after_the_period(world: World, definition: Definition) -> None:
    days = calendar.days(definition, world.programme, date(2026, 12, 31))
    assert days["due_on"] == date(2027, 1, 6)  # New Year's Day and the weekend are no working days
    assert list(days.values()) == sorted(days.values())


def test_a_period_is_commissioned_once(world: World, definition: Definition) -> None:
    with pytest.raises(Invalid) as fault:
        commissioning.commission(definition, ids(definition, world.owner), OCTOBER, actor(world.owner))
    assert fault.value.errors == {"name": ["This period has been commissioned already."]}


def test_all_are_asked_or_none(world: World, definition: Definition) -> None:
    before = (Commission.objects.count(), Return.objects.count(), Change.objects.count())
    with pytest.raises(Invalid) as fault:
        commissioning.commission(definition, [*ids(definition, world.owner), world.other.pk], NOVEMBER, actor(world.owner))
    assert "initiatives" in fault.value.errors
    assert (Commission.objects.count(), Return.objects.count(), Change.objects.count()) == before


def test_a_request_that_comes_twice_asks_once(world: World, definition: Definition) -> None:
    asked = ids(definition, world.owner)
    first, second = (commissioning.commission(definition, asked, NOVEMBER, actor(world.owner), once="same") for _ in range(2))
    assert first.pk == second.pk
    assert first.returns.count() == len(asked) > 0


def test_a_paused_project_is_not_asked(world: World, definition: Definition) -> None:
    Initiative.objects.filter(pk=world.project.pk).update(state="paused")
    found = {one.initiative.pk: one.is_paused for one in commissioning.candidates(definition, world.owner)}
    assert found[world.project.pk] is True


def test_a_draft_is_not_asked_and_a_stranger_asks_nothing(world: World, signed_in: SignedIn, definition: Definition) -> None:
    draft = Definition.objects.filter(state="draft", initiative=world.programme).first()
    assert draft is not None
    with pytest.raises(Refused):
        commissioning.commission(draft, ids(draft, world.owner), NOVEMBER, actor(world.owner))
    with pytest.raises(NotFound):
        commissioning.commission(definition, [], NOVEMBER, actor(world.stranger))
    for account, status in ((world.owner, 200), (world.member, 404), (world.stranger, 404)):
        assert signed_in(account).get(f"/reporting/commissioning/{definition.pk}/").status_code == status


def test_the_supplier_and_the_sponsor_come_from_the_appointments(world: World, definition: Definition) -> None:
    worlds.appoint("pm@example.org", "Pat Manager", "project_manager", world.project)
    worlds.appoint("sro@example.org", "Sam Sponsor", "sro", world.programme)
    made = commissioning.commission(definition, ids(definition, world.owner), NOVEMBER, actor(world.owner))
    row = made.returns.get(initiative=world.project)
    assert (row.owner and row.owner.title, row.confirmer and row.confirmer.title) == ("Pat Manager", "Sam Sponsor")


def test_a_new_definition_never_breaks_an_old_return(world: World, definition: Definition, row: Return) -> None:
    fewer = worlds.WHAT_IS_ASKED.replace("      - {name: summary, kind: text, title: Why, longest: 600, required: true}\n", "")
    actions.change(DEFINITION, definition.pk, definition.version, {"content": fewer}, actor(world.owner))
    assert [one.question.name for one in asking.asked_of(row, world.owner).answers] == ["rating", "summary", "spent"]
    made = commissioning.commission(definition, ids(definition, world.owner), NOVEMBER, actor(world.owner))
    assert [one.question.name for one in asking.asked_of(made.returns.get(initiative=world.project), world.owner).answers] == [
        "rating",
        "spent",
    ]


def test_what_is_kept_is_there_the_next_time_and_a_rating_is_not(world: World, definition: Definition, row: Return) -> None:
    record = filled(row, world.owner, spent="1.5m")
    answering.send(record.pk, record.version, actor(world.owner))
    made = commissioning.commission(definition, ids(definition, world.owner), NOVEMBER, actor(world.owner))
    assert made.returns.get(initiative=world.project).answers == {"spent": "1500000"}
    asked = asking.asked_of(made.returns.get(initiative=world.project), world.owner)
    assert [(one.told, one.told_before) for one in asked.answers] == [("", "Green"), ("", "All well."), ("£1,500,000", "£1,500,000")]


# Filling


def test_an_answer_is_saved_and_begins_the_return(world: World, row: Return) -> None:
    record = filled(row, world.owner)
    assert (record.state, record.rating, record.answers) == ("started", "green", {"rating": "green", "summary": "All well."})


def test_a_row_of_a_register_is_changed_where_it_lives(world: World, row: Return) -> None:
    asked = asking.asked_of(row, world.owner)
    line = asked.rows[0]
    cell = line.cells[0]
    assert (line.register.key, cell.name) == ("risk.risk", "probability")
    saved = answering.save(row.pk, {cell.key: "55"}, {cell.key: cell.value}, actor(world.owner))
    assert (saved.written, saved.faults) == ([cell.key], {})
    assert Risk.objects.get(pk=line.record.pk).probability == 55
    told = Change.objects.filter(register="risk.risk").latest("sequence")
    assert (told.register, told.record_id, told.reason) == ("risk.risk", line.record.pk, f"{row.ref} {row.title}")
    saved = answering.save(row.pk, {cell.key: "155"}, {cell.key: "55"}, actor(world.owner))
    assert saved.faults == {cell.key: f"{line.record.ref}, Probability, % is 155. Enter 0 to 100."}
    assert Risk.objects.get(pk=line.record.pk).probability == 55


def test_an_answer_of_somebody_else_is_not_written_over(world: World, row: Return) -> None:
    filled(row, world.owner, summary="First words.")
    saved = answering.save(
        row.pk, {"q.summary": "Second words.", "q.spent": "5"}, {"q.summary": "", "q.spent": ""}, actor(world.administrator)
    )
    assert saved.written == ["q.spent"]
    assert saved.faults == {"q.summary": "Why: somebody has answered “First words.” since. Yours, “Second words.”, is not saved."}
    line = asking.asked_of(row, world.owner).rows[0]
    cell = line.cells[0]
    saved = answering.save(row.pk, {cell.key: "44"}, {cell.key: "1"}, actor(world.owner))
    assert list(saved.faults) == [cell.key] and "somebody has changed it" in saved.faults[cell.key]


def test_all_answers_or_none_where_that_is_asked(world: World, row: Return) -> None:
    before = Change.objects.count()
    with pytest.raises(answering.NotSaved) as fault:
        answering.save(row.pk, {"q.summary": "Words.", "q.spent": "much"}, {}, actor(world.owner), all_or_none=True)
    assert list(fault.value.saved.faults) == ["q.spent"]
    assert (Return.objects.get(pk=row.pk).answers, Change.objects.count()) == ({}, before)


def test_nothing_is_sent_while_an_answer_is_missing(world: World, row: Return) -> None:
    with pytest.raises(Invalid) as fault:
        answering.send(row.pk, row.version, actor(world.owner))
    assert fault.value.errors == {"q.rating": ["Rating: an answer is needed."], "q.summary": ["Why: an answer is needed."]}
    with pytest.raises(Refused):
        actions.move(RETURN, row.pk, row.version, "send", actor(world.owner))
    assert Return.objects.get(pk=row.pk).state == "asked"


# Whose step is next


def test_each_step_belongs_to_somebody(world: World, row: Return) -> None:
    supplier = worlds.appoint("pm@example.org", "Pat Manager", "project_manager", world.project)
    sponsor = worlds.appoint("sro@example.org", "Sam Sponsor", "sro", world.programme)
    Return.objects.filter(pk=row.pk).update(confirmer=sponsor.person.pk)
    record = filled(row, supplier)
    record = answering.send(record.pk, record.version, actor(supplier))
    assert record.sent_at is not None
    with pytest.raises(Refused, match="Only the office that asked may do this"):
        actions.move(RETURN, record.pk, record.version, "check", actor(supplier))
    record = actions.move(RETURN, record.pk, record.version, "check", actor(world.owner))
    with pytest.raises(Refused, match="The sponsor has not confirmed it yet"):
        actions.move(RETURN, record.pk, record.version, "accept", actor(world.owner))
    with pytest.raises(Refused, match="Only the sponsor named here may confirm"):
        actions.move(RETURN, record.pk, record.version, "confirm", actor(world.owner))
    record = actions.move(RETURN, record.pk, record.version, "confirm", actor(sponsor))
    record = actions.move(RETURN, record.pk, record.version, "accept", actor(world.owner))
    assert record.state == "accepted"
    with pytest.raises(Refused, match="Pat Manager sent this return on"):
        answering.save(record.pk, {"q.rating": "Red"}, {"q.rating": "green"}, actor(supplier))


def test_nobody_confirms_what_they_supply(world: World, row: Return) -> None:
    supplier = worlds.appoint("pm@example.org", "Pat Manager", "project_manager", world.project)
    with pytest.raises(Invalid) as fault:
        actions.change(RETURN, row.pk, row.version, {"confirmer": supplier.person.pk}, actor(supplier))
    assert fault.value.errors == {"confirmer": ["Only those who may decide here may change this."]}
    record = actions.change(RETURN, row.pk, row.version, {"owner": supplier.person.pk, "confirmer": supplier.person.pk}, actor(world.owner))
    record = filled(record, supplier)
    record = answering.send(record.pk, record.version, actor(supplier))
    record = actions.move(RETURN, record.pk, record.version, "check", actor(world.owner))
    with pytest.raises(Refused, match="Whoever supplies a return does not confirm it"):
        actions.move(RETURN, record.pk, record.version, "confirm", actor(supplier))


def test_what_was_sent_is_never_overwritten(world: World, row: Return) -> None:
    record = filled(row, world.owner)
    record = answering.send(record.pk, record.version, actor(world.owner))
    for values in ({"rating": "red"}, {"answers": {"rating": "red"}}):
        with pytest.raises(Invalid, match="What was sent is never overwritten"):
            actions.change(RETURN, record.pk, record.version, values, actor(world.administrator))


def test_a_supplier_answers_a_question_and_does_not_change_it(world: World, row: Return) -> None:
    supplier = worlds.appoint("pm@example.org", "Pat Manager", "project_manager", world.project)
    register = REGISTERS["reporting.challenge"]
    given = {"title": "Why green", "question": "What recovers the days?", "initiative": world.project.pk, "about": row.pk}
    asked = actions.create(register, given, actor(world.owner))
    with pytest.raises(Invalid):
        actions.change(register, asked.pk, asked.version, {"question": "Is the weather fine?"}, actor(supplier))
    asked = actions.change(register, asked.pk, asked.version, {"answer": "Night shifts from May."}, actor(supplier))
    asked = actions.move(register, asked.pk, asked.version, "answer", actor(supplier))
    with pytest.raises(Refused):
        actions.move(register, asked.pk, asked.version, "take", actor(supplier))
    assert actions.move(register, asked.pk, asked.version, "take", actor(world.owner)).state == "taken"


def test_what_is_sent_back_is_open_again(world: World, row: Return) -> None:
    record = filled(row, world.owner)
    record = answering.send(record.pk, record.version, actor(world.owner))
    record = actions.move(RETURN, record.pk, record.version, "reject", actor(world.owner), reason="The reason is missing.")
    assert (record.state, record.resent) == ("rejected", 1)
    first = record.sent_at
    record = filled(record, world.owner, summary="Now with the reason.")
    record = answering.send(record.pk, record.version, actor(world.owner))
    assert (record.state, record.sent_at) == ("sent", first)


def test_a_return_stays_with_whom_it_was_asked_of(world: World, row: Return) -> None:
    with pytest.raises(Invalid):
        actions.change(RETURN, row.pk, row.version, {"initiative": world.programme.pk}, actor(world.owner))


# Pages


def test_the_form_saves_and_sends(world: World, signed_in: SignedIn, row: Return) -> None:
    client, url = signed_in(world.owner), f"/reporting/returns/{row.pk}/"
    assert client.get(url).status_code == 200
    answer = client.post(url, {"do": "send", "q.rating": "green", "q.summary": "", "q.spent": "lots"})
    assert answer.status_code == 422
    assert "2 answers need you before you can send" not in answer.content.decode()  # the fault of a text comes first
    assert "Spent, £ is “lots”." in answer.content.decode() and 'value="lots"' in answer.content.decode()
    assert Return.objects.get(pk=row.pk).rating == "green"
    answer = client.post(url, {"do": "send", "q.summary": "All well.", "q.spent": ""})
    assert (answer.status_code, Return.objects.get(pk=row.pk).state) == (302, "sent")
    assert client.get(url).status_code == 302


def test_the_form_saves_as_it_is_filled(world: World, signed_in: SignedIn, row: Return) -> None:
    client, url = signed_in(world.owner), f"/reporting/returns/{row.pk}/"
    answer = client.post(url, {"q.rating": "amber", "q.spent": "1.5m"}, headers={"X-Save": "yes"})
    told = json.loads(answer.content)
    assert told["faults"] == {} and told["standing"]["q.spent"] == "1,500,000" and told["told"].startswith("Saved ")
    assert client.post(url, {"q.spent": "1,500,000", "was.q.spent": "1,500,000"}, headers={"X-Save": "yes"}).json()["told"] == ""


def test_only_its_own_people_fill_a_return(world: World, signed_in: SignedIn, row: Return) -> None:
    url, before = f"/reporting/returns/{row.pk}/", Change.objects.exclude(verb="refused").count()
    assert signed_in(world.stranger).get(url).status_code == 404
    assert signed_in(world.stranger).post(url, {"q.rating": "red"}).status_code == 404
    assert signed_in(world.member).get(url).status_code == 403
    assert signed_in(world.member).post(url, {"q.rating": "red"}).status_code == 403
    assert Change.objects.exclude(verb="refused").count() == before


def test_a_ready_made_return_is_taken_as_a_draft(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.owner)
    assert client.get("/reporting/returns/ready-made/").status_code == 200
    assert client.post("/reporting/returns/ready-made/", {"name": "highlight", "initiative": str(world.other.pk)}).status_code == 422
    answer = client.post("/reporting/returns/ready-made/", {"name": "highlight", "initiative": str(world.programme.pk)})
    assert answer.status_code == 302
    assert Definition.objects.latest("pk").state == "draft"
    assert signed_in(world.member).get("/reporting/returns/ready-made/").status_code == 404


# Claim beside measure


def test_a_claim_that_is_better_than_the_measure_is_told(world: World, row: Return) -> None:
    milestone = REGISTERS["planning.milestone"]
    values = {"title": "Late", "initiative": world.project.pk, "baseline_current": "2026-01-01", "forecast": "2027-06-01"}
    actions.create(milestone, values, actor(world.owner))
    record = filled(row, world.owner)
    answering.send(record.pk, record.version, actor(world.owner))
    found = measured.of(world.project, world.owner)
    assert (found.rating, found.differs("green"), found.differs("red")) == ("red", True, False)
    line = next(one for one in collecting.collected(row.commission, world.owner).lines if one.record.pk == row.pk)
    assert (line.differs, line.record.rating) == (True, "green")


def test_the_pack_tells_what_was_claimed(world: World, row: Return) -> None:
    record = filled(row, world.owner, summary="All is well here.")
    answering.send(record.pk, record.version, actor(world.owner))
    Challenge.objects.filter(initiative=world.programme).update(about=row.pk)
    (claim,) = making.facts_of(making.freeze(world.programme, "October 2026", actor(world.owner))).claims
    assert (claim.code, claim.is_reported, claim.rating, claim.summary) == (world.project.code, True, "green", "All is well here.")
    assert len(claim.questions) == Challenge.objects.filter(about=row.pk).count() > 0


def test_the_pack_tells_who_has_not_reported_and_what_was_last_known(world: World, definition: Definition, row: Return) -> None:
    record = filled(row, world.owner)
    answering.send(record.pk, record.version, actor(world.owner))
    made = commissioning.commission(definition, ids(definition, world.owner), NOVEMBER, actor(world.owner))
    (claim,) = making.facts_of(making.freeze(world.programme, "Before it is due", actor(world.owner))).claims
    assert (claim.is_reported, claim.period) == (True, "October 2026")
    Commission.objects.filter(pk=made.pk).update(due_on=date(2026, 1, 5))
    snapshot = making.freeze(world.programme, "Once it is due", actor(world.owner))
    (claim,) = making.facts_of(snapshot).claims
    assert (claim.is_reported, claim.rating, claim.last_rating, claim.last_period) == (False, "", "green", "October 2026")
    told = html.fragment(making.report_of(snapshot))
    assert "NOT REPORTED" in told and "last known Green for October 2026, 0 days old." in told
