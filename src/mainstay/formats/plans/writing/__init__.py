"""Plans written for other tools: Microsoft Project's XML, Primavera's XML and .xer, from the neutral dataclasses."""

from mainstay.formats.plans.writing.mspdi import to_mspdi
from mainstay.formats.plans.writing.pmxml import to_pmxml
from mainstay.formats.plans.writing.xer import to_xer

__all__ = ["to_mspdi", "to_pmxml", "to_xer"]
