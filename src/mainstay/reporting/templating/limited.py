"""The one way to read a template that came from outside: in a child process with bounded memory and time. What others call."""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mainstay.register.document import DocumentError
from mainstay.reporting.templating.filling import Fault, TemplateFault
from mainstay.reporting.templating.making import KINDS, MOST_BYTES, Checked


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child process may use."""

    memory_mb: int = 1024
    seconds: int = 20


LIMITS = Limits()


class Exceeded(Exception):
    """The child used more than it may, and was stopped; the text is for the person who sent the file."""


def check(path: Path, name: str, limits: Limits = LIMITS) -> Checked:
    """Whether the file may be a template; one that breaks a limit may not."""
    try:
        told = run(["check", str(path.resolve()), name], limits)
    except Exceeded as fault:
        return Checked("", faults=(Fault(_("The file"), str(fault)),))
    return Checked(told["kind"], tuple(told["used"]), faults_of(told))


def made(content: bytes, kind: str, facts: bytes, digest: str, limits: Limits = LIMITS) -> bytes:
    """The template filled with kept facts. Raises TemplateFault, or DocumentError where the facts cannot be read."""
    with tempfile.TemporaryDirectory() as folder:
        template, kept, to = (Path(folder) / name for name in ("template", "facts", "made"))
        template.write_bytes(content)
        kept.write_bytes(facts)
        try:
            told = run(["fill", str(template), kind, str(kept), digest, str(to)], limits)
        except Exceeded as fault:
            raise TemplateFault([Fault(_("The file"), str(fault))]) from None
        if "unreadable" in told:
            raise DocumentError(told["unreadable"])
        if faults := faults_of(told):
            raise TemplateFault(list(faults))
        return to.read_bytes()


def faults_of(told: dict[str, Any]) -> tuple[Fault, ...]:
    return tuple(Fault(place, text) for place, text in told["faults"])


def run(arguments: list[str], limits: Limits) -> dict[str, Any]:
    """What the child tells; Exceeded where it told nothing."""
    first = [sys.executable, "-I", "-m", "mainstay.reporting.templating.child", str(limits.memory_mb), str(limits.seconds)]
    try:
        done = subprocess.run(  # noqa: S603  # our own interpreter and module; the paths are arguments, never a command
            [*first, get_language() or "en-gb", *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            # Waiting for a busy machine is not the file's fault: the processor's time is what is bounded narrowly.
            timeout=3 * limits.seconds,
            check=False,
            env={"LC_ALL": "C.UTF-8", "TMPDIR": tempfile.gettempdir()},
        )
    except subprocess.TimeoutExpired:
        raise Exceeded(too_slow(limits)) from None
    if done.returncode in (-24, -9):
        raise Exceeded(too_slow(limits))
    if done.returncode or not done.stdout:
        raise Exceeded(
            _("Reading it needs more than the %(memory)d MB allowed, or breaks the program that reads it. Make the file simpler.")
            % {"memory": limits.memory_mb}
        )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def too_slow(limits: Limits) -> str:
    return _("Reading it takes longer than %(seconds)d seconds and was stopped. Make the file simpler.") % {"seconds": limits.seconds}


__all__ = ["KINDS", "MOST_BYTES", "Checked", "Limits", "TemplateFault", "check", "made"]
