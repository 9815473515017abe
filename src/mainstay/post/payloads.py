"""What a channel is sent: title, sentence and link, as plain text or as a card."""

import json
import re
from typing import Any

from django.utils.translation import gettext as _

from mainstay.post.models import Form, Message

CARD = "application/vnd.microsoft.card.adaptive"
SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
MOST = 3000
MARKUP = re.compile(r"([\\*_\[\]`~#])")


def payload(message: Message, form: str) -> bytes:
    told = card(message) if form == Form.CARD else plain(message)
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")


def plain(message: Message) -> dict[str, Any]:
    lines = [quiet(message.subject), quiet(message.body[:MOST]), message.link]
    return {"text": "\n".join(line for line in lines if line)}


def quiet(text: str) -> str:
    """Words as words: nobody is called by an @ in a title, and no link is drawn from brackets."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"@(?=\w)", "@\u200b", text)


def card(message: Message) -> dict[str, Any]:
    body = [{"type": "TextBlock", "text": MARKUP.sub(r"\\\1", message.subject), "weight": "Bolder", "size": "Medium", "wrap": True}]
    if message.body:
        body.append({"type": "TextBlock", "text": MARKUP.sub(r"\\\1", message.body[:MOST]), "wrap": True})
    content: dict[str, Any] = {"$schema": SCHEMA, "type": "AdaptiveCard", "version": "1.4", "body": body}
    if message.link.startswith("https://"):
        content["actions"] = [{"type": "Action.OpenUrl", "title": _("Open in Mainstay"), "url": message.link}]
    return {"type": "message", "attachments": [{"contentType": CARD, "contentUrl": None, "content": content}]}
