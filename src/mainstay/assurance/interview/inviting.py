"""Telling whoever is met that the hour stands, with an entry for their calendar; and that it stands no more."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from mainstay.assurance.interview import calendars
from mainstay.post import writing
from mainstay.register import words


def told(record: Any, before: Mapping[str, Any], url: str) -> None:
    """Called after each write; `before` is what it was. Written in the transaction of the step, once for each version."""
    person = record.interviewee
    if person is None or record.is_withdrawn:
        return
    was = before.get("state", "")
    has_moved = any(str(before.get(name)) != str(getattr(record, name)) for name in ("held_on", "begins", "minutes"))
    link = f"{settings.PUBLIC_URL}{url}"
    if record.state == "accepted" and record.span and (was == "proposed" or has_moved):
        text = _("%(title)s\n%(day)s, %(begins)s to %(ends)s%(place)s\n%(review)s, %(initiative)s\n\n%(topics)s\n\n%(link)s\n") % {
            "title": record.title, "day": words.day(record.held_on), "begins": record.begins, "ends": record.ends,
            "place": f", {record.place}" if record.place else "", "review": record.review, "initiative": record.initiative,
            "topics": record.topics, "link": link,
        }  # fmt: skip
        subject = _("Interview on %(day)s, %(begins)s: %(title)s") % {
            "day": words.day(record.held_on), "begins": record.begins, "title": record.title,
        }  # fmt: skip
        entry = calendars.calendar([record], link).decode()
        writing.write(key(record), person.email, person.title, subject, text, calendar=entry)
    elif was == "accepted" and record.state in ("wanted", "cancelled"):
        subject = _("The interview is off: %(title)s") % {"title": record.title}
        text = _("%(title)s is not held as agreed. Take it out of your calendar; another hour may be proposed.\n\n%(link)s\n") % {
            "title": record.title, "link": link,
        }  # fmt: skip
        writing.write(key(record), person.email, person.title, subject, text)


def key(record: Any) -> str:
    return f"assurance-interview-{record.pk}-v{record.version}-{record.state}"
