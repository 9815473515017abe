"""Which passwords are taken, how they are kept, and that no installation starts with a secret that others know."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from mainstay.accounts.models import Account
from mainstay.project import configuration
from mainstay.project.configuration import ConfigurationError

PASSWORD = "seven herons over the estuary"
REFUSED = {
    "twelve lette": "at least 15 characters",
    "passwordpassword": "words that anybody would try here",
    "mainstaymainstay": "words that anybody would try here",
    "Programme-Project-Portfolio": "words that anybody would try here",
    "Kit Eeper 1234567": "too similar to the name|words that anybody would try here",
    "harbour.keeper@example.org": "too similar to the e-mail address",
    "1234567890123456": "words that anybody would try here",
}


def account() -> Account:
    return Account(email="harbour.keeper@example.org", name="Kit Eeper")


@pytest.mark.parametrize("password", sorted(REFUSED))
def test_what_is_easily_guessed_is_refused_with_its_reason(password: str) -> None:
    with pytest.raises(ValidationError) as fault:
        validate_password(password, account())
    assert any(part in " ".join(fault.value.messages) for part in REFUSED[password].split("|")), fault.value.messages


@pytest.mark.parametrize("password", [PASSWORD, "fjord Øresund zwölf 章魚", "x" * 5 + "7q,zebra-quilt", "a" * 7 + "long " * 40])
def test_a_long_one_of_any_letters_is_taken(password: str) -> None:
    validate_password(password, account())


@pytest.mark.django_db
def test_the_page_tells_why_and_keeps_the_old_one() -> None:
    held = Account.objects.create_user("keeper@example.org", "Kit Eeper", PASSWORD)
    client = Client()
    client.force_login(held)
    for new, again, sentence in (("short", "short", "15 characters"), ("nine lanterns by the slipway", "another", "match")):
        answer = client.post("/settings/password/", {"old_password": PASSWORD, "new_password1": new, "new_password2": again})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    held.refresh_from_db()
    assert held.check_password(PASSWORD)


def installed(home: Path, code: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run code with the settings of an installation, not with those of tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAINSTAY", "DATABASE", "PYTEST"))}
    given = {**kept, "MAINSTAY_HOME": str(home), "DJANGO_SETTINGS_MODULE": "mainstay.project.settings", **environment}
    return subprocess.run([sys.executable, "-c", code], env=given, capture_output=True, text=True, check=False)


def test_an_installation_keeps_passwords_by_argon2id_and_sends_its_cookies_over_tls_only(tmp_path: Path) -> None:
    code = (
        "import django; django.setup()\n"
        "from django.contrib.auth.hashers import make_password\n"
        "from django.conf import settings as s\n"
        "print(make_password('seven herons over the estuary')[:16], s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_NAME,\n"
        "      s.SECURE_HSTS_SECONDS, s.SECURE_SSL_REDIRECT, s.DEBUG)"
    )
    done = installed(tmp_path, code, MAINSTAY_URL="https://office.example.org")
    assert done.stdout.split() == ["argon2$argon2id$", "True", "True", "__Host-session", "31536000", "True", "False"], done.stderr


@pytest.mark.parametrize("key", ["", "changeme", "django-insecure-" + "x" * 60, "x" * 49])
def test_a_key_that_others_know_is_refused(key: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MAINSTAY_SECRET_KEY", key)
    with pytest.raises(ConfigurationError, match="at least 50 random characters"):
        configuration.secret_key(tmp_path, testing=False)


def test_without_one_each_installation_makes_its_own_for_its_owner_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("MAINSTAY_SECRET_KEY", raising=False)
    keys = {configuration.secret_key(tmp_path / name, testing=False) for name in ("one", "two", "one")}
    assert len(keys) == 2
    assert min(map(len, keys)) >= 50
    assert (tmp_path / "one" / "secret.key").stat().st_mode & 0o777 == 0o600
