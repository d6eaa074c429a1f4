"""Which elements a submission has to hold, by approval plan and level. Source: the vocabulary `approval_elements`."""

from functools import cache

import msgspec

from domain.vocabularies import vocabulary

SUBMIT = "S"
IN_THE_RESULTS = "dimensional_results"
"""The measured values are in the submission itself: this element needs no file."""


class Element(msgspec.Struct, frozen=True, kw_only=True):
    """`conditional`: where it does not apply (the design is the buyer's, say) a reason stands in for a file."""

    code: str
    conditional: bool


@cache
def required(plan: str, level: int | None) -> tuple[Element, ...]:
    """Elements to be submitted. A PPAP without a level is one of level 3, the manual's default.

    Source: AIAG Production Part Approval Process, 4th edition, section 4 and table 4.2.
    """
    found = []
    for entry in vocabulary("approval_elements").entries:
        levels = msgspec.convert(entry.attributes.get("ppap", "-----"), str)
        plans = msgspec.convert(entry.attributes.get("plans", []), list[str])
        asked = levels[(level or 3) - 1] == SUBMIT if plan == "ppap" else plan in plans
        if asked and entry.code != IN_THE_RESULTS:
            conditional = msgspec.convert(entry.attributes.get("conditional", False), bool)
            found.append(Element(code=entry.code, conditional=conditional))
    return tuple(found)
