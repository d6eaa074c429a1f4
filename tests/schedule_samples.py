"""Schedule lines of a plain order, for rules that are tested without a database."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from msgspec.structs import replace
from order_samples import order

from domain import calendar
from domain.schedules.model import ScheduleLine

NOW = datetime(2026, 10, 5, 2, tzinfo=UTC)
"""A Monday morning; no holiday falls into October 2026."""


def line(number: int, due_on: date, quantity: str, **changes: Any) -> ScheduleLine:
    """A firm line of order line 1 with this number as its id."""
    sample = order()
    made = ScheduleLine(
        id=UUID(int=number),
        order_id=sample.id,
        rfq_id=sample.rfq_id,
        buyer_id=sample.buyer_id,
        supplier_id=sample.supplier_id,
        line_no=1,
        due_on=due_on,
        due_ends_at=calendar.end_of(due_on, "WIB"),
        quantity=Decimal(quantity),
        state="firm",
        version=1,
        committed_on=None,
        at_risk_at=None,
        overdue_at=None,
        created_at=NOW,
        updated_at=NOW,
    )
    return replace(made, **changes)
