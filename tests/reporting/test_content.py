"""What the pack says of its facts."""

from mainstay.reporting.freezing import freeze
from mainstay.reporting.making import report_of
from tests.contract.worlds import World, actor


def test_the_pack_is_made(world: World) -> None:
    made = freeze(world.programme, "October 2026", actor(world.owner))
    report = report_of(made)
    for section in report.sections:
        print(section.title)
    from mainstay.render import html

    print(html.fragment(report)[:3000])
