"""An account: who may sign in. What the account may do is held elsewhere, by the person it belongs to."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone


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

    objects: ClassVar[AccountManager] = AccountManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

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
