"""Runs as a process of its own, limits itself, checks or fills one template, and tells what came of it as JSON. Callers use `limited`."""

import json
import resource
import sys
from pathlib import Path
from typing import Any

MEGABYTE = 1 << 20


def limit(memory_mb: int, seconds: int) -> None:
    """Memory, processor time, and no file larger than what is sent back."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * MEGABYTE, memory_mb * MEGABYTE))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (memory_mb * MEGABYTE, memory_mb * MEGABYTE))


def speak(language: str) -> None:
    """Only the words of the framework are needed here: no database, no installation."""
    # Imported after the limits are set, so that they hold for the libraries, too.
    from django.apps import apps
    from django.conf import settings

    settings.configure(USE_I18N=True, LANGUAGE_CODE=language, LOCALE_PATHS=(), INSTALLED_APPS=())
    apps.populate(())


def checked(path: str, name: str) -> dict[str, Any]:
    from mainstay.reporting.templating import making  # after the limits are set, as above

    told = making.check(Path(path), name)
    return {"kind": told.kind, "used": list(told.used), "faults": [[fault.place, fault.text] for fault in told.faults]}


def filled(path: str, kind: str, facts: str, digest: str, to: str) -> dict[str, Any]:
    from mainstay.register.document import DocumentError, from_bytes  # after the limits are set, as above
    from mainstay.reporting.board_pack.facts import PackFacts  # as above
    from mainstay.reporting.templating import making  # as above

    try:
        content = making.made(Path(path).read_bytes(), kind, from_bytes(PackFacts, Path(facts).read_bytes()), digest)
    except making.TemplateFault as fault:
        return {"faults": [[one.place, one.text] for one in fault.faults]}
    except DocumentError as fault:
        return {"unreadable": str(fault)}
    Path(to).write_bytes(content)
    return {"faults": []}


def main(arguments: list[str]) -> None:
    """Memory, seconds and language, then `check` or `fill` with what it takes."""
    limit(int(arguments[0]), int(arguments[1]))
    speak(arguments[2])
    told = checked(*arguments[4:]) if arguments[3] == "check" else filled(*arguments[4:])
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1:])
