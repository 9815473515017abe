"""What can go wrong in writing, each with the words a person is told.

ActionError
├── NotFound       no such record, or none that this account may know of
├── Refused        the account may see the record but not do this to it
├── Invalid        one or more values cannot be used; errors by field
├── Stale          somebody else has changed the record since it was read
└── Frozen         the view is of the past, or the record is closed to writing
"""

from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Model


class ActionError(Exception):
    """A write that did not happen; nothing was changed."""


class NotFound(ActionError):
    """The same words for what does not exist and for what must not be known of."""

    def __init__(self) -> None:
        super().__init__("There is no such record, or it is not yours to see.")


class Refused(ActionError):
    """Seen, but not to be done by this account."""

    def __init__(self, what: str) -> None:
        super().__init__(what)


class Invalid(ActionError):
    """Values that cannot be used: field name → sentences."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        self.errors = errors
        super().__init__(
            "; ".join(text if field == NON_FIELD_ERRORS else f"{field}: {text}" for field, texts in errors.items() for text in texts)
        )


class Stale(ActionError):
    """The version that was read is no longer the one on record."""

    def __init__(self, record: Model, read_version: int | None) -> None:
        self.record = record
        self.read_version = read_version
        super().__init__(
            "This record has been changed since you opened it. Compare the two and save again."
            if read_version is not None
            else "The version that you read is missing. Read the record again and send its version."
        )


class Frozen(ActionError):
    """Writing is closed."""
