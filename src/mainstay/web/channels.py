"""The page of channels, for administrators: which chat channels are told of what. The address of one is taken in and never shown again."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mainstay.initiatives.initiative.register import InitiativeRegister
from mainstay.organisation.office.register import OfficeRegister
from mainstay.post import channels, outgoing, sending
from mainstay.post.channels import Channel, ChannelEvent, Form
from mainstay.post.models import Message, State
from mainstay.register.access import visible_to
from mainstay.register.history import Event, record_event
from mainstay.register.requests import ADMINISTRATOR, actor_of, asks
from mainstay.register.trail import Crumb

LONGEST_NAME, LONGEST_URL = 80, 2000


@require_http_methods(["GET", "HEAD", "POST"])
@asks(ADMINISTRATOR)
def all_channels(request: HttpRequest) -> HttpResponse:
    """The list, and the form of a new one."""
    if request.method == "POST":
        return kept(request, Channel())
    rows = list(Channel.objects.filter(removed_at=None))
    places = dict(choices(request))
    shown = [{"channel": row, "place": places.get(row.place, row.place), "events": labels(row), "last": last_of(row)} for row in rows]
    context = {"title": _("Channels"), "rows": shown, "is_on": outgoing.is_on(), "breadcrumbs": trail()}
    return render(request, "web/channels.html", {**context, **fields(request, Channel(events=ChannelEvent.values))})


@require_http_methods(["GET", "HEAD", "POST"])
@asks(ADMINISTRATOR)
def one_channel(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of one that stands; its address stays as it is unless another one is entered."""
    channel = found(pk)
    return kept(request, channel) if request.method == "POST" else form(request, channel)


@require_POST
@asks(ADMINISTRATOR)
def try_channel(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a trial message at once; what came of it stands in the list of messages."""
    channel = found(pk)
    message = channels.try_out(channel)
    note(request, channel, "try")
    if outgoing.is_on():
        sending.send(message.pk)
    return redirect("web.channels")


@require_POST
@asks(ADMINISTRATOR)
def remove_channel(request: HttpRequest, pk: int) -> HttpResponse:
    channel = found(pk)
    with transaction.atomic():
        channels.remove(channel)
        note(request, channel, "remove")
    return redirect("web.channels")


def found(pk: int) -> Channel:
    channel = Channel.objects.filter(pk=pk, removed_at=None).first()
    if channel is None:
        raise Http404
    return channel


def kept(request: HttpRequest, channel: Channel) -> HttpResponse:
    """What was sent, kept; or the form once more with a sentence for each fault, and without the address."""
    sent = request.POST
    channel.name = " ".join(sent.get("name", "").replace("\x00", "").split())[:LONGEST_NAME]
    channel.form = sent.get("form", "")
    channel.place = sent.get("place", "")
    channel.events = [value for value in ChannelEvent.values if value in sent.getlist("events")]
    channel.is_on = channel.pk is None or sent.get("is_on") == "yes"
    url = sent.get("address", "").strip()
    faults = faults_of(request, channel, url)
    if url and not faults:
        try:
            channels.set_address(channel, url[:LONGEST_URL])
        except outgoing.Refused as fault:
            faults["address"] = str(fault)
    if faults:
        return form(request, channel, faults)
    verb = "change" if channel.pk else "create"
    with transaction.atomic():
        channel.save()
        note(request, channel, verb, "address entered" if url else "")
    return redirect("web.channels")


def faults_of(request: HttpRequest, channel: Channel, url: str) -> dict[str, str]:
    faults = {}
    if not channel.name:
        faults["name"] = _("Give the channel the name by which you know it.")
    if channel.form not in Form.values:
        faults["form"] = _("Choose how the channel takes messages.")
    if channel.place not in dict(choices(request)):
        faults["place"] = _("Choose a place from the list.")
    if not channel.events:
        faults["events"] = _("Choose at least one event.")
    if not url and not channel.sealed:
        faults["address"] = _("Enter the address that the channel's settings give for incoming webhooks.")
    return faults


def form(request: HttpRequest, channel: Channel, faults: dict[str, str] | None = None) -> HttpResponse:
    told = faults or {}
    context = {
        "title": channel.name or _("New channel"),
        "errors": told,
        "faults": [{"text": text, "target": f"channel-{name}"} for name, text in told.items()],
        "breadcrumbs": [*trail(), Crumb(_("Channels"), reverse("web.channels"))],
    }
    return render(request, "web/channel.html", {**context, **fields(request, channel)}, status=422 if told else 200)


def fields(request: HttpRequest, channel: Channel) -> dict[str, Any]:
    return {"channel": channel, "forms": Form.choices, "places": choices(request), "events": ChannelEvent.choices}


def choices(request: HttpRequest) -> list[tuple[str, str]]:
    """Everything, the offices, and the initiatives down to programmes."""
    account = actor_of(request).account
    offices = visible_to(account, OfficeRegister).filter(is_withdrawn=False).order_by("path")
    initiatives = visible_to(account, InitiativeRegister).filter(is_withdrawn=False, kind__in=("portfolio", "programme")).order_by("path")
    return [
        ("", _("Everything")),
        *((f"office:{row.pk}", str(row)) for row in offices),
        *((f"initiative:{row.pk}", str(row)) for row in initiatives),
    ]


def labels(channel: Channel) -> list[str]:
    return [str(label) for value, label in ChannelEvent.choices if value in channel.events]


def last_of(channel: Channel) -> Message | None:
    return channel.messages.exclude(state=State.WAITING, attempts=0).first() or channel.messages.first()


def note(request: HttpRequest, channel: Channel, verb: str, reason: str = "") -> None:
    """In the history stands the host of the address and nothing more of it."""
    after = {"name": channel.name, "host": channel.host, "form": channel.form, "place": channel.place, "events": channel.events}
    record_event(Event("post.channel", verb, channel.pk, "", "/", {}, {**after, "is_on": channel.is_on}, reason), actor_of(request))


def trail() -> list[Crumb]:
    return [Crumb(_("Messages"), reverse("web.messages"))]
