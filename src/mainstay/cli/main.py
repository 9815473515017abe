"""The command `mainstay`: its sub-commands and how each ends. Django is loaded only by those that need a database."""

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from mainstay import __version__
from mainstay.cli.outcome import CODES, INTERRUPTED, NOT_READY, UNREADABLE, Failure, tell
from mainstay.formats.errors import FormatError
from mainstay.project.configuration import ConfigurationError

COMMANDS = (
    "init",
    "serve",
    "demo",
    "load",
    "plan",
    "portfolio",
    "simulate",
    "forecast",
    "assurance",
    "pack",
    "template",
    "returns",
    "verify",
    "check",
)
"""Modules of `mainstay.cli.commands`, in the order of the help; `load` is `import`, which is no name for a module."""


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="mainstay",
        description="The platform that a programme or project management office runs on.",
        epilog=CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--version", action="version", version=f"mainstay {__version__}")
    commands = made.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in COMMANDS:
        import_module(f"mainstay.cli.commands.{name}").add(commands)
    return made


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry of the console script: runs one command and leaves with its exit code."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """One command; whatever goes wrong becomes a sentence on standard error and an exit code."""
    given = parser().parse_args(arguments)
    try:
        code: int = given.run(given)
        sys.stdout.flush()
    except Failure as fault:
        tell(f"mainstay: {fault}")
        return fault.code
    except FormatError as fault:
        tell(f"mainstay: {fault}")
        return UNREADABLE
    except ConfigurationError as fault:
        tell(f"mainstay: {fault}")
        return NOT_READY
    except BrokenPipeError:  # whoever read our output has seen enough
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        tell("mainstay: interrupted; nothing was half done.")
        return INTERRUPTED
    return code


if __name__ == "__main__":
    main()
