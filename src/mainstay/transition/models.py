"""The records of this package: the table of contents."""

from mainstay.transition.criterion.model import Criterion
from mainstay.transition.measure.model import Measure
from mainstay.transition.plan.model import Transition
from mainstay.transition.reading.model import Reading
from mainstay.transition.step.model import CutOverStep

__all__ = ["Criterion", "CutOverStep", "Measure", "Reading", "Transition"]
