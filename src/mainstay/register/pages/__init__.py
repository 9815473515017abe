"""The pages of every register, derived from its declaration. Each module here lists its own in `PAGES`."""

from django.urls import URLResolver, include, path

from mainstay.register.pages import (
    attachments,
    bulk,
    detail,
    exporting,
    forms,
    grid,
    guide,
    importing,
    linking,
    listing,
    moves,
    remarks,
    views,
    watching,
)
from mainstay.register.pages.page import Page, address
from mainstay.register.spec import REGISTERS, Register

PAGES: tuple[Page, ...] = (
    *listing.PAGES,
    *grid.PAGES,
    *bulk.PAGES,
    *views.PAGES,
    *exporting.PAGES,
    *importing.PAGES,
    *detail.PAGES,
    *forms.PAGES,
    *moves.PAGES,
    *remarks.PAGES,
    *attachments.PAGES,
    *linking.PAGES,
    *watching.PAGES,
    *guide.PAGES,
)


def pages_of(register: type[Register]) -> list[Page]:
    return [page for page in PAGES if register.is_entered or not page.for_entered]


def below(register: type[Register]) -> URLResolver:
    """All pages of a register below its own address: of each register that is not meant, one pattern is looked at, not thirty."""
    return path(f"{register.function}/{register.name}/", include([address(register, page) for page in pages_of(register)]))


urlpatterns: list[URLResolver] = [below(register) for register in REGISTERS.values()]
