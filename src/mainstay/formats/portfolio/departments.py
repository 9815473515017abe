"""Departments that were renamed, merged or split: whether two names may be the same place over time.

Source: the machinery of government changes of the United Kingdom from 2007 to 2023, as announced on GOV.UK.
"""

import re

FAMILIES = (
    frozenset({"dti", "berr", "dius", "bis", "decc", "beis", "dbt", "desnz", "dsit"}),
    frozenset({"odpm", "dclg", "mhclg", "dluhc"}),
    frozenset({"dh", "doh", "dhsc"}),
    frozenset({"fco", "dfid", "fcdo"}),
    frozenset({"ho", "homeoffice"}),
    frozenset({"dcms", "dsit"}),
    frozenset({"hmlr", "bis", "beis"}),
    frozenset({"co", "cabinetoffice"}),
    frozenset({"hmt", "nsandi", "nsi"}),
    frozenset({"ho", "nca"}),
)
PARTS = re.compile(r"[,;/]|\band\b|&(?=\s)")


def parts(text: str) -> frozenset[str]:
    """`DEFRA & DFT` is two departments."""
    return frozenset(found for part in PARTS.split(text.lower()) if (found := re.sub(r"[^a-z]", "", part)))


def may_be_same(one: str, other: str) -> bool:
    """Whether a project of `one` may later be one of `other`; an empty name speaks against nothing."""
    mine, theirs = parts(one), parts(other)
    if not mine or not theirs or mine & theirs:
        return True
    return any(mine & family and theirs & family for family in FAMILIES)
