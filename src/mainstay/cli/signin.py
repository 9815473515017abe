"""The demonstration's sign-in, kept beside its database for its owner only, so that every start can print it."""

import json
import os
from pathlib import Path

NAME = "demo-sign-in.json"


def keep(home: Path, email: str, password: str) -> None:
    path = home / NAME
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump({"email": email, "password": password}, file)


def kept(home: Path) -> tuple[str, str] | None:
    try:
        told = json.loads((home / NAME).read_text(encoding="utf-8"))
        return str(told["email"]), str(told["password"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
