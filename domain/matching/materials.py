"""Whether a workshop works in the material that a line asks for. Pure."""

import re
from collections.abc import Iterable

from domain.vocabularies import entry, is_code, vocabulary

GENERIC: dict[str, frozenset[str]] = {
    "STEEL": frozenset(
        {"sheet_steel", "carbon_steel", "alloy_steel", "tool_steel", "spring_steel", "stainless_steel", "cast_steel"}
    ),
    "BRASS": frozenset({"copper_alloy"}),
    "ALUMINIUM": frozenset({"aluminium"}),
}
"""Families that a workshop means when it names no grade."""
_NO_FAMILY = "generic"
_SEPARATORS = re.compile(r"[^A-Z0-9]+")


def serves(declared: Iterable[str], asked: str) -> bool:
    """Whether one of the `declared` materials (codes, or free text) is that of the text `asked`, or of its family.

    A line names its material as the drawing does, `SPCC 2.3 mm`: the grade in it is looked for. A text without a
    grade that the vocabulary knows has to contain what the workshop declares.
    """
    wanted = _squeezed(asked)
    families = _families(wanted)
    return any(
        _squeezed(item) in wanted
        or _family(item) in families
        or bool(GENERIC.get(item.upper(), frozenset()) & families)
        for item in declared
        if _squeezed(item)
    )


def _families(wanted: str) -> frozenset[str]:
    """Families of the grades that the text contains; the longest grade decides (SUS304-WPB is no SUS304)."""
    found = [code for code in _codes() if _squeezed(code) in wanted]
    longest = max((len(_squeezed(code)) for code in found), default=0)
    named = {_family(code) for code in found if len(_squeezed(code)) == longest}
    return frozenset(family for family in named if family is not None)


def _codes() -> list[str]:
    return [item.code for item in vocabulary("materials").entries]


def _family(code: str) -> str | None:
    """The family of a grade; None of what is no grade."""
    if not is_code("materials", code):
        return None
    family = entry("materials", code).attributes["family"]
    return None if family == _NO_FAMILY else str(family)


def _squeezed(text: str) -> str:
    return _SEPARATORS.sub("", text.upper())
