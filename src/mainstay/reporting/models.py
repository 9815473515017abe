"""The records of this package: the table of contents."""

from mainstay.reporting.burden.reading import Reading
from mainstay.reporting.challenge.model import Challenge
from mainstay.reporting.commission.model import Commission
from mainstay.reporting.cycle.chase_step import ChaseStep
from mainstay.reporting.cycle.return_link import ReturnLink
from mainstay.reporting.definition.model import Definition
from mainstay.reporting.delivery.model import Delivery
from mainstay.reporting.distribution.model import Distribution
from mainstay.reporting.portfolio.file import PublishedFile
from mainstay.reporting.project_return.model import Return
from mainstay.reporting.published.model import Published
from mainstay.reporting.snapshot.model import Snapshot
from mainstay.reporting.template.model import Template

__all__ = [
    "Challenge",
    "ChaseStep",
    "Commission",
    "Definition",
    "Delivery",
    "Distribution",
    "Published",
    "PublishedFile",
    "Reading",
    "Return",
    "ReturnLink",
    "Snapshot",
    "Template",
]
