"""What the contracts of one record's pages stand on: which registers they walk over, who keeps them, and words for any of their fields."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from zlib import crc32

import pytest
from django.db import models
from django.test import Client

from mainstay.accounts.models import Account
from mainstay.register.models import Change
from mainstay.register.spec import REGISTERS, Register
from mainstay.register.values import plain as plain_value
from tests import page_forms
from tests.contract import worlds
from tests.contract.worlds import World

SignedIn = Callable[[Account | None], Client]
EVERY = pytest.mark.parametrize("key", sorted(REGISTERS))
CHANGING = pytest.mark.parametrize("key", sorted(key for key, register in REGISTERS.items() if not register.is_fixed))
FIXED = pytest.mark.parametrize("key", sorted(key for key, register in REGISTERS.items() if register.is_fixed))
ENTERED = pytest.mark.parametrize("key", sorted(key for key, register in REGISTERS.items() if register.is_entered))
CLOSED_AND_CHANGING = pytest.mark.parametrize("key", sorted(register.key for register in worlds.closed() if not register.is_fixed))
CLOSED = pytest.mark.parametrize("key", sorted(register.key for register in worlds.closed()))
STEPPING = pytest.mark.parametrize("key", sorted(key for key, register in REGISTERS.items() if register.states is not None))
MOVING = ("edit", "withdraw", "reinstate", "attach", "link")
"""Pages whose use changes the record or what belongs to it."""
NO_VERSIONS = (None, "0", "", "-1", "x", "99999999999999999999", "١")
READING = ("detail", "history", "edit", "copy", "withdraw", "reinstate", "link")
WRITING = ("edit", "withdraw", "reinstate", "comment", "attach", "link", "watch")


def keeper(world: World, register: type[Register]) -> Account:
    """Somebody who may keep the register: the head of office, or the administrator where a register is nobody's place."""
    return world.owner if not worlds.is_shared(register) else world.administrator


def changes() -> int:
    return Change.objects.exclude(verb="refused").count()


def latest() -> Change:
    return Change.objects.latest("sequence")


def verbs_of(register: type[Register], verbs: tuple[str, ...]) -> list[str]:
    return [verb for verb in verbs if (register.is_entered or verb != "copy") and not (register.is_fixed and verb in MOVING)]


class Wording:
    """Puts words into a text field of a register; where it has none, a day that stands for these words."""

    def __init__(self, register: type[Register]) -> None:
        texts = ["title"] if "title" in register.fields() else worlds.texts(register)
        days = [name for name in register.fields() if isinstance(register.field(name), models.DateField) and not register.field(name).null]
        self.name, self.is_day = (texts or days)[0], not texts

    def of(self, words: str) -> str:
        """What is sent."""
        return (date(2020, 1, 1) + timedelta(days=crc32(words.encode()) % 2000)).isoformat() if self.is_day else words

    def values(self, words: str) -> dict[str, Any]:
        return {self.name: self.of(words)}

    def shown(self, words: str) -> str:
        """What a page then says."""
        return read(date.fromisoformat(self.of(words))) if self.is_day else words

    def held(self, record: Any) -> str:
        return str(plain_value(getattr(record, self.name)))


def read(value: Any) -> str:
    return f"{value.day} {value:%b %Y}" if isinstance(value, date) else str(value)


def plain(response: Any) -> str:
    """The page's words without the line that names time and number of the request."""
    page = page_forms.tree(response)
    for line in page.xpath("//main//code/.."):
        line.drop_tree()
    return " ".join(page.xpath('//*[@id="main"]')[0].text_content().split())


def words_of(register: type[Register]) -> list[str]:
    """The fields of a register that take any words, without those by which it is named."""
    return [name for name in worlds.texts(register) if name not in ("title", "ref")]


TELLING = pytest.mark.parametrize("key", sorted(key for key, register in REGISTERS.items() if not register.is_fixed and words_of(register)))
