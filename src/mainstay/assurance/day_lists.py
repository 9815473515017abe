"""Days as people write them in one field: `2027-01-04..2027-01-08; 2027-02-01`."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST_SPAN = 400


def days_in(text: str) -> frozenset[date]:
    """The days; `ValueError` where they are not written like that."""
    found: set[date] = set()
    for part in filter(None, (part.strip() for part in text.split(";"))):
        first, _dots, last = part.partition("..")
        begin, end = date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())
        if not 0 <= (end - begin).days <= LONGEST_SPAN:
            raise ValueError(part)
        found |= {begin + timedelta(days=number) for number in range((end - begin).days + 1)}
    return frozenset(found)


def written_as_days(text: str) -> None:
    """Validator of a field. Raises ValidationError with a sentence."""
    try:
        days_in(text)
    except ValueError:
        raise ValidationError(_("Write days as 2027-01-04, spans as 2027-01-04..2027-01-08, apart by semicolons.")) from None
