"""The grammar: what is a token, and what is said of one that is not."""

import pytest

from mainstay.reporting.templating.tokens import ChartOf, Choice, Condition, Each, End, Field, TableOf, Token, TokenFault, found_in, parsed

READ: dict[str, Token] = {
    "marking": Field("marking"),
    " Initiative.Title ": Field("initiative.title"),
    "end": End(),
    "chart finish": ChartOf("finish"),
    "each project": Each("project", Choice()),
    "table risks top=10 sort=-expected_cost,ref": TableOf("risks", Choice(top=10, sort=("-expected_cost", "ref"))),
    "table\u00a0risks sort=–due": TableOf("risks", Choice(sort=("-due",))),
    "table risks where=nature:threat where=due<2026-12-31 columns=ref,title": TableOf(
        "risks", Choice(where=(Condition("nature", ":", ("threat",)), Condition("due", "<", ("2026-12-31",))), columns=("ref", "title"))
    ),
    "each project where=status:not_measured|red": Each("project", Choice(where=(Condition("status", ":", ("not measured", "red")),))),
}
REFUSED = {
    "": "no name",
    "__class__": "not a name",
    "initiative.__class__": "not a name",
    "initiative.title.upper": "not a name",
    "cycler.__init__.__globals__.os.popen('id').read()": "not a name",
    "9**9999999": "not a name",
    "risks|length": "not a name",
    "marking marking": "takes no options",
    "table": "Say of what",
    "table risks top=0": "whole number",
    "table risks top=501": "whole number",
    "table risks top=²": "whole number",
    "table risks top=1 top=2": "twice",
    "table risks top = 5": "no option",
    "table risks limit=5": "no option",
    "table risks where=nature": "cannot be read",
    "table risks where=nature:": "cannot be read",
    "table risks sort=a;b": "not a name",
    "each risk columns=ref": "belongs to a table",
    "chart finish top=2": "takes no options",
    "x" * 500: "longer than",
}


@pytest.mark.parametrize("text", READ)
def test_read(text: str) -> None:
    assert parsed(text) == READ[text]


@pytest.mark.parametrize("text", REFUSED)
def test_refused_with_a_reason(text: str) -> None:
    with pytest.raises(TokenFault, match=REFUSED[text]):
        parsed(text)


def test_found_in_a_text() -> None:
    found = list(found_in("As at {{as_at}}: {{ marking }}."))
    assert [(one.start, one.text, one.token) for one in found] == [
        (6, "{{as_at}}", Field("as_at")),
        (17, "{{ marking }}", Field("marking")),
    ]


@pytest.mark.parametrize("text", ["{{marking", "marking}}", "{{mark\ning}}", "{{ {{marking}}"])
def test_braces_that_do_not_match_are_told(text: str) -> None:
    assert any("one of the two is missing" in one.fault for one in found_in(text))
