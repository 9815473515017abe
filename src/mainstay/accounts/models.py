"""An account: who may sign in. What the account may do is held elsewhere, by the person it belongs to."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mainstay.accounts.grants import Grant

NOBODY = 0
"""The id of who is no account of this installation; no row has it, so that whatever is looked up or kept by it finds nothing or fails."""


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; addresses are compared in lower case."""

    def create_user(self, email: str, name: str, password: str | None = None, *, is_administrator: bool = False) -> "Account":
        account = self.model(email=email.strip().lower(), name=name, is_administrator=is_administrator)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """A sign-in. `is_administrator` reaches everything; every other right comes from an appointment."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField("may sign in", default=True)
    is_administrator = models.BooleanField("administrator", default=False)
    preferences = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    grants: tuple[Grant, ...] | None = None
    """All that this account reaches, where it is nobody's sign-in; None where its roles say it."""

    objects: ClassVar[AccountManager] = AccountManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def bearer(cls, name: str, *grants: Grant) -> "Account":
        """Who holds these grants for one request: it is never saved, signs in nowhere, and reaches nothing by roles."""
        made = cls(pk=NOBODY, name=name)
        made.grants = grants
        return made

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


class Guess(models.Model):
    """One failed attempt at a secret, kept for the minutes in which it counts."""

    factor = models.CharField(max_length=20)
    subject = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["factor", "subject", "at"])]

    def __str__(self) -> str:
        return f"{self.factor} {self.subject} {self.at:%Y-%m-%d %H:%M:%S}"


class Token(models.Model):
    """A secret that lets a program act for its account. Only the digest of the secret is kept; `name_part` finds the row."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=60, help_text=_("What it is for, so that you know it again."))
    name_part = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    may_write = models.BooleanField(_("may write"), default=False, help_text=_("Without this it only reads."))
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.name_part})"

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()


class SignIn(models.Model):
    """A session: whose, since when, from where. Its row goes at a sign-in after the session has ended."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    address = models.CharField(max_length=45, blank=True)
    browser = models.CharField(max_length=120, blank=True)
    started_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.account} {self.started_at:%Y-%m-%d %H:%M}"
