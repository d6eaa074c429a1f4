"""Despatches (surat jalan) and goods receipts of one order."""

from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

import msgspec

from domain.orders.model import Order
from domain.organisations.model import Organisation

MAX_LINES = 200
"""Lots of one despatch."""


Kind = Literal["production", "sample"]
"""Samples are sent for a first article, before production is approved."""


class DespatchLineDraft(msgspec.Struct, frozen=True, kw_only=True):
    """One lot of one order line that is sent."""

    line_no: int
    lot: str
    heat_number: str | None
    quantity: Decimal
    certificates: tuple[str, ...] = ()
    """Ids of files as clients see them."""


class DespatchDetail(msgspec.Struct, frozen=True, kw_only=True):
    """How it travels: nothing is decided by it. `eta` is in UTC."""

    packages: int | None
    carrier: str | None
    vehicle: str | None
    eta: datetime | None
    note: str | None


class DespatchDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A despatch as the supplier writes it."""

    number: str
    detail: DespatchDetail
    lines: tuple[DespatchLineDraft, ...]
    kind: Kind = "production"
    replaces: UUID | None = None
    """The nonconformance in place of whose pieces this is sent."""


class DespatchLine(msgspec.Struct, frozen=True, kw_only=True):
    """received + short <= quantity; both follow from receipts."""

    line_no: int
    lot: str
    heat_number: str | None
    quantity: Decimal
    received: Decimal
    short: Decimal
    certificates: tuple[str, ...] = ()

    @property
    def open(self) -> Decimal:
        """What no receipt has accounted for yet."""
        return self.quantity - self.received - self.short


class Despatch(msgspec.Struct, frozen=True, kw_only=True):
    """One delivery note. `number` is the supplier's own, unique for ever."""

    id: UUID
    order_id: UUID
    buyer_id: UUID
    supplier_id: UUID
    number: str
    kind: Kind
    replaces: UUID | None
    announced: bool
    """False when the supplier sent no notice and the buyer's receipt made it."""
    state: str
    version: int
    detail: DespatchDetail
    despatched_at: datetime
    created_at: datetime
    updated_at: datetime
    lines: tuple[DespatchLine, ...]

    @property
    def is_untouched(self) -> bool:
        """Whether no receipt has accounted for any of it."""
        return all(line.open == line.quantity for line in self.lines)

    @property
    def is_accounted(self) -> bool:
        """Whether receipts have accounted for all of it."""
        return all(line.open == 0 for line in self.lines)


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """What a surat jalan says: a despatch, its order and the two parties."""

    despatch: Despatch
    order: Order
    supplier: Organisation
    buyer: Organisation


class ReceiptLine(msgspec.Struct, frozen=True, kw_only=True):
    """What was counted of one lot. `damaged` is a part of `received`; what was `short` never arrived."""

    line_no: int
    lot: str
    received: Decimal
    short: Decimal
    damaged: Decimal


class ReceiptDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A receipt as the buyer writes it; without `received_at` it is now, without `despatch_id` it came unannounced."""

    despatch_id: UUID | None
    number: str | None
    note: str | None
    received_at: datetime | None
    lines: tuple[ReceiptLine, ...]


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """One count of (a part of) one despatch. It never changes; what is found later belongs to its inspection."""

    id: UUID
    order_id: UUID
    despatch_id: UUID
    buyer_id: UUID
    supplier_id: UUID
    state: str
    version: int
    number: str | None
    note: str | None
    received_at: datetime
    created_at: datetime
    inspection_id: UUID | None
    """None when nothing arrived."""
    lines: tuple[ReceiptLine, ...]
