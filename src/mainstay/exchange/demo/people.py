"""The demonstration's offices, people with their accounts, initiatives and appointments."""

from datetime import date, timedelta
from typing import Any

from mainstay.accounts.models import Account
from mainstay.exchange.demo.files import programme
from mainstay.initiatives.appointment.register import AppointmentRegister
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.initiatives.standard.register import StandardRegister
from mainstay.organisation.office.register import OfficeRegister
from mainstay.organisation.person.register import PersonRegister
from mainstay.register import actions
from mainstay.register.history import Actor

APPOINTED_BEFORE = timedelta(days=240)


def address(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@example.org"


def offices(actor: Actor) -> None:
    for told in programme()["offices"]:
        actions.create(OfficeRegister, told, actor)


def people(actor: Actor, password: str) -> dict[str, Account]:
    """Everybody with an account of their own; all have the same password, made at this start."""
    accounts: dict[str, Account] = {}
    hashed = ""
    for told in programme()["people"]:
        name, email = told["title"], address(told["title"])
        body = "Department for Coast and Rivers"
        person = actions.create(PersonRegister, {"title": name, "email": email, "post": told["post"], "body": body}, actor)
        account = Account(email=email, name=name)
        if not hashed:
            account.set_password(password)
            hashed = account.password
        account.password = hashed
        account.save()
        person.account = account
        person.save(update_fields=["account"])
        accounts[name] = account
    return accounts


def initiatives(actor: Actor, today: date) -> None:
    """The portfolio, the programme and its projects, in delivery."""
    told = programme()
    starts, ends = today - timedelta(days=250), today + timedelta(days=900)
    portfolio = actions.create(InitiativeRegister, told["portfolio"], actor)
    head = actions.create(InitiativeRegister, {**told["programme"], "starts_on": starts, "ends_on": ends}, actor)
    below = [
        actions.create(InitiativeRegister, {**plain(project), "kind": "project", "parent": head.pk, "price_base": head.price_base}, actor)
        for project in told["projects"]
    ]
    for initiative in (portfolio, head, *below):
        actions.move(InitiativeRegister, initiative.pk, initiative.version, "deliver", actor)


def plain(project: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in project.items() if name != "file"}


def appointments(actor: Actor, today: date) -> None:
    for told in programme()["people"]:
        place = {"initiative": told["at"]} if "at" in told else {"office": told["office"]}
        since = today - APPOINTED_BEFORE
        actions.create(AppointmentRegister, {"person": address(told["title"]), "role": told["role"], "since": since, **place}, actor)


def standards(actor: Actor, today: date) -> None:
    for told in programme()["standards"]:
        values = {**told, "initiative": programme()["programme"]["code"], "valid_from": today - APPOINTED_BEFORE}
        actions.create(StandardRegister, values, actor)
