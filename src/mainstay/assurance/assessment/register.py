"""The declaration of the register of risk potential assessments: each step of the chain is another person's."""

from collections.abc import Mapping
from typing import Any

from mainstay.accounts.models import Account
from mainstay.assurance.assessment import chain
from mainstay.assurance.assessment.model import Assessment
from mainstay.register.spec import Register


class AssessmentRegister(Register):
    model, code = Assessment, "RA"
    sections = {
        "Assessment": ("initiative", "bank", "title", "whole_life_cost", "owner", "marking"),
        "Answers": ("content", "mitigation"),
        "Central unit": ("central_unit", "accepted_on"),
    }
    columns = ("ref", "title", "initiative", "bank", "overall", "whole_life_cost", "owner", "state")
    filters = ("state", "overall", "initiative", "bank", "owner")
    search = ("ref", "title", "content")
    inline = ("owner",)
    states = chain.STATES

    @classmethod
    def refusal(cls, record: Any, move: str, account: Account | None) -> str:
        return chain.refusal(cls, record, move, account)

    @classmethod
    def before_write(cls, record: Any, before: Mapping[str, Any]) -> None:
        chain.settle(record, before)
