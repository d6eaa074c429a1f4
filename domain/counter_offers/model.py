"""A counter-offer to one opened quote."""

from datetime import datetime
from uuid import UUID

import msgspec

from domain.quotes.model import AmendedLine, Quote
from domain.rfqs.model import Rfq

MAX_LINES = 500


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """What the buyer writes. Prices are in the quote's currency, without PPN."""

    lines: tuple[AmendedLine, ...]
    payment_days: int | None
    message: str | None
    answer_by: datetime


class CounterOffer(msgspec.Struct, frozen=True, kw_only=True):
    """The aggregate. Its prices are for the two parties alone: no event tells them."""

    id: UUID
    quote_id: UUID
    rfq_id: UUID
    buyer_id: UUID
    supplier_id: UUID
    state: str
    version: int
    lines: tuple[AmendedLine, ...]
    payment_days: int | None
    """None: as quoted."""
    message: str | None
    answer_by: datetime
    """At the instant itself it is too late."""
    answered_at: datetime | None
    end_reason: str | None
    end_note: str | None
    created_at: datetime
    updated_at: datetime


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A counter-offer, and what answering it depends on."""

    offer: CounterOffer
    quote: Quote
    rfq: Rfq

    @property
    def id(self) -> UUID:
        """Its id: lists are ordered by it."""
        return self.offer.id
