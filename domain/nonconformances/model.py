"""A nonconformance with its 8D steps and dispositions, and the return shipments that follow from them."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal
from uuid import UUID

import msgspec

from domain.quality.model import Defect

ZERO = Decimal(0)
MAX_STEPS = 100
"""Of one nonconformance: the decision may be changed, but not for ever."""
LAST_STEPS = 4
"""To contain, find the cause, correct and close: however often it was decided, there is room for these."""
MAX_DISPOSITIONS = 5
DUE: dict[str, timedelta] = {
    "open": timedelta(days=1),
    "contained": timedelta(days=14),
    "cause_found": timedelta(days=30),
}
"""State -> how long after the opening the supplier's next answer is due. The usual 24 hours, 14 and 30 days of 8D reports."""

Response = Literal["contained", "cause_found", "corrected"]
Disposition = Literal["rework", "return", "replace", "scrap", "use_as_is"]
Origin = Literal["rejection", "complaint"]


class Report(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The disciplines of an 8D report that a step tells of; None where it does not."""

    team: str | None = None
    """D1."""
    containment: str | None = None
    """D3: where else such pieces are, and what is done with them."""
    occurrence_cause: str | None = None
    """D4: why it happened."""
    escape_cause: str | None = None
    """D4: why nobody noticed."""
    method: str | None = None
    """D4: how the cause was found, such as `5 whys`."""
    corrective_action: str | None = None
    """D5 and D6."""
    verification: str | None = None
    """D6: how it is known to work."""
    prevention: str | None = None
    """D7."""


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of a part of the quantity. `reference` names the concession for `use_as_is`."""

    disposition: Disposition
    quantity: Decimal
    reference: str | None


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """What one side wrote when it took `action`: `contain`, `find_cause`, `correct`, `decide`, `close` and so on."""

    action: str
    at: datetime
    by: str
    disposition: str | None
    note: str | None
    report: Report | None = None
    dispositions: tuple[Decided, ...] = ()


class Detail(msgspec.Struct, frozen=True, kw_only=True):
    """The defects that it is about, and the steps since, oldest first."""

    defects: tuple[Defect, ...]
    steps: tuple[Step, ...]


class Nonconformance(msgspec.Struct, frozen=True, kw_only=True):
    """A claim about `quantity` of one lot. What was carried out of its dispositions stands beside them."""

    id: UUID
    order_id: UUID
    inspection_id: UUID
    buyer_id: UUID
    supplier_id: UUID
    origin: Origin
    state: str
    version: int
    line_no: int
    lot: str
    quantity: Decimal
    detail: Detail
    disposition: str | None
    """The one disposition of the whole quantity; None while undecided or split."""
    dispositions: tuple[Decided, ...]
    reworked: Decimal
    conceded: Decimal
    returned: Decimal
    replaced: Decimal
    created_at: datetime
    updated_at: datetime

    def decided(self, *dispositions: Disposition) -> Decimal:
        """How much is decided to go one of these ways."""
        return sum((item.quantity for item in self.dispositions if item.disposition in dispositions), ZERO)

    @property
    def returnable(self) -> Decimal:
        """How much may still be sent back: what is decided to be returned or replaced."""
        return self.decided("return", "replace") - self.returned

    @property
    def replaceable(self) -> Decimal:
        """How much may still be sent in place of it."""
        return self.decided("replace") - self.replaced

    @property
    def due_at(self) -> datetime | None:
        """When the supplier's next answer is due; None when none is."""
        span = DUE.get(self.state)
        return None if span is None else self.created_at + span


class ComplaintDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Pieces that were accepted and turned out bad, as the buyer writes it."""

    receipt_id: UUID
    line_no: int
    lot: str
    quantity: Decimal
    defects: tuple[Defect, ...]
    note: str | None


class ReturnDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Pieces that go back, as the buyer writes it. `reference` is the number of its return note."""

    reference: str
    quantity: Decimal
    note: str | None


class ReturnShipment(msgspec.Struct, frozen=True, kw_only=True):
    """Rejected pieces on their way back to the supplier."""

    id: UUID
    order_id: UUID
    nonconformance_id: UUID
    buyer_id: UUID
    supplier_id: UUID
    state: str
    version: int
    reference: str
    quantity: Decimal
    note: str | None
    created_at: datetime
    updated_at: datetime
