"""A change order: what is proposed, what it differs in from the order, and who signed it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NamedTuple
from uuid import UUID

import msgspec

from domain.orders.model import Order

MAX_LINES = 500
"""Lines of one change order, as of an order."""
MAX_OF_ORDER = 200
"""Change orders of one order."""


class LineChange(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of one line; None leaves as it is. A `quantity` of 0 drops the line."""

    line_no: int
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    due_on: date | None = None
    promised_on: date | None = None
    reason: str | None = None
    """Code of `change_reasons`, where the line has one of its own."""


class TermsChange(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of the commercial terms; None leaves as it is."""

    incoterm: str | None = None
    delivery_place: str | None = None
    payment_days: int | None = None
    frozen_days: int | None = None


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """What is proposed: it never changes."""

    lines: tuple[LineChange, ...] = ()
    terms: TermsChange | None = None
    cancels: bool = False
    """The order ends; what was sent is still received, inspected and owed."""
    acknowledges: bool = False
    """It is the supplier's answer to an issued order, which is acknowledged when the buyer accepts."""


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A change order as one side writes it."""

    content: Content
    reason: str
    note: str | None


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One member of the order before and after, as text; `pointer` is a JSON Pointer into it as `get_order` shows it."""

    pointer: str
    before: str | None
    after: str | None


class ChangeOrder(msgspec.Struct, frozen=True, kw_only=True):
    """The aggregate. `side` proposed it, on `order_version`; the other side accepts or declines.

    `revision` is the revision of the order that it made, `answered_side` may be `system`: the order ended before.
    """

    id: UUID
    order_id: UUID
    rfq_id: UUID
    buyer_id: UUID
    supplier_id: UUID
    number: int
    side: Literal["buyer", "supplier"]
    state: str
    version: int
    order_version: int
    content: Content
    difference: tuple[Difference, ...]
    reason: str
    note: str | None
    proposed_by: str
    answered_by: str | None
    answered_side: Literal["buyer", "supplier", "system"] | None
    answered_at: datetime | None
    answer_note: str | None
    revision: int | None
    created_at: datetime
    updated_at: datetime


class Seen(NamedTuple):
    """A change order with the order that it belongs to, as it is now."""

    change: ChangeOrder
    order: Order

    @property
    def id(self) -> UUID:
        """Of the change order: lists are ordered by it."""
        return self.change.id
