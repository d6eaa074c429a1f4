"""Whether a workshop works in the material that a line asks for. Pure."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Literal

from domain.vocabularies import vocabulary

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
_SHORTEST = 3
"""Letters and digits of a free text that says something: a workshop that declares `S` does not work in every steel."""

Kinship = Literal["same", "family"]


def kinship(declared: Iterable[str], asked: str) -> Kinship | None:
    """How the `declared` materials (codes, or free text) are related to the one that the text `asked` names.

    A line names its material as the drawing does, `SPCC 2.3 mm`: the grade in it is looked for. `same` when a declared
    one is in the text, `family` when one is of the family of a grade in the text, None otherwise.
    """
    wanted = _squeezed(asked)
    families = _families(wanted)
    found: Kinship | None = None
    for item in declared:
        name = _squeezed(item)
        if len(name) >= _SHORTEST and name in wanted:
            return "same"
        if not families.isdisjoint(_families_of(item)):
            found = "family"
    return found


@lru_cache(maxsize=1024)
def _families(wanted: str) -> frozenset[str]:
    """Families of the grades in a squeezed text. A grade within a longer one does not count: SUS304-WPB is no SUS304."""
    found = [(name, family) for name, family in _grades() if name in wanted]
    return frozenset(family for name, family in found if not any(name in other and name != other for other, _ in found))


@cache
def _grades() -> tuple[tuple[str, str], ...]:
    """Each grade, squeezed, and its family."""
    return tuple(
        (_squeezed(item.code), str(item.attributes["family"]))
        for item in vocabulary("materials").entries
        if item.attributes["family"] != _NO_FAMILY
    )


def _families_of(item: str) -> frozenset[str]:
    """The families that a declared material stands for."""
    code = item.upper()
    return GENERIC[code] if code in GENERIC else _families(_squeezed(item))


@lru_cache(maxsize=4096)
def _squeezed(text: str) -> str:
    return _SEPARATORS.sub("", text.upper())
