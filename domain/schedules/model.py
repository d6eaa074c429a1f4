"""Schedule lines of an order, what of each is already done, and what the workshop reports of itself."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

import msgspec

from domain.orders.model import Order

MAX_LINES = 1000
"""Open schedule lines of one order."""
MAX_EVER = 5000
"""Schedule lines that one order ever had."""
OPEN = frozenset({"forecast", "firm"})
COUNTED = frozenset({"firm", "fulfilled"})
"""States in which the buyer has called the quantity off."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a schedule as the buyer writes it: known by its order line and day."""

    line_no: int
    due_on: date
    quantity: Decimal
    certainty: Literal["firm", "forecast"]


class ScheduleLine(msgspec.Struct, frozen=True, kw_only=True):
    """The aggregate: a part of an order line that is due on one day, until midnight where it is delivered."""

    id: UUID
    order_id: UUID
    rfq_id: UUID
    buyer_id: UUID
    supplier_id: UUID
    line_no: int
    due_on: date
    due_ends_at: datetime
    quantity: Decimal
    state: str
    version: int
    committed_on: date | None
    """The day that the supplier committed itself to."""
    at_risk_at: datetime | None
    overdue_at: datetime | None
    """When the two parties were told, once each."""
    created_at: datetime
    updated_at: datetime


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """What of an order line's running quantities falls to one schedule line, earliest due first."""

    despatched: Decimal
    received: Decimal
    accepted: Decimal


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """All schedule lines of an order, those included that ended; `zone` is the buyer's."""

    order: Order
    zone: str
    lines: tuple[ScheduleLine, ...]

    @property
    def version(self) -> int:
        """Steps with every step of every line."""
        return sum(line.version for line in self.lines)


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """What of one order line is being made, and how many hours one unit takes; None: not said."""

    line_no: int
    in_progress: Decimal
    hours_per_unit: Decimal | None


class HeartbeatDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What the workshop reports."""

    free_hours_per_week: Decimal
    raw_stock_days: int
    note: str | None
    work: tuple[Work, ...]


class Heartbeat(msgspec.Struct, frozen=True, kw_only=True):
    """The aggregate: one report. It never changes; the newest counts."""

    id: UUID
    order_id: UUID
    buyer_id: UUID
    supplier_id: UUID
    state: str
    version: int
    free_hours_per_week: Decimal
    raw_stock_days: int
    note: str | None
    work: tuple[Work, ...]
    reported_by: str
    created_at: datetime
    updated_at: datetime


def by_line(lines: Iterable[ScheduleLine]) -> dict[int, list[ScheduleLine]]:
    """All of them by the number of their order line: what many order lines are asked for is looked up once."""
    found: dict[int, list[ScheduleLine]] = defaultdict(list)
    for line in lines:
        found[line.line_no].append(line)
    return found


def of_line(lines: Sequence[ScheduleLine], line_no: int) -> list[ScheduleLine]:
    """The schedule lines of one order line that were not cancelled, earliest due first."""
    found = [line for line in lines if line.line_no == line_no and line.state != "cancelled"]
    return sorted(found, key=lambda line: (line.due_on, line.id))
