"""Inspections of what was received, and nonconformances with what was written at each step."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

import msgspec

from domain.quality.sampling import Concession, Result, ResultDraft, Sampling, Verdict

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


class FindingDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What was found of one lot, this time, as the buyer writes it."""

    line_no: int
    lot: str
    accepted: Decimal
    rejected: Decimal
    defects: tuple[Defect, ...]
    results: tuple[ResultDraft, ...] = ()
    concession: Concession | None = None


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What was found of one lot, this time."""

    line_no: int
    lot: str
    accepted: Decimal
    rejected: Decimal
    defects: tuple[Defect, ...]
    results: tuple[Result, ...] = ()
    concession: Concession | None = None


class InspectionDraft(msgspec.Struct, frozen=True, kw_only=True):
    """One recording as the buyer writes it."""

    inspector: str | None
    note: str | None
    lines: tuple[FindingDraft, ...]


class Recording(msgspec.Struct, frozen=True, kw_only=True):
    """One part of an inspection, as it was recorded; quantities below zero take back what was recorded before.

    `because` names the nonconformance that corrected it (a complaint, a concession, a rework).
    """

    at: datetime
    inspector: str | None
    note: str | None
    lines: tuple[Finding, ...]
    ship_to_stock: bool = False
    """Accepted without inspection, by the system."""
    because: UUID | None = None


class Lot(msgspec.Struct, frozen=True, kw_only=True):
    """What the recordings add up to for one lot of the receipt: accepted + rejected <= received."""

    line_no: int
    lot: str
    received: Decimal
    accepted: Decimal
    rejected: Decimal
    verdict: Verdict | None = None
    """Of its sample; None without a plan, and while the sample is not whole."""
    nonconforming: Decimal = Decimal(0)
    """Units that the sample showed nonconforming, at least."""
    conceded: bool = False
    """A lot that failed is accepted under a concession."""

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
    sampling: tuple[Sampling, ...] = ()
    """Of the lots for whose part there is an inspection plan."""

    def sampling_of(self, lot: Lot) -> Sampling | None:
        """The sample of a lot; None where no plan asks for one."""
        return next((item for item in self.sampling if (item.line_no, item.lot) == (lot.line_no, lot.lot)), None)

    def results_of(self, lot: Lot) -> list[Result]:
        """All results of a lot, in the order of the recordings."""
        return [
            result
            for part in self.recordings
            for line in part.lines
            if (line.line_no, line.lot) == (lot.line_no, lot.lot)
            for result in line.results
        ]

    def corrected(self, lot: Lot) -> list[Finding]:
        """What nonconformances changed of a lot after it was recorded."""
        return [
            line
            for part in self.recordings
            if part.because is not None
            for line in part.lines
            if (line.line_no, line.lot) == (lot.line_no, lot.lot)
        ]

    @property
    def is_complete(self) -> bool:
        """Whether everything that was received is accepted or rejected."""
        return all(lot.open == 0 for lot in self.lots)


class CharacteristicResult(msgspec.Struct, frozen=True, kw_only=True):
    """One result of one characteristic, with where it comes from."""

    inspection_id: UUID
    receipt_id: UUID
    despatch_id: UUID | None
    """None where the receipt was counted without one."""
    at: datetime
    inspector: str | None
    lot: str
    result: Result
