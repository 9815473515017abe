"""The declaration of the register of people."""

from mainstay.organisation.person.model import Person
from mainstay.register.spec import Register


class PersonRegister(Register):
    model, code = Person, "PER"
    sections = {"Person": ("title", "email", "post", "body", "left_on")}
    columns = ("title", "post", "body", "email", "left_on")
    filters = ("body",)
    search = ("ref", "title", "email", "post", "body")
    order = ("title", "pk")
    inline = ("post", "body", "left_on")
    scope = ()
    is_open = True
