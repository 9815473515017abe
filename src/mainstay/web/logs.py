"""Logs: one JSON object a line, UTC, control characters escaped, no content of records and no secret of an address."""

import json
import logging
import re
from datetime import UTC, datetime

SECRET = re.compile(r"(/(?:answer|promise)/)[^\s/?#\"'<>]+")
"""The part of an address by which whoever has it gets in."""


def without_secrets(text: str) -> str:
    """The text as it may be kept: what is secret in an address of ours is left out."""
    return SECRET.sub(r"\1…", text)


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "log": record.name,
            "text": without_secrets(record.getMessage()),
        }
        if record.exc_info:
            line["trace"] = without_secrets(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=True)
