"""The smallest facts there can be: a template is filled with them once when it is checked, so that it has been seen to work on nothing."""

from datetime import UTC, datetime

from mainstay.reporting.board_pack.facts import PackFacts, Place
from mainstay.reporting.board_pack.limits import Thresholds

MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
DIGEST = "0" * 64
FACTS = PackFacts(
    name="Trial",
    frozen_at=MOMENT,
    frozen_on=MOMENT.date(),
    sequence=0,
    chain=DIGEST,
    maker="",
    marking="OFFICIAL",
    initiative=Place(pk=0, code="TRIAL", title="Trial", kind="project", state="delivery", path="/0/", marking="OFFICIAL"),
    projects=(),
    thresholds=Thresholds(),
)
