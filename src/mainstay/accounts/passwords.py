"""Password rules beyond Django's own: words that anybody would try here."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mainstay.accounts.models import Account

CONTEXT_WORDS = ("mainstay", "programme", "password", "portfolio", "project")


class ContextWords:
    """Refuses a password that is little more than a word of this product."""

    def validate(self, password: str, user: Account | None = None) -> None:
        rest = password.lower()
        for word in (*CONTEXT_WORDS, *(user.name.lower().split() if user else ())):
            rest = rest.replace(word, "")
        if len("".join(letter for letter in rest if letter.isalpha())) < 5:
            raise ValidationError(
                _("This password is built from words that anybody would try here. Use several unrelated words."), code="context_words"
            )

    def get_help_text(self) -> str:
        return _("Use several unrelated words; not the names of this product or your own.")
