"""An award of quantities of one RFQ to one supplier's quote."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

import msgspec

from domain.quotes.model import Quote

MAX_LINES = 500


class ProposedLine(msgspec.Struct, frozen=True, kw_only=True):
    """What the buyer asks for: the price follows from the quote. `reason` is a code of `award_reasons`."""

    line_no: int
    quantity: Decimal
    reason: str


class AwardLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the award; `reason` a code of the vocabulary `award_reasons`."""

    line_no: int
    quantity: Decimal
    unit_price: Decimal
    """The break that `quantity` reaches, with this line's share of amortised tooling in it."""
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
    standstill_until: datetime | None
    """The supplier may accept from this instant on; set with the issue."""
    accept_by: datetime | None
    """From this instant on the award has lapsed; None for one issued before there were windows."""
    follows: UUID | None
    """The ended award whose quantity this one offers to the next in rank."""
    reasons: tuple[tuple[UUID, str], ...]
    """(losing quote, code of `loss_reasons`) that the buyer gives in place of what the figures say."""
    created_at: datetime
    updated_at: datetime
    lines: tuple[AwardLine, ...]

    @property
    def quantities(self) -> dict[int, Decimal]:
        """Quantity by line number."""
        return {line.line_no: line.quantity for line in self.lines}


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """What issuing an award depends on besides the award itself."""

    rfq_state: str
    rfq_ended: bool
    """No further award: the rest of the RFQ was closed."""
    quote: Quote
    four_eyes: bool
    """The buyer demands that another person issues what one has proposed."""


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """An award, and what its next step depends on; `around` is None once there is nothing left to issue."""

    award: Award
    around: Surroundings | None
    objected: bool = False
    """An objection to the awards of its RFQ is undecided."""


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """An award in a list: no lines, but how many."""

    id: UUID
    rfq_id: UUID
    rfq_title: str
    quote_id: UUID
    buyer_id: UUID
    buyer_name: str
    supplier_id: UUID
    supplier_name: str
    state: str
    version: int
    currency: str
    total: Decimal
    line_count: int
    issued_at: datetime | None
    answered_at: datetime | None
    standstill_until: datetime | None
    accept_by: datetime | None
    order_id: UUID | None
    created_at: datetime
