"""What happens in a workshop: private scores, revealing them once, the spread, and writing what was agreed to the risk."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account
from mainstay.register import actions, words
from mainstay.register.access import visible_to
from mainstay.register.errors import Invalid, NotFound, Refused
from mainstay.register.history import Actor
from mainstay.risk.models import Workshop, WorkshopRisk, WorkshopScore
from mainstay.risk.risk.register import RiskRegister
from mainstay.risk.workshop.model import ScoredBy
from mainstay.risk.workshop.register import WorkshopRegister

FIELDS = {ScoredBy.QUANTITIES: ("probability", "cost_likely", "days_likely"), ScoredBy.SCORES: ("likelihood", "impact")}
MOST_RISKS = 60


@dataclass(frozen=True, slots=True)
class Spread:
    """Figures of one quantity, in rising order."""

    name: str
    label: str
    values: Sequence[Decimal]

    @property
    def middle(self) -> Decimal:
        return Decimal(str(median(self.values)))

    @property
    def texts(self) -> tuple[str, str, str, str]:
        """Lowest, middle and highest, and all of them."""
        told = [words.number(value) for value in self.values]
        return told[0], words.number(self.middle), told[-1], ", ".join(told)


def fields_of(workshop: Workshop) -> tuple[str, ...]:
    return FIELDS[ScoredBy(workshop.scored_by)]


def spreads(workshop: Workshop, scores: Iterable[WorkshopScore]) -> list[Spread]:
    rows = list(scores)
    found = []
    for name in fields_of(workshop):
        values = sorted(Decimal(value) for row in rows if (value := getattr(row, name)) is not None)
        if values:
            found.append(Spread(name, RiskRegister.label(name), values))
    return found


def form_of(
    workshop: Workshop, data: Mapping[str, Any] | None = None, instance: WorkshopScore | None = None
) -> forms.ModelForm[WorkshopScore]:
    """The fields that a participant fills, with the limits of the risk's own fields."""
    labels = {name: RiskRegister.label(name) for name in fields_of(workshop)}
    made = forms.modelform_factory(WorkshopScore, fields=fields_of(workshop), labels=labels)
    return made(data, instance=instance, auto_id="score-%s")


def item_of(pk: int, account: Account | None) -> WorkshopRisk:
    """A risk of a workshop, where both may be seen."""
    item = WorkshopRisk.objects.select_related("workshop__initiative", "risk__initiative").filter(pk=pk).first()
    if item is None or item.workshop.is_withdrawn or not visible_to(account, WorkshopRegister).filter(pk=item.workshop_id).exists():
        raise NotFound
    if not visible_to(account, RiskRegister).filter(pk=item.risk_id).exists():
        raise NotFound
    return item


def held(pk: int, account: Account | None, *, leads: bool = False) -> WorkshopRisk:
    """The same, locked until the end of the transaction, in a workshop that is open; for `leads` only a facilitator gets it."""
    item = item_of(pk, account)
    if leads:
        refuse_others(item.workshop, account)
    if item.workshop.state != "open":
        raise Invalid({"state": [_("The workshop is closed.")]})
    return WorkshopRisk.objects.select_for_update(of=("self",)).select_related("workshop", "risk").get(pk=pk)


def leads(workshop: Workshop, account: Account | None) -> bool:
    return visible_to(account, WorkshopRegister, "change").filter(pk=workshop.pk).exists()


def refuse_others(workshop: Workshop, account: Account | None) -> None:
    if not leads(workshop, account):
        raise Refused(_("Only a facilitator of this workshop may do that."))


@transaction.atomic
def choose(workshop: Workshop, risks: Sequence[int], account: Account | None) -> None:
    """Put risks before the workshop; the first becomes the current one."""
    refuse_others(workshop, account)
    if workshop.state != "open":
        raise Invalid({"state": [_("The workshop is closed.")]})
    seen = visible_to(account, RiskRegister).filter(pk__in=risks[:MOST_RISKS], is_withdrawn=False, state="open").order_by("pk")
    for risk in seen:
        WorkshopRisk.objects.get_or_create(workshop=workshop, risk=risk)
    if not workshop.items.filter(is_current=True).exists() and (first := workshop.items.first()):
        WorkshopRisk.objects.filter(pk=first.pk).update(is_current=True)


@transaction.atomic
def show(pk: int, account: Account | None) -> None:
    """Make this risk the one that everybody scores."""
    item = held(pk, account, leads=True)
    item.workshop.items.exclude(pk=pk).update(is_current=False)
    WorkshopRisk.objects.filter(pk=pk).update(is_current=True)


@transaction.atomic
def score(pk: int, data: Mapping[str, Any], account: Account) -> WorkshopScore:
    """One participant's figures; they may be changed until they are revealed."""
    item = held(pk, account)
    if item.revealed_at is not None:
        raise Invalid({"state": [_("The scores have been revealed. Wait for the next risk, or for “Score again”.")]})
    form = form_of(item.workshop, data, WorkshopScore.objects.filter(item=item, account=account).first())
    if not form.is_valid():
        raise Invalid({name: [str(text) for text in texts] for name, texts in form.errors.items()})
    if all(form.cleaned_data[name] is None for name in form.fields):
        raise Invalid({"state": [_("Give at least one figure.")]})
    made = form.save(commit=False)
    made.item, made.account, made.at = item, account, timezone.now()
    made.save()
    return made


@transaction.atomic
def reveal(pk: int, account: Account | None) -> None:
    """Whoever comes first does it; the other one is told."""
    item = held(pk, account, leads=True)
    if not item.scores.exists():
        raise Invalid({"state": [_("Nobody has scored yet.")]})
    if not WorkshopRisk.objects.filter(pk=pk, revealed_at=None).update(revealed_at=timezone.now()):
        raise Invalid({"revealed": [_("The scores have been revealed already.")]})


@transaction.atomic
def again(pk: int, account: Account | None) -> None:
    held(pk, account, leads=True)
    WorkshopRisk.objects.filter(pk=pk).update(revealed_at=None, agreed_at=None)


@transaction.atomic
def agree(pk: int, version: int | None, data: Mapping[str, Any], actor: Actor) -> Any:
    """Write the agreed figures to the risk through the one way to write; its history keeps how far apart the scores were."""
    item = held(pk, actor.account, leads=True)
    if item.revealed_at is None:
        raise Invalid({"state": [_("Reveal the scores first.")]})
    values = {name: data.get(name, "") for name in fields_of(item.workshop) if str(data.get(name, "")).strip()}
    if not values:
        raise Invalid({"state": [_("Give at least one agreed figure.")]})
    told = "; ".join(f"{one.label} {one.texts[0]}–{one.texts[2]}" for one in spreads(item.workshop, item.scores.all()))
    reason = _("Agreed in workshop %(ref)s by %(n)d participants: %(spread)s.") % {
        "ref": item.workshop.ref, "n": item.scores.count(), "spread": told,
    }  # fmt: skip
    made = actions.change(RiskRegister, item.risk_id, version, values, actor, reason=reason)
    WorkshopRisk.objects.filter(pk=pk).update(agreed_at=timezone.now())
    return made
