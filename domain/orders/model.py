"""An order and the running quantities of its lines, which follow from despatches, receipts and inspections."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

import msgspec

ZERO = Decimal(0)


class LineDetail(msgspec.Struct, frozen=True, kw_only=True):
    """What the line was when it was ordered: later changes of the RFQ do not reach it."""

    part_number: str
    drawing_revision: str | None
    name_id: str
    name_en: str | None
    line_digest: str
    due_on: date | None
    tooling: Decimal
    approval_plan: str
    approval_level: int | None = None


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """What the supplier answers to one line.

    `accepted`: as ordered, on `promised_on`. `changed`: another quantity, or another day than the one asked for, and
    why. `rejected`: not at all, and why. `reason` is a code of `change_reasons`.
    """

    line_no: int
    promised_on: date | None
    answer: Literal["accepted", "changed", "rejected"] = "accepted"
    quantity: Decimal | None = None
    reason: str | None = None
    note: str | None = None


class OrderLine(msgspec.Struct, frozen=True, kw_only=True):
    """accepted + rejected <= received, received + short <= despatched <= ordered + tolerance + short + rejected."""

    line_no: int
    rfq_line_id: UUID
    detail: LineDetail
    unit: str
    unit_price: Decimal
    promised_on: date | None
    answer: Promise | None
    """What the supplier last answered to the line; None before it did."""
    ordered: Decimal
    tolerance: Decimal
    despatched: Decimal
    short: Decimal
    received: Decimal
    accepted: Decimal
    rejected: Decimal
    returned: Decimal
    """How much of `rejected` went back to the supplier."""
    gate: Literal["none", "closed", "limited", "open"]
    """Whether production may leave: `closed` until a first article is approved, `limited` by a deviation."""
    gate_quantity: Decimal | None
    """Production despatched in all under a deviation; None: not bounded by quantity."""
    gate_until: datetime | None
    sampled: Decimal
    """How much of `despatched` were samples."""
    sample_limit: Decimal

    @property
    def produced(self) -> Decimal:
        """How much of `despatched` was production."""
        return self.despatched - self.sampled

    @property
    def samples_left(self) -> Decimal:
        """How much may still be sent as samples; nothing where production may leave unbounded."""
        return self.sample_limit - self.sampled if self.gate in {"closed", "limited"} else ZERO

    @property
    def may_despatch(self) -> Decimal:
        """How much more may be sent: what was lost or rejected may be sent again."""
        return self.ordered + self.tolerance + self.short + self.rejected - self.despatched

    @property
    def sent(self) -> Decimal:
        """What was sent and neither lost nor rejected: less than this cannot be ordered any more."""
        return self.despatched - self.short - self.rejected

    @property
    def open(self) -> Decimal:
        """How much of what was ordered has yet to be accepted."""
        return max(self.ordered - self.accepted, ZERO)

    @property
    def is_complete(self) -> bool:
        """Whether the ordered quantity has been accepted."""
        return self.accepted >= self.ordered


class OrderTerms(msgspec.Struct, frozen=True, kw_only=True):
    """Commercial terms taken from the quote, else from the RFQ."""

    incoterm: str | None
    delivery_place: str | None
    payment_days: int | None
    frozen_days: int = 28
    """For so many days ahead the buyer alone changes nothing of the schedule."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """One purchase order. `total` is without PPN; `revision` counts the changes that both sides signed."""

    id: UUID
    number: str
    award_id: UUID
    rfq_id: UUID
    buyer_id: UUID
    supplier_id: UUID
    state: str
    version: int
    currency: str
    total: Decimal
    terms: OrderTerms
    over_delivery_percent: Decimal
    revision: int
    held_from: str | None
    """The state that an order on hold returns to."""
    state_reason: str | None
    """Code for which it was rejected, held, short-closed or cancelled; None otherwise."""
    state_note: str | None
    acknowledged_at: datetime | None
    completed_at: datetime | None
    created_at: datetime
    updated_at: datetime
    lines: tuple[OrderLine, ...]

    def line(self, line_no: int) -> OrderLine | None:
        """The line with that number."""
        return next((line for line in self.lines if line.line_no == line_no), None)

    @property
    def parties(self) -> tuple[UUID, UUID]:
        """Buyer and supplier: the only two who learn of anything about the order."""
        return self.buyer_id, self.supplier_id

    @property
    def base(self) -> Decimal:
        """Sum of ordered x unit_price + tooling, unrounded: what PPN is computed from."""
        return sum((line.ordered * line.unit_price + line.detail.tooling for line in self.lines), ZERO)


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """By how much the running quantities of one line change; negative takes back."""

    line_no: int
    despatched: Decimal = ZERO
    short: Decimal = ZERO
    received: Decimal = ZERO
    accepted: Decimal = ZERO
    rejected: Decimal = ZERO
    sampled: Decimal = ZERO
    returned: Decimal = ZERO


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """An order in a list: no lines, but how many there are and how many are complete."""

    id: UUID
    number: str
    rfq_id: UUID
    award_id: UUID
    buyer_id: UUID
    buyer_name: str
    supplier_id: UUID
    supplier_name: str
    state: str
    version: int
    currency: str
    total: Decimal
    line_count: int
    complete_line_count: int
    acknowledged_at: datetime | None
    completed_at: datetime | None
    created_at: datetime
