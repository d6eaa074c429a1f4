"""Inspections of what was received, and nonconformances with what was written at each step."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

import msgspec

MAX_RECORDINGS = 400
"""Of one inspection: one for each lot, and then some."""


class Defect(msgspec.Struct, frozen=True, kw_only=True):
    """What was wrong with `quantity` of what was rejected: at one characteristic, of one kind, or in words.

    `characteristic_no` is the number in the drawing's balloon, `code` one of the vocabulary `defect_codes`.
    """

    characteristic_no: int | None
    code: str | None
    quantity: Decimal
    note: str | None


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What was found of one lot, this time."""

    line_no: int
    lot: str
    accepted: Decimal
    rejected: Decimal
    defects: tuple[Defect, ...]


class InspectionDraft(msgspec.Struct, frozen=True, kw_only=True):
    """One recording as the buyer writes it."""

    inspector: str | None
    note: str | None
    lines: tuple[Finding, ...]


class Recording(msgspec.Struct, frozen=True, kw_only=True):
    """One part of an inspection, as it was recorded; quantities below zero take back what was recorded before.

    `because` names the nonconformance that corrected it (a complaint, a concession, a rework).
    """

    at: datetime
    inspector: str | None
    note: str | None
    lines: tuple[Finding, ...]
    because: UUID | None = None


class Lot(msgspec.Struct, frozen=True, kw_only=True):
    """What the recordings add up to for one lot of the receipt: accepted + rejected <= received."""

    line_no: int
    lot: str
    received: Decimal
    accepted: Decimal
    rejected: Decimal

    @property
    def open(self) -> Decimal:
        """What has yet to be inspected."""
        return self.received - self.accepted - self.rejected


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    """The inspection of one receipt, recorded in one or more parts. Lots of which nothing arrived are left out."""

    id: UUID
    receipt_id: UUID
    order_id: UUID
    buyer_id: UUID
    supplier_id: UUID
    state: str
    version: int
    recordings: tuple[Recording, ...]
    created_at: datetime
    updated_at: datetime
    lots: tuple[Lot, ...]

    @property
    def is_complete(self) -> bool:
        """Whether everything that was received is accepted or rejected."""
        return all(lot.open == 0 for lot in self.lots)
