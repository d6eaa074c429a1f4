"""An objection of one supplier to the intended awards of one RFQ."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

MAX_OF_SUPPLIER = 3
"""Objections of one supplier to one RFQ: each holds up every acceptance until it is decided."""

Outcome = Literal["upheld", "dismissed"]


class Objection(msgspec.Struct, frozen=True, kw_only=True):
    """The aggregate. The buyer and the supplier that filed it read it, nobody else."""

    id: UUID
    rfq_id: UUID
    quote_id: UUID
    """The quote that lost."""
    buyer_id: UUID
    supplier_id: UUID
    state: str
    version: int
    text: str
    filed_by: str
    answer: str | None
    decided_by: str | None
    decided_at: datetime | None
    created_at: datetime
    updated_at: datetime
