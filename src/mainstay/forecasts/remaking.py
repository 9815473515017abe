"""A run made again from its frozen input: the same figures to the last bit, or which parts differ."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mainstay import __version__
from mainstay.engine.errors import EngineError
from mainstay.forecasts import frozen, running, samples
from mainstay.forecasts.options import Options
from mainstay.forecasts.run.model import Run
from mainstay.forecasts.run.register import RunRegister
from mainstay.forecasts.showing import AGAIN
from mainstay.forecasts.simulating import simulate
from mainstay.forecasts.taking import take
from mainstay.jobs.progress import Progress
from mainstay.register import document, history, store
from mainstay.register.document import DocumentError
from mainstay.register.errors import Refused
from mainstay.register.history import Actor, Event
from mainstay.register.words import local

PASSED_OVER = frozenset({"url", "title", "name", "seconds", "made_at", "as_at", "made_by", "ref", "engine_version", "response"})
"""Words of people, and when and how fast it was: not figures."""


@dataclass(frozen=True, slots=True)
class Remade:
    """Whether everything is equal, and the parts of the result that are not."""

    is_equal: bool
    differing: tuple[str, ...]
    sentence: str


def remake(run: Run, progress: Progress) -> Remade:
    """Run the kept input with the kept seed once more; nothing is written. Raises Refused with a sentence where it cannot be."""
    try:
        found = frozen.thawed(frozen.read(store.get(run.input_digest)))
        taken = take(found, after=run.after_responses, at=local(run.made_at).date())
        simulated = simulate(taken, options_of(run), local(run.made_at).date(), progress)
    except DocumentError as fault:
        raise Refused(_("%(ref)s cannot be made again. %(fault)s") % {"ref": run.ref, "fault": fault}) from fault
    except (store.StoreError, EngineError) as fault:
        raise Refused(str(fault)) from fault
    ready = running.Ready(taken, b"", simulated, options_of(run), run.made_at)
    again = json.loads(document.to_bytes(running.outlook(ready, run, run.made_at)))
    differing = tuple(differences(json.loads(store.get(run.result_digest)), again))
    if run.samples_digest and store.get(run.samples_digest) != samples.packed(simulated.result):
        differing = (*differing, "samples")
    return Remade(not differing, differing, sentence(run, differing))


def options_of(run: Run) -> Options:
    asked = run.outlook.provenance.asked or run.iterations
    return Options(iterations=asked, seed=run.seed, after=run.after_responses, sampling=run.sampling, stop_days=run.stop_days)


def sentence(run: Run, differing: tuple[str, ...]) -> str:
    if not differing:
        return _("%(ref)s was made again: every figure is the same, to the last bit.") % {"ref": run.ref}
    text = _("%(ref)s was made again and differs in %(parts)s. It was made with engine %(then)s; this is %(now)s.")
    return text % {"ref": run.ref, "parts": ", ".join(differing), "then": run.engine_version, "now": __version__}


def differences(one: dict[str, Any], other: dict[str, Any]) -> Iterator[str]:
    """The parts of two results whose figures are not equal."""
    for name in sorted({*one, *other}):
        if bare(one.get(name)) != bare(other.get(name)):
            yield name.replace("_", " ")


def bare(told: Any) -> Any:
    """A value without words of people."""
    if isinstance(told, dict):
        return {name: bare(value) for name, value in told.items() if name not in PASSED_OVER}
    return [bare(item) for item in told] if isinstance(told, list) else told


def note(run: Run, remade: Remade, actor: Actor) -> None:
    """Tell it in the history of the run."""
    with transaction.atomic():
        history.append([Event(RunRegister.key, AGAIN, run.pk, run.ref, run.initiative.path, {}, {}, remade.sentence)], actor)
