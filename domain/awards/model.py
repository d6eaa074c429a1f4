"""An award of quantities of one RFQ to one supplier's quote."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

import msgspec


class AwardLine(msgspec.Struct, frozen=True, kw_only=True):
    """`unit_price` is the break that `quantity` reaches; `reason` a code of the vocabulary `award_reasons`."""

    line_no: int
    quantity: Decimal
    unit_price: Decimal
    tooling: Decimal
    """Tooling paid once with this award, 0 when it is amortised or there is none."""
    reason: str


class Award(msgspec.Struct, frozen=True, kw_only=True):
    """`total` = sum of quantity x unit_price + tooling, rounded half-even to the currency's minor unit."""

    id: UUID
    rfq_id: UUID
    quote_id: UUID
    buyer_id: UUID
    supplier_id: UUID
    state: str
    version: int
    currency: str
    total: Decimal
    note: str | None
    proposed_by: str
    """`Actor.identity` of the proposer, for four eyes."""
    issued_by: str | None
    issued_at: datetime | None
    answered_at: datetime | None
    end_reason: str | None
    end_note: str | None
    order_id: UUID | None
    created_at: datetime
    updated_at: datetime
    lines: tuple[AwardLine, ...]
