"""What is known of one characteristic of an ordered line, from its drawing to the last claim."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

import msgspec

from domain.first_articles.model import Measured, Promise
from domain.nonconformances.model import Decided
from domain.orders.model import OrderLine
from domain.quality.model import Defect
from domain.quality.sampling import Result
from domain.rfqs.model import Characteristic

MAX_LOTS = 200
"""Lots of a line in one history: the newest."""
MAX_FINDINGS = 2_000
"""Recordings about those lots in one history; one lot can be asked for alone."""
MAX_CLAIMS = 500
"""Nonconformances in one history."""
MAX_COUNTED = 500
"""Receipts, returns and replacements of one lot in its history, each."""


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """One lot of the line in one despatch that was not cancelled, and what became of it. Quantities in the line's unit."""

    despatch_id: UUID
    despatch_number: str
    ordinal: int | None
    """Which delivery of production of this line it is, counted from 1; None for samples."""
    kind: str
    despatched_at: datetime
    lot: str
    heat_number: str | None
    quantity: Decimal
    received: Decimal
    accepted: Decimal
    rejected: Decimal
    replaces: UUID | None
    """The nonconformance in place of whose pieces it was sent."""
    announced: bool
    """False where the buyer's receipt made the despatch."""
    certificates: tuple[str, ...]
    """Files of the supplier, ids as clients see them."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What one recording of an inspection says of one lot of the line."""

    despatch_id: UUID
    receipt_id: UUID
    inspection_id: UUID
    at: datetime
    inspector: str | None
    lot: str
    accepted: Decimal
    rejected: Decimal
    defects: tuple[Defect, ...]
    result: Result | None
    """Of the characteristic in the lot's sample; None where the recording has none."""
    ship_to_stock: bool
    """Accepted without inspection, by the system."""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A nonconformance of the line with a defect at the characteristic."""

    nonconformance_id: UUID
    despatch_id: UUID
    receipt_id: UUID
    inspection_id: UUID
    state: str
    lot: str
    quantity: Decimal
    """Of the whole nonconformance."""
    origin: str
    """`rejection` by an inspection, or `complaint` about pieces that had been accepted."""
    dispositions: tuple[Decided, ...]
    returned: Decimal
    replaced: Decimal
    defects: tuple[Defect, ...]
    opened_at: datetime


class Delivered(msgspec.Struct, frozen=True, kw_only=True):
    """A lot with what inspections found of it and which claims followed.

    `failed` counts units that were rejected or complained of at the characteristic. `conforms` is None where nobody looked.
    """

    sent: Sent
    failed: Decimal
    conforms: bool | None
    found: tuple[Found, ...]
    claims: tuple[Claim, ...]


class History(msgspec.Struct, frozen=True, kw_only=True):
    """One characteristic of one ordered line: asked for, promised, measured, delivered, found, claimed."""

    order_id: UUID
    line: OrderLine
    no: int
    requirement: Characteristic | None
    """None where the line names no characteristics: the balloons of its drawing are known to people only."""
    quote_id: UUID
    promise: Promise | None
    first_articles: tuple[Measured, ...]
    deliveries: tuple[Delivered, ...]
    """Oldest first."""
    older_lots: int
    """How many lots were sent before those in `deliveries`."""


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """What one receipt counted of a lot, and what its inspection has come to so far."""

    receipt_id: UUID
    despatch_id: UUID
    number: str | None
    state: str
    received_at: datetime
    received: Decimal
    short: Decimal
    damaged: Decimal
    accepted: Decimal
    rejected: Decimal
    inspection_id: UUID | None
    """None when nothing arrived."""
    inspection_state: str | None


class Sampled(msgspec.Struct, frozen=True, kw_only=True):
    """A first article that was made of the lot."""

    first_article_id: UUID
    attempt: int
    state: str


class Returned(msgspec.Struct, frozen=True, kw_only=True):
    """Pieces of the lot that went back."""

    return_shipment_id: UUID
    nonconformance_id: UUID
    state: str
    reference: str
    quantity: Decimal
    sent_at: datetime


class Replacement(msgspec.Struct, frozen=True, kw_only=True):
    """A despatch in place of pieces of the lot."""

    despatch_id: UUID
    nonconformance_id: UUID
    number: str
    state: str


class LotDelivered(msgspec.Struct, frozen=True, kw_only=True):
    """The lot in one despatch: what was counted, found and claimed of it."""

    sent: Sent
    counted: tuple[Counted, ...]
    found: tuple[Found, ...]
    claims: tuple[Claim, ...]


class LotHistory(msgspec.Struct, frozen=True, kw_only=True):
    """One lot of one ordered line."""

    order_id: UUID
    line: OrderLine
    lot: str
    first_articles: tuple[Sampled, ...]
    deliveries: tuple[LotDelivered, ...]
    """Oldest first."""
    returns: tuple[Returned, ...]
    replacements: tuple[Replacement, ...]
