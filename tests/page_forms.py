"""Pages as a browser without script reads them: forms with what they hold, texts, links."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client
from lxml import html


@dataclass
class Form:
    """A form of a page: where it goes and what it would send."""

    action: str
    values: dict[str, Any]

    def send(self, client: Client, **changes: Any) -> HttpResponse:
        """Send it as it stands, with `changes`; None takes a field out."""
        values = {name: value for name, value in {**self.values, **changes}.items() if value is not None}
        return client.post(self.action, values)  # type: ignore[return-value]  # the client's answer is the view's


def tree(response: Any) -> html.HtmlElement:
    return html.fromstring(response.content.decode())


def text(response: Any) -> str:
    """What the page says, without its rail."""
    page = tree(response)
    found = page.xpath('//*[@id="main"]')
    return " ".join((found[0] if found else page).text_content().split())


def form_to(response: Any, action: str) -> Form:
    """The form of the page that is sent to `action`."""
    for form in tree(response).forms:
        if form.get("action") == action and (form.get("method") or "get").lower() == "post":
            values: dict[str, Any] = {}
            for area in form.xpath(".//textarea"):
                # A browser drops the newline that follows the tag; this parser keeps it.
                area.text = (area.text or "").removeprefix("\n")
            for name, value in form.form_values():
                if name in values:
                    held = values[name]
                    values[name] = [*(held if isinstance(held, list) else [held]), value]
                else:
                    values[name] = value
            values.pop("csrfmiddlewaretoken", None)
            return Form(action, values)
    raise AssertionError(f"No form goes to {action}: {[form.get('action') for form in tree(response).forms]}")


def ids(response: Any) -> set[str]:
    return {element.get("id") for element in tree(response).xpath("//*[@id]")}


def targets(response: Any) -> set[str]:
    """The ids that the error summary leads to."""
    return {link.get("href").lstrip("#") for link in tree(response).xpath("//*[@data-errors]//a")}
