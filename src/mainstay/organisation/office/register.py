"""The declaration of the register of offices."""

from collections.abc import Mapping
from typing import Any

from mainstay.organisation.office.model import Office
from mainstay.register import tree
from mainstay.register.spec import Register


class OfficeRegister(Register):
    model, code = Office, "OFF"
    sections = {"Office": ("title", "kind", "level", "parent", "email"), "Remit": ("remit",)}
    columns = ("title", "kind", "level", "parent", "email")
    filters = ("kind", "level", "parent")
    search = ("ref", "title", "remit")
    order = ("path", "pk")
    inline = ("level", "email")
    scope = ("path",)
    is_open = True

    @classmethod
    def after_write(cls, record: Any, before: Mapping[str, Any]) -> None:
        tree.place(record, prefix="o")
