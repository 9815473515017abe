"""What others call: freeze the facts of an initiative, and make the pack of a snapshot as a file."""

from mainstay.reporting.freezing import facts_of, freeze, may_freeze

__all__ = ["FORMATS", "facts_of", "freeze", "make", "may_freeze"]

FORMATS = ("docx", "pptx", "xlsx", "pdf", "html")


def make(snapshot: "Snapshot", format: str) -> tuple[str, bytes]:  # noqa: A002  # the word that people use for it
    """The pack of `snapshot` as a file: its name and content. The same snapshot gives the same bytes.

    Raises register.store.StoreError or document.DocumentError, with a sentence, where the frozen facts are missing or altered.
    """
    raise NotImplementedError
