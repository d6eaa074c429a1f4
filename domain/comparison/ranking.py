"""Places in a comparison. Pure. A technical score would rank columns by another key through the same function."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from domain.comparison.model import Column

BANDS = ("top", "middle", "bottom")
"""Thirds of a ranking: what a supplier hears of its own place."""

K = TypeVar("K", bound=Hashable)


def ranks(keys: Mapping[K, Any]) -> dict[K, int]:
    """Competition ranks (1, 2, 2, 4) by the values, least first."""
    found: dict[K, int] = {}
    last, rank = None, 0
    for place, (thing, key) in enumerate(sorted(keys.items(), key=lambda item: item[1]), start=1):
        if key != last:
            last, rank = key, place
        found[thing] = rank
    return found


def bands(columns: Iterable[Column]) -> dict[UUID, str]:
    """By quote, the third of the ranking that it stands in. Quotes without a rank are left out."""
    places = {column.quote_id: column.rank for column in columns if column.rank is not None}
    return {quote_id: BANDS[(rank - 1) * len(BANDS) // len(places)] for quote_id, rank in places.items()}
