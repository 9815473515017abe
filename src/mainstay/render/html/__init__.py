"""A report as part of a page: plain HTML with the classes of the house's stylesheets. No script, no style, no id that changes."""

from mainstay.render.arrange import all_sections
from mainstay.render.html.sections import of_section
from mainstay.render.html.text import e
from mainstay.render.tree import Report


def fragment(report: Report, *, first_level: int = 2) -> str:
    """The report from its first section to where its figures come from. `first_level` is the level of a section's heading on the page."""
    words = report.words
    body = "".join(of_section(section, words, first_level, f"s{at}") for at, section in enumerate(all_sections(report), 1))
    return f'<article class="ms-report" lang="{e(report.language)}">{head(report)}{body}</article>'


def head(report: Report) -> str:
    """Marking, date and snapshot: what must stand on every page of a document stands once here."""
    words = report.words
    told = [f'<span class="ms-marking">{e(report.marking)}</span>']
    told.append(f'{e(words.as_at)} <time datetime="{report.as_at.isoformat()}">{e(report.as_at)}</time>')
    told.append(f"{e(words.snapshot)} {e(report.snapshot)}")
    if report.compared_with:
        told.append(f"{e(words.compared_with)} {e(report.compared_with)}")
    lead = f'<p class="ms-report__lead">{e(report.subtitle)}</p>' if report.subtitle else ""
    return f'{lead}<ul class="ms-report__stamp">{"".join(f"<li>{one}</li>" for one in told)}</ul>'
