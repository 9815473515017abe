"""How a command ends: exit codes, and the one sentence that a person gets when something cannot be done."""

import sys

DONE = 0
REFUSED = 1
"""It could not be done, or a check found something; nothing was changed."""
USAGE = 2
UNREADABLE = 3
"""A file cannot be read, or holds what cannot be used."""
NOT_READY = 4
"""The installation is missing, or its settings or database are not usable."""
INTERRUPTED = 130

CODES = f"""exit codes:
  {DONE}    done
  {REFUSED}    could not be done, or a check found something; nothing was changed
  {USAGE}    wrong usage
  {UNREADABLE}    a file cannot be read, or holds what cannot be used
  {NOT_READY}    the installation is missing, or its settings or database cannot be used
  {INTERRUPTED}  interrupted"""


class Failure(Exception):
    """Ends the command with a sentence on standard error and an exit code."""

    def __init__(self, text: str, code: int = REFUSED) -> None:
        self.code = code
        super().__init__(text)


def tell(text: str) -> None:
    """A sentence on standard error."""
    print(text, file=sys.stderr)
