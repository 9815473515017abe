"""The action that makes a snapshot: everything in one transaction, with all other writers waiting, so that its facts are of one moment."""

import re
import unicodedata
from datetime import date
from typing import Any, cast

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mainstay.initiatives.initiative.model import Initiative
from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.register import document, history, numbering, search, store
from mainstay.register.access import paths_for, visible_to
from mainstay.register.asat import LIVE
from mainstay.register.errors import Invalid, NotFound, Refused
from mainstay.register.history import Actor, Event
from mainstay.register.models import ChainHead
from mainstay.register.once import claim, made, settle
from mainstay.register.record import Source
from mainstay.register.values import snapshot as values_of
from mainstay.reporting import announcing
from mainstay.reporting.board_pack.facts import Earlier, PackFacts
from mainstay.reporting.board_pack.gather import Moment, Title, gather
from mainstay.reporting.snapshot.model import Snapshot
from mainstay.reporting.snapshot.register import SnapshotRegister

LONGEST_NAME, LONGEST_AUDIENCE, LONGEST_CORRECTION = 80, 120, 500


def may_freeze(initiative: Initiative, actor: Actor) -> bool:
    return any(initiative.path.startswith(path) for path in paths_for(actor.account, SnapshotRegister, "create"))


@transaction.atomic
def freeze(
    initiative: Initiative,
    name: str,
    actor: Actor,
    *,
    audience: str = "",
    corrects: Snapshot | None = None,
    correction: str = "",
    once: str = "",
) -> Snapshot:
    """Freeze the facts of `initiative` and all below it, as `actor` may see them, under `name`. `once` names a request that may come twice.

    Raises Refused, NotFound or Invalid (a name that is taken, nothing to freeze); nothing is left of it then.
    """
    # Writers of records lock this row before they commit: while it is held, nothing changes below our feet.
    head, _created = ChainHead.objects.select_for_update().get_or_create(pk=1)
    place = visible_to(actor.account, InitiativeRegister).filter(pk=initiative.pk).first()
    if place is None:
        raise NotFound
    if not may_freeze(place, actor):
        raise Refused(_("You may not freeze snapshots of %(place)s.") % {"place": place})
    if once and (before := claim(SnapshotRegister, actor, once)) is not None:
        return cast("Snapshot", made(SnapshotRegister, actor, before))
    name, audience, correction = check(place, name, audience, corrects, correction)
    now = timezone.now()
    title = Title(name=name, maker=actor.called, audience=audience, corrects=corrects.title if corrects else "", correction=correction)
    previous = latest(place, corrects)
    moment = Moment(at=now, sequence=head.sequence, chain=head.digest)
    facts = gather(place, actor.account, moment, title, earlier(previous))
    refuse_empty(facts)
    kept = keep(place, facts, actor, previous, corrects)
    announcing.frozen(kept)
    if once:
        settle(SnapshotRegister, actor, once, kept.pk)
    return kept


def keep(place: Initiative, facts: PackFacts, actor: Actor, previous: Snapshot | None, corrects: Snapshot | None) -> Snapshot:
    content = document.to_bytes(facts)
    row = Snapshot(
        initiative=place,
        title=facts.name,
        state="frozen",
        source=Source.DERIVED,
        marking=facts.marking,
        sequence=facts.sequence,
        frozen_at=facts.frozen_at,
        frozen_by=actor.called[:120],
        audience=facts.audience,
        digest=store.put(content),
        size=len(content),
        rating=facts.statuses[0].rating,
        previous=previous,
        supersedes=corrects,
        correction=facts.correction,
    )
    row.ref = numbering.free_reference(SnapshotRegister, row)
    row.save(force_insert=True)
    search.index(SnapshotRegister, [row])
    told = {**values_of(SnapshotRegister, row), "sequence": row.sequence, "digest": row.digest, "supersedes": row.supersedes_id}
    history.append(
        [Event(SnapshotRegister.key, "freeze", row.pk, row.ref, place.path, {}, told, facts.correction)], actor, at=facts.frozen_at
    )
    return row


def check(place: Initiative, name: str, audience: str, corrects: Snapshot | None, correction: str) -> tuple[str, str, str]:
    """The words in the form in which they are kept, or a sentence for each that cannot be used."""
    name, audience, correction = tidy(name), tidy(audience), tidy(correction)
    errors: dict[str, list[str]] = {}
    if fault := fault_of_name(place, name):
        errors["name"] = [fault]
    if len(audience) > LONGEST_AUDIENCE:
        errors["audience"] = [_("This is longer than %(count)d characters.") % {"count": LONGEST_AUDIENCE}]
    if len(correction) > LONGEST_CORRECTION:
        errors["correction"] = [_("This is longer than %(count)d characters.") % {"count": LONGEST_CORRECTION}]
    if corrects is not None:
        if corrects.initiative_id != place.pk:
            raise NotFound
        if not correction:
            errors["correction"] = [_("Say what was wrong with %(name)s: its readers will see it.") % {"name": corrects.title}]
        if Snapshot.objects.filter(supersedes=corrects).exists():
            errors["corrects"] = [_("%(name)s has been corrected already. Correct its correction.") % {"name": corrects.title}]
    if errors:
        raise Invalid(errors)
    return name, audience, correction


def tidy(text: str) -> str:
    """One line without invisible characters, each space once."""
    seen = "".join(" " if letter.isspace() else letter for letter in unicodedata.normalize("NFC", text))
    return re.sub(" +", " ", "".join(letter for letter in seen if letter.isprintable())).strip()


def fault_of_name(place: Initiative, name: str) -> str:
    if not name:
        return _("Give it the name by which the board will know it, e.g. October 2026.")
    if len(name) > LONGEST_NAME:
        return _("This name is longer than %(count)d characters.") % {"count": LONGEST_NAME}
    if name.lower() == LIVE or name.startswith("#") or is_date(name):
        return _("%(name)s means something else under “seen as at”. Give another name, e.g. October 2026.") % {"name": name}
    # Compared here as well as by the database, whose idea of small letters may stop at ASCII.
    if name.casefold() in {held.casefold() for held in Snapshot.objects.filter(initiative=place).values_list("title", flat=True)}:
        return _("%(place)s has a snapshot called %(name)s already. Give this one another name.") % {"place": place.code, "name": name}
    return ""


def is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def latest(place: Initiative, corrects: Snapshot | None) -> Snapshot | None:
    """The snapshot in force before this one. A correction is told against what the corrected one was told against."""
    if corrects is not None:
        return corrects.previous
    return Snapshot.objects.filter(initiative=place, successor__isnull=True).order_by("-sequence", "-pk").first()


def earlier(previous: Snapshot | None) -> tuple[Earlier, PackFacts | None, str] | None:
    if previous is None:
        return None
    told = Earlier(pk=previous.pk, name=previous.title, frozen_at=previous.frozen_at, sequence=previous.sequence, digest=previous.digest)
    try:
        return told, facts_of(previous), ""
    except (store.StoreError, document.DocumentError) as fault:
        return told, None, str(fault)


def facts_of(snapshot: Snapshot) -> PackFacts:
    """The frozen facts, proved to be those that were frozen."""
    return document.from_bytes(PackFacts, store.get(snapshot.digest))


def refuse_empty(facts: PackFacts) -> None:
    rows: tuple[tuple[Any, ...], ...] = (
        facts.plans, facts.milestones, facts.dependencies, facts.risks, facts.issues, facts.decisions, facts.actions,
    )  # fmt: skip
    if not any(rows):
        text = _("There is nothing to freeze in %(code)s yet: it has no plan, milestone, dependency, risk, issue, decision or action.")
        raise Invalid({"name": [text % {"code": facts.initiative.code}]})
