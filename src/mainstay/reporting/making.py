"""What others call: freeze the facts of an initiative, and make the pack of a snapshot as a file."""

from mainstay.initiatives.models import Initiative
from mainstay.register.history import Actor
from mainstay.reporting.models import Snapshot

FORMATS = ("docx", "pptx", "xlsx", "pdf", "html")


def freeze(
    initiative: Initiative, name: str, actor: Actor, *, audience: str = "", corrects: Snapshot | None = None, correction: str = ""
) -> Snapshot:
    """Freeze the facts of `initiative` and all below it, as `actor` may see them, under `name`.

    Raises Refused, NotFound or Invalid (a name that is taken, nothing to freeze) and leaves no trace then.
    """
    raise NotImplementedError


def make(snapshot: Snapshot, format: str) -> tuple[str, bytes]:  # noqa: A002  # the word that people use for it
    """The pack of `snapshot` as a file: its name and content. The same snapshot gives the same bytes.

    Raises register.store.StoreError or document.DocumentError, with a sentence, where the frozen facts are missing or altered.
    """
    raise NotImplementedError
