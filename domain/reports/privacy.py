"""Sums over all buyers that do not tell one buyer's figures. Pure.

A sum is shown when at least three buyers are behind it. A heading with fewer goes into `other`, together with further small
ones until three buyers are behind that too: else it would be the difference to the total. All of this is decided calendar year by
calendar year and stage by stage, and a longer period is the sum of what its years show, so that periods cannot be subtracted from
each other. What this cannot prevent is that somebody compares answers from before and after a single event.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, localcontext
from uuid import UUID

from domain.errors import Fault, Invalid
from domain.money import total
from domain.quotes.model import WIB
from domain.reports.model import ZERO, Counted, Figures, Group, Period, Stage
from domain.reports.rules import DIGITS, RUPIAH, STAGES

LEAST_BUYERS = 3
OTHER = "other"
_FIRST, _LAST = (1, 1), (12, 31)

_Sums = dict[UUID, tuple[Decimal, Decimal]]
"""By buyer, (rupiah, pieces)."""


def require_years(period: Period) -> None:
    """Raise Invalid unless the period is made of whole calendar years."""
    faults = [
        Fault("", f"`{name}` is {day} of a year: sums over all buyers are of whole calendar years.")
        for name, value, (month, number), day in (
            ("from", period.first, _FIRST, "January 1"),
            ("to", period.last, _LAST, "December 31"),
        )
        if value is not None and value != date(value.year, month, number)
    ]
    if faults:
        raise Invalid("Choose whole calendar years: smaller periods could tell one buyer's figures.", faults=faults)


def shown_total(entries: Iterable[Counted]) -> Figures:
    """The whole, of the years with enough buyers."""
    parts = _shown(entries, lambda _: OTHER)
    return _figures(parts, OTHER)


def shown_groups(entries: Iterable[Counted], heading: Callable[[Counted], str]) -> tuple[Group, ...]:
    """Figures by heading, small headings folded into `other`."""
    parts = _shown(entries, heading)
    keys = sorted({key for sums in parts.values() for key in sums})
    return tuple(Group(key=key, label=None, figures=_figures(parts, key)) for key in keys)


def _shown(
    entries: Iterable[Counted], heading: Callable[[Counted], str]
) -> Mapping[Stage, dict[str, tuple[Decimal, Decimal]]]:
    cells: dict[tuple[Stage, int], dict[str, _Sums]] = {}
    shown: dict[Stage, dict[str, tuple[Decimal, Decimal]]] = {stage: {} for stage in STAGES}
    with localcontext(prec=DIGITS):
        for entry in entries:
            if entry.quantity:
                sums = cells.setdefault((entry.stage, entry.at.astimezone(WIB).year), {}).setdefault(heading(entry), {})
                value = (entry.quantity * entry.line.idr_unit_value, entry.quantity)
                sums[entry.line.buyer_id] = _plus(sums.get(entry.line.buyer_id, (ZERO, ZERO)), value)
        for (stage, _), parts in cells.items():
            for key, sums in folded(parts).items():
                for value in sums.values():
                    shown[stage][key] = _plus(shown[stage].get(key, (ZERO, ZERO)), value)
    return shown


def folded(parts: Mapping[str, _Sums]) -> dict[str, _Sums]:
    """Headings with at least three buyers each; the others added up under `other`, nothing where all are too few."""
    kept = {key: sums for key, sums in parts.items() if len(sums) >= LEAST_BUYERS}
    small = {key: sums for key, sums in parts.items() if key not in kept}
    if not small:
        return kept
    other: _Sums = {}
    for sums in small.values():
        _add(other, sums)
    for key in sorted(kept, key=lambda name: (len(kept[name]), name)):
        if len(other) >= LEAST_BUYERS:
            break
        _add(other, kept.pop(key))
    if len(other) >= LEAST_BUYERS:
        if OTHER in kept:
            _add(other, kept.pop(OTHER))
        kept[OTHER] = other
    return kept


def _add(into: _Sums, sums: _Sums) -> None:
    for buyer, value in sums.items():
        into[buyer] = _plus(into.get(buyer, (ZERO, ZERO)), value)


def _plus(one: tuple[Decimal, Decimal], two: tuple[Decimal, Decimal]) -> tuple[Decimal, Decimal]:
    return one[0] + two[0], one[1] + two[1]


def _figures(parts: Mapping[Stage, Mapping[str, tuple[Decimal, Decimal]]], key: str) -> Figures:
    def value(stage: Stage) -> Decimal | None:
        return total(parts[stage][key][0], RUPIAH) if key in parts[stage] else None

    with localcontext(prec=DIGITS):
        return Figures(
            potential_idr=value("potential"),
            committed_idr=value("committed"),
            realised_idr=value("realised"),
            accepted_quantity=parts["realised"][key][1] if key in parts["realised"] else None,
        )
