"""Issues that need the board, and actions that are overdue."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainstay.render.tree import Block, Column, Section, Table, row
from mainstay.reporting.board_pack import wording
from mainstay.reporting.board_pack.facts import ActionFact, IssueFact, PackFacts
from mainstay.reporting.board_pack.measuring import HIGH_SEVERITY

MOST = 20
SEVERITIES = ("corporate", "programme", "board", "project", "team")
PRIORITIES = ("must", "should", "could", "wont")


def section(facts: PackFacts) -> Section:
    issues = sorted((row for row in facts.issues if is_told(row, facts)), key=issue_order)
    actions = overdue(facts)
    blocks: tuple[Block, ...] = (issue_table(issues, facts), action_table(actions, facts))
    return Section(title(issues, actions), blocks, name=_("Issues and actions"))


def is_told(issue: IssueFact, facts: PackFacts) -> bool:
    return issue.state == "open" and (issue.severity in HIGH_SEVERITY or (issue.due_on is not None and issue.due_on < facts.frozen_on))


def issue_order(issue: IssueFact) -> tuple[object, ...]:
    rank = PRIORITIES.index(issue.priority) if issue.priority in PRIORITIES else 9
    return SEVERITIES.index(issue.severity) if issue.severity in SEVERITIES else 9, rank, issue.raised_on, issue.code, issue.ref


def overdue(facts: PackFacts) -> list[ActionFact]:
    rows = [row for row in facts.actions if row.state == "open" and row.due_on < facts.frozen_on]
    return sorted(rows, key=lambda row: (row.due_on, row.code, row.ref))


def title(issues: list[IssueFact], actions: list[ActionFact]) -> str:
    if not issues and not actions:
        return _("No issue needs the board and no action is overdue")
    first = ngettext("%(count)s issue needs the board", "%(count)s issues need the board", len(issues)) % {
        "count": wording.numeral(len(issues))
    }
    last = ngettext("%(count)s action is overdue", "%(count)s actions are overdue", len(actions)) % {"count": wording.numeral(len(actions))}
    return wording.first_letter_up(f"{first}, {last}")


def issue_table(issues: list[IssueFact], facts: PackFacts) -> Table:
    columns = (
        Column(_("Issue"), weight=3.4, heads_row=True),
        Column(_("Kind"), weight=1.2),
        Column(_("Who decides"), weight=1.2),
        Column(_("Raised"), "date", weight=1),
        Column(_("Due"), "date", weight=1, missing=_("not set")),
        Column(_("Days past due"), "number", weight=0.8, missing="—"),
        Column(_("Cost"), "money", weight=0.8, places=2, missing=_("none")),
        Column(_("Owner"), weight=1.2, missing=_("nobody")),
    )
    levels = {
        "corporate": _("Above the programme"),
        "programme": _("Programme board"),
        "board": _("Project board"),
        "project": _("Project manager"),
    }
    shown = issues[:MOST]
    lines = tuple(
        row(
            wording.linked("risk.issue", one, f"{one.code} {one.ref} {one.title}"), one.kind, levels.get(one.severity, _("Team")),
            one.raised_on, one.due_on, past_due(one, facts), one.cost, one.owner or None,
        )
        for one in shown
    )  # fmt: skip
    rest = sum(one.state == "open" for one in facts.issues) - len(issues)
    note = (
        [
            ngettext("%(count)s other open issue is handled below.", "%(count)s other open issues are handled below the board.", rest)
            % {"count": rest}
        ]
        if rest
        else []
    )
    if more := wording.left_out(shown, issues):
        note.append(more)
    return Table(_("Issues for the board"), columns, lines, note=" ".join(note), empty=_("No open issue needs a board or is overdue."))


def past_due(one: IssueFact, facts: PackFacts) -> int | None:
    return (facts.frozen_on - one.due_on).days if one.due_on and one.due_on < facts.frozen_on else None


def action_table(actions: list[ActionFact], facts: PackFacts) -> Table:
    columns = (
        Column(_("Action"), weight=3.4, heads_row=True),
        Column(_("Owner"), weight=1.4, missing=_("nobody")),
        Column(_("Arises from"), weight=1.8, missing=_("not said")),
        Column(_("First due"), "date", weight=1, missing=_("not known")),
        Column(_("Due"), "date", weight=1),
        Column(_("Days overdue"), "number", weight=0.8),
    )
    shown = actions[:MOST]
    lines = tuple(
        row(
            wording.linked("communications.action", one, f"{one.code} {one.ref} {one.title}"), one.owner or None, one.origin or None,
            one.original_due_on, one.due_on, (facts.frozen_on - one.due_on).days,
        )
        for one in shown
    )  # fmt: skip
    open_rows = sum(one.state == "open" for one in facts.actions)
    done = sum(one.state == "done" for one in facts.actions)
    note = [_("%(open)s open in all, %(done)s done since the earlier pack.") % {"open": open_rows, "done": done}]
    if more := wording.left_out(shown, actions):
        note.append(more)
    return Table(_("Actions overdue"), columns, lines, note=" ".join(note), empty=_("No action is overdue."))
