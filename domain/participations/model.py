"""One supplier's part in one RFQ."""

from datetime import datetime
from uuid import UUID

import msgspec


class Participation(msgspec.Struct, frozen=True, kw_only=True):
    """`nda_version` is the version of the RFQ's agreement that was accepted."""

    id: UUID
    rfq_id: UUID
    supplier_id: UUID
    state: str
    version: int
    nda_accepted_at: datetime | None
    nda_accepted_by: str | None
    nda_version: int | None
    decline_reason: str | None
    decline_note: str | None
    created_at: datetime
    updated_at: datetime
    round: int = 1
    """The last round in which the supplier may quote."""
