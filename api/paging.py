"""Cursors: opaque, bound to the filter they were made for, stable while rows are added."""

import base64
import binascii
import hashlib
from decimal import Decimal
from typing import Annotated

import msgspec
from litestar.params import QueryParameter

from api.refusals import InvalidParameter

DEFAULT_LIMIT = 50
MAX_LIMIT = 100

Limit = Annotated[int, QueryParameter(ge=1, le=MAX_LIMIT, description="Items on one page.")]
After = Annotated[
    str | None,
    QueryParameter(max_length=600, description="The `next_cursor` of the page before, with the same filter."),
]


def cursor(filters: object, place: list[object]) -> str:
    """A cursor behind `place` (sort keys as JSON values) for a list under `filters`."""
    raw = msgspec.json.encode([_digest(filters), place])
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def place_of(after: str | None, filters: object, count: int) -> list[object] | None:
    """The `count` sort keys in a cursor; None without one. Raises InvalidParameter for one that is not ours."""
    if after is None:
        return None
    refusal = InvalidParameter("`after` takes the next_cursor of a page of this list with the same filter, unchanged.")
    try:
        raw = base64.b64decode(after + "=" * (-len(after) % 4), altchars=b"-_", validate=True)
        digest, place = msgspec.json.decode(raw, type=tuple[str, list[object]])
    except (binascii.Error, msgspec.MsgspecError, UnicodeError, ValueError) as error:
        raise refusal from error
    if digest != _digest(filters) or len(place) != count:
        raise refusal
    return place


def ranked(coverage: object, below: object, capacity: object) -> tuple[int, Decimal, int]:
    """The first keys of a list ordered by fit. Raises InvalidParameter for a cursor that holds other things than ours."""
    try:
        score = Decimal(str(below))
    except ArithmeticError:
        score = Decimal("NaN")
    if not score.is_finite() or not isinstance(coverage, int) or not isinstance(capacity, int):
        raise InvalidParameter("`after` takes the next_cursor of a page of this list, unchanged.")
    return coverage, score, capacity


def _digest(filters: object) -> str:
    return hashlib.sha256(msgspec.json.encode(filters, order="sorted")).hexdigest()[:16]
