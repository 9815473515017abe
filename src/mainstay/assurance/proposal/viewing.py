"""Who may see a proposed calendar, ask for one and accept it: it tells of every review below an initiative, and of who reviews."""

from mainstay.accounts.models import Account
from mainstay.assurance.member.register import MemberRegister
from mainstay.assurance.proposal.model import Basis, Proposal
from mainstay.assurance.proposal.register import ProposalRegister
from mainstay.assurance.review.register import ReviewRegister
from mainstay.assurance.reviewer.register import ReviewerRegister
from mainstay.forecasts import viewing as forecasts
from mainstay.initiatives.models import Initiative
from mainstay.register.access import may, paths_for
from mainstay.register.spec import Register

SEEN: tuple[type[Register], ...] = (ReviewRegister, MemberRegister, ProposalRegister)


def covers(account: Account | None, place: Initiative, register: type[Register], verb: str) -> bool:
    return any(path == "/" or place.path.startswith(path) for path in paths_for(account, register, verb))


def may_see_whole(account: Account | None, place: Initiative) -> bool:
    """Only readers of all reviews below, and of the pool."""
    return may(account, "view", ReviewerRegister) and all(covers(account, place, register, "view") for register in SEEN)


def may_see(account: Account | None, row: Proposal) -> bool:
    """Dates of a forecast are told to those only who may read forecasts there."""
    return may_see_whole(account, row.initiative) and (row.basis == Basis.PLAN or forecasts.may_see(account, row.initiative))


def may_write(account: Account | None, place: Initiative) -> bool:
    """Who sets the days of reviews and books teams; the same for proposing and for accepting."""
    wanted = ((ProposalRegister, "create"), (ReviewRegister, "change"), (MemberRegister, "create"), (MemberRegister, "change"))
    return may_see_whole(account, place) and all(covers(account, place, register, verb) for register, verb in wanted)
