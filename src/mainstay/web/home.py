"""My work: what is late, asked, coming, drifting and changed, each with its next step."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from mainstay.accounts.models import Account
from mainstay.register import panels, telling
from mainstay.register.pages.moves import Step, steps
from mainstay.register.panels import Figure
from mainstay.register.requests import SIGNED_IN, actor_of, asks, seen_at
from mainstay.register.spec import Register
from mainstay.register.work import Task, Work, today, work_of

SHOWN = 12
"""Rows of one panel; a line below says how many more there are."""


@dataclass(frozen=True, slots=True)
class Row:
    """A task as the page shows it."""

    kind: str
    ref: str
    title: str
    url: str
    place: str
    place_title: str
    state: str
    due: date | None
    task: Task
    step: Step | None
    told: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One panel of tasks."""

    name: str
    title: str
    source: str
    rows: list[Row]
    total: int
    due_head: str


@require_safe
@asks(SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    account, moment = actor_of(request).account, seen_at(request)
    assert account is not None  # noqa: S101  # the page asks for somebody signed in
    work = work_of(account)
    context = {
        "title": _("My work"),
        "today": today(),
        "work": work,
        "tables": [table for table in tables(work, account) if table.rows],
        "watched": [row(entry, account) for entry in work.watched[:SHOWN]],
        "figures": [*figures(work), *panels.figures(panels.WORK, None, account, moment)],
        "panels": panels.panels(panels.WORK, None, account, moment),
        "is_past": moment is not None,
    }
    return render(request, "web/home.html", context)


def tables(work: Work, account: Account) -> list[Table]:
    named = (
        ("late", _("Late"), _("yours and past its day"), work.late, _("Due")),
        ("asked", _("Asked of you"), _("it waits for your step"), work.asked, _("By")),
        ("drifting", _("Drifting"), _("yours, moved to a later day within 28 days"), work.drifting, _("Now")),
        ("coming", _("Coming"), _("yours and due within 30 days"), work.coming, _("Due")),
    )
    return [
        Table(name, title, source, [row(entry, account) for entry in tasks[:SHOWN]], len(tasks), head)
        for name, title, source, tasks, head in named
    ]


def row(task: Task, account: Account) -> Row:
    register, record = task.register, task.record
    at = getattr(record, register.model.PARENT) if register.model.PARENT else None
    open_steps = [step for step in steps(register, record, account) if not step.refusal]
    return Row(
        kind=register.singular(),
        ref=str(getattr(record, "code", "") or record.ref),
        title=record.title,
        url=register.work_url(record),
        place=getattr(at, "code", ""),
        place_title=getattr(at, "title", ""),
        state=register.states.label(record.state) if register.states else "",
        due=task.due,
        task=task,
        step=open_steps[0] if open_steps else None,
        told=told(register, task),
    )


def told(register: type[Register], task: Task) -> str:
    """Who did what last, for a record that is watched."""
    if task.changed is None:
        return ""
    fields = [telling.label_of(register, name) for name in task.changed.after if name not in telling.QUIET]
    what = ", ".join(fields[:4]) if task.changed.verb != "create" and fields else telling.what(register, task.changed)
    return f"{task.changed.actor_name}: {what}"


def figures(work: Work) -> list[Figure]:
    """How much there is of each; what is nothing is said as nothing."""
    late = max((entry.days_late for entry in work.late), default=0)
    return [
        Figure(
            _("Late"),
            str(len(work.late)),
            ngettext("oldest by %(n)d day", "oldest by %(n)d days", late) % {"n": late} if late else _("nothing past its day"),
        ),
        Figure(_("Asked of you"), str(len(work.asked)), _("live")),
        Figure(_("Due within 30 days"), str(len(work.coming)), _("live")),
        Figure(_("Drifting"), str(len(work.drifting)), _("moved later within 28 days")),
        Figure(_("Yours and open"), str(work.open_count), _("live")),
    ]
