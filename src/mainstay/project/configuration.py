"""What an installation may set, read from the environment and checked once at start."""

import os
import secrets
import sys
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import unquote, urlparse

KNOWN_BAD_KEYS = frozenset({"", "changeme", "change-me", "secret", "insecure", "django-insecure"})
SHORTEST_KEY = 50


class ConfigurationError(Exception):
    """A setting is missing or cannot be used; the text says which and what to do."""


@dataclass(frozen=True, slots=True)
class Mail:
    """The mail server that messages go through; without a host they wait."""

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starts_tls: bool = False
    is_tls: bool = False
    sender: str = "mainstay@localhost"


WebhookHosts = dict[tuple[str, int], str]
"""Host and port of each receiver → the address to use, or "" to ask for it and take a public one only."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings of one installation."""

    home: Path
    secret_key: str
    database: dict[str, object]
    public_url: str
    anchors: Path
    mail: Mail
    webhook_hosts: WebhookHosts
    webhook_ca: str
    return_links: bool
    promise_links: bool
    inbox: Path | None
    inbox_account: str
    testing: bool

    @property
    def is_secure(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def hosts(self) -> list[str]:
        host = urlparse(self.public_url).hostname
        return ["127.0.0.1", "localhost", "[::1]"] + ([host] if host else [])


def read() -> Configuration:
    """Read the environment; refuse what would be unsafe."""
    testing = "pytest" in sys.modules or os.environ.get("MAINSTAY_TESTING") == "1"
    home = Path(os.environ.get("MAINSTAY_HOME", "var")).resolve()
    return Configuration(
        home=home,
        secret_key=secret_key(home, testing=testing),
        database=database(home, os.environ.get("DATABASE_URL", "")),
        public_url=os.environ.get("MAINSTAY_URL", "").rstrip("/"),
        anchors=Path(os.environ.get("MAINSTAY_ANCHORS", home / "anchors.jsonl")),
        mail=mail(os.environ.get("MAINSTAY_MAIL", ""), os.environ.get("MAINSTAY_MAIL_FROM", "")),
        webhook_hosts=webhook_hosts(os.environ.get("MAINSTAY_WEBHOOK_HOSTS", "")),
        webhook_ca=webhook_ca(os.environ.get("MAINSTAY_WEBHOOK_CA", "")),
        return_links=switch("MAINSTAY_RETURN_LINKS", os.environ.get("MAINSTAY_RETURN_LINKS", "on")),
        promise_links=switch("MAINSTAY_PROMISE_LINKS", os.environ.get("MAINSTAY_PROMISE_LINKS", "on")),
        inbox=inbox(os.environ.get("MAINSTAY_INBOX", ""), os.environ.get("MAINSTAY_INBOX_AS", "")),
        inbox_account=os.environ.get("MAINSTAY_INBOX_AS", ""),
        testing=testing,
    )


def inbox(folder: str, email: str) -> Path | None:
    """The watched folder; it takes in with the rights of one account, which must be named."""
    if bool(folder) != bool(email):
        raise ConfigurationError(
            "MAINSTAY_INBOX names the watched folder and MAINSTAY_INBOX_AS the account with whose rights its files are taken in. "
            "Set both or none."
        )
    if folder and not Path(folder).is_dir():
        raise ConfigurationError("MAINSTAY_INBOX names no folder. Make it, or unset it and MAINSTAY_INBOX_AS.")
    return Path(folder).resolve() if folder else None


def mail(url: str, sender: str) -> Mail:
    """The server that MAINSTAY_MAIL names: smtp:// begins in clear and turns to TLS, smtps:// is TLS from the first byte."""
    if not url:
        return Mail()
    parts = urlparse(url)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or port == -1 or "@" not in sender:
        raise ConfigurationError(
            "MAINSTAY_MAIL is not of the form smtp://user:password@host:587 (or smtps://…:465), or MAINSTAY_MAIL_FROM names no sender "
            "such as pmo@example.org. Correct them, or unset both: messages then wait."
        )
    is_tls = parts.scheme == "smtps"
    # A server on this very machine may do without TLS; anywhere else a password would be read on the way.
    starts_tls = not is_tls and parts.hostname not in {"localhost", "127.0.0.1", "::1"}
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Mail(parts.hostname, port or (465 if is_tls else 587), user, password, starts_tls, is_tls, sender)


def webhook_hosts(text: str) -> WebhookHosts:
    """`hooks.slack.com, chat.example.org:8443=10.1.2.3`: what may be told of events; nothing unless it stands here."""
    found: WebhookHosts = {}
    for entry in filter(None, (one.strip() for one in text.split(","))):
        name, _sep, address = entry.partition("=")
        host, _colon, port = name.strip().lower().partition(":")
        try:
            fixed = str(ip_address(address.strip())) if address.strip() else ""
            number = int(port or 443)
        except ValueError:
            number = 0
        if not host or "/" in host or not 0 < number < 65536:
            raise ConfigurationError(
                f"MAINSTAY_WEBHOOK_HOSTS holds {entry!r}, which is not of the form host, host:port or host:port=address. "
                "Name the hosts alone, with commas between, e.g. hooks.slack.com."
            )
        found[host, number] = fixed
    return found


def webhook_ca(path: str) -> str:
    if path and not Path(path).is_file():
        raise ConfigurationError(
            "MAINSTAY_WEBHOOK_CA names no file. Name the certificates (PEM) that sign those of the channels, or unset it."
        )
    return path


def switch(name: str, text: str) -> bool:
    """`on` or `off`; a third word must not be taken for either."""
    if text.lower() not in {"on", "off"}:
        raise ConfigurationError(f"{name} is {text!r}. Set it to on or off, or unset it for on.")
    return text.lower() == "on"


def secret_key(home: Path, *, testing: bool) -> str:
    """The installation's own key: from the environment, else from a file that only its owner may read, made at first start."""
    if testing:
        return "only-for-tests-" + "0" * SHORTEST_KEY
    key = os.environ.get("MAINSTAY_SECRET_KEY")
    if key is None:
        return key_file(home / "secret.key")
    if key.lower() in KNOWN_BAD_KEYS or key.startswith("django-insecure") or len(key) < SHORTEST_KEY:
        raise ConfigurationError(
            f"MAINSTAY_SECRET_KEY is a sample or too short. Set at least {SHORTEST_KEY} random characters, or unset it to have one made."
        )
    return key


def key_file(path: Path) -> str:
    """Read the key from `path`, making it on the first start; 0600 from its first byte."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return key_file(path)
    except FileExistsError:
        key = path.read_text().strip()
        if len(key) < SHORTEST_KEY:
            raise ConfigurationError(
                f"The key in {path} is too short. Delete the file to have a new one made; everybody then signs in again."
            ) from None
        return key
    with os.fdopen(descriptor, "w") as file:
        key = secrets.token_urlsafe(64)
        file.write(key)
    return key


def database(home: Path, url: str) -> dict[str, object]:
    """SQLite in the home directory, or the PostgreSQL that DATABASE_URL names."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": home / "mainstay.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456;",
            },
        }
    parts = urlparse(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ConfigurationError(
            "DATABASE_URL is not of the form postgresql://user:password@host:port/name. Correct it, or unset it to use SQLite."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
