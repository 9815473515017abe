"""The question banks that come with Mainstay, and taking one into the register."""

from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.assurance.bank.register import BankRegister
from mainstay.assurance.triage import form
from mainstay.assurance.triage.form import Form
from mainstay.register import actions
from mainstay.register.errors import Invalid
from mainstay.register.history import Actor

FOLDER = Path(__file__).parent / "banks"


@cache
def banks() -> dict[str, Form]:
    """The shipped forms by the name of their file."""
    return {path.stem: form.read(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yaml"))}


def take(name: str, initiative: int, actor: Actor) -> Any:
    """The bank `name` as a draft of the initiative."""
    if name not in banks():
        raise Invalid({"name": [_("There is no shipped question bank of this name.")]})
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    values = {"title": banks()[name].title, "initiative": initiative, "content": text, "valid_from": timezone.localdate()}
    return actions.create(BankRegister, values, actor)
