"""Questions to particular vocabularies whose answers rules depend on."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

import msgspec

from domain.vocabularies.loader import Entry, UnknownCode, entry, is_code, vocabulary


def process_closure(codes: Iterable[str]) -> frozenset[str]:
    """What a workshop that declares `codes` can do: these and all they imply, transitively.

    A machining centre also mills, drills, bores and taps. Codes that are no process are kept as they are: an
    old capability must not vanish because a vocabulary moved on.
    """
    known = _implied()
    able: set[str] = set()
    waiting = list(codes)
    while waiting:
        code = waiting.pop()
        if code not in able:
            able.add(code)
            waiting.extend(known.get(code, ()))
    return frozenset(able)


def unit_is_whole(code: str) -> bool:
    """Whether quantities in this UN/ECE Rec 20 unit must be whole: pieces and sets yes, kilograms no.

    Raises:
        UnknownCode: the unit is not in the vocabulary.
    """
    return msgspec.convert(entry("units", code).attributes["whole"], type=bool)


def minor_units(currency: str) -> int:
    """Decimal places of a total in this ISO 4217 currency: 0 for IDR (whole rupiah), 2 for USD.

    Raises:
        UnknownCode: the currency is not in the vocabulary.
    """
    return msgspec.convert(entry("currencies", currency).attributes["minor_units"], type=int)


def holiday(day: date) -> Entry | None:
    """The public holiday or day of collective leave that falls on `day`; None on any other day.

    Only the years in the vocabulary are known. Weekends are not holidays here.
    """
    code = day.isoformat()
    return entry("holidays", code) if is_code("holidays", code) else None


@cache
def _implied() -> Mapping[str, tuple[str, ...]]:
    implied = {
        process.code: msgspec.convert(process.attributes["implies"], type=tuple[str, ...])
        for process in vocabulary("processes").entries
    }
    for targets in implied.values():
        for target in targets:
            if target not in implied:
                raise UnknownCode("processes", target)
    return implied
