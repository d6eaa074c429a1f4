"""All SQL about schedules and heartbeats. Every writer holds the lock of the order, so they need none of their own."""

from datetime import datetime
from uuid import UUID

import msgspec

from domain.database import Constraint, Row, Tx
from domain.errors import NotFound, QuantityExceeded, StaleVersion
from domain.quantity import plain
from domain.schedules.model import Heartbeat, ScheduleLine, Work

_WORK = msgspec.json.Decoder(tuple[Work, ...])
BEYOND = QuantityExceeded("More would be scheduled of a line than is ordered.")

INSERT = """
INSERT INTO schedule_line (
    id, order_id, rfq_id, buyer_id, supplier_id, line_no, due_on, due_ends_at, quantity, state, version, created_at,
    updated_at, check_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
"""


async def insert(tx: Tx, line: ScheduleLine, check_at: datetime | None) -> None:
    """A new one; the clock looks at it from `check_at` on. Raises QuantityExceeded beyond what is ordered."""
    with Constraint("schedule_line_within_order", BEYOND):
        await tx.execute(
            INSERT,
            line.id,
            line.order_id,
            line.rfq_id,
            line.buyer_id,
            line.supplier_id,
            line.line_no,
            line.due_on,
            line.due_ends_at,
            line.quantity,
            line.state,
            line.version,
            line.created_at,
            line.updated_at,
            check_at,
        )


_COLUMNS = """
SELECT id, order_id, rfq_id, buyer_id, supplier_id, line_no, due_on, due_ends_at, quantity, state, version, committed_on,
       at_risk_at, overdue_at, created_at, updated_at
  FROM schedule_line
"""

GET = _COLUMNS + " WHERE id = $1"


async def get(tx: Tx, schedule_line_id: UUID) -> ScheduleLine:
    """Raises NotFound."""
    row = await tx.fetchrow(GET, schedule_line_id)
    if row is None:
        raise NotFound("schedule_line")
    return _line(row)


OF_ORDER = _COLUMNS + " WHERE order_id = $1 ORDER BY line_no, due_on, id"


async def of_order(tx: Tx, order_id: UUID) -> tuple[ScheduleLine, ...]:
    """All that the order ever had: MAX_EVER at most."""
    return tuple(_line(row) for row in await tx.fetch(OF_ORDER, order_id))


def _line(row: Row) -> ScheduleLine:
    return ScheduleLine(**{**row, "quantity": plain(row["quantity"])})


SAVE = """
UPDATE schedule_line
   SET due_on = $3, due_ends_at = $4, quantity = $5, state = $6, version = $7, committed_on = $8, at_risk_at = $9,
       overdue_at = $10, updated_at = $11, check_at = $12
 WHERE id = $1 AND version = $2
"""


async def save(tx: Tx, before: ScheduleLine, after: ScheduleLine, check_at: datetime | None) -> None:
    """Write the row. Raises StaleVersion when somebody else was faster, QuantityExceeded beyond what is ordered."""
    with Constraint("schedule_line_within_order", BEYOND):
        touched = await tx.execute(
            SAVE,
            before.id,
            before.version,
            after.due_on,
            after.due_ends_at,
            after.quantity,
            after.state,
            after.version,
            after.committed_on,
            after.at_risk_at,
            after.overdue_at,
            after.updated_at,
            check_at,
        )
    if touched != 1:
        raise StaleVersion


TO_CHECK = """
SELECT id FROM schedule_line WHERE state = 'firm' AND check_at <= clock_timestamp() ORDER BY check_at LIMIT $1
"""


async def to_check(tx: Tx, limit: int) -> list[UUID]:
    """Lines that the clock should look at, longest waiting first."""
    return [row["id"] for row in await tx.fetch(TO_CHECK, limit)]


LOOK_AGAIN = """
UPDATE schedule_line SET check_at = $2 WHERE id = $1
"""


async def look_again(tx: Tx, schedule_line_id: UUID, at: datetime | None) -> None:
    """When the clock looks at a line next: no step of the line, only the clock's own note."""
    await tx.execute(LOOK_AGAIN, schedule_line_id, at)


REGION = """
SELECT region_code FROM organisation WHERE id = $1
"""


async def region(tx: Tx, organisation_id: UUID) -> str | None:
    """Where an organisation is; None when it did not say."""
    found: str | None = await tx.fetchval(REGION, organisation_id)
    return found


COUNT_HEARTBEATS = """
SELECT count(*) FROM heartbeat WHERE order_id = $1
"""


async def count_heartbeats(tx: Tx, order_id: UUID) -> int:
    """How often the workshop reported on the order."""
    found: int = await tx.fetchval(COUNT_HEARTBEATS, order_id)
    return found


INSERT_HEARTBEAT = """
INSERT INTO heartbeat (
    id, order_id, buyer_id, supplier_id, state, version, free_hours_per_week, raw_stock_days, note, work, reported_by,
    created_at, updated_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
"""


async def insert_heartbeat(tx: Tx, heartbeat: Heartbeat) -> None:
    """A new report."""
    await tx.execute(
        INSERT_HEARTBEAT,
        heartbeat.id,
        heartbeat.order_id,
        heartbeat.buyer_id,
        heartbeat.supplier_id,
        heartbeat.state,
        heartbeat.version,
        heartbeat.free_hours_per_week,
        heartbeat.raw_stock_days,
        heartbeat.note,
        msgspec.json.encode(heartbeat.work).decode(),
        heartbeat.reported_by,
        heartbeat.created_at,
        heartbeat.updated_at,
    )


_HEARTBEAT = """
SELECT id, order_id, buyer_id, supplier_id, state, version, free_hours_per_week, raw_stock_days, note, work, reported_by,
       created_at, updated_at
  FROM heartbeat
"""

GET_HEARTBEAT = _HEARTBEAT + " WHERE id = $1"


async def get_heartbeat(tx: Tx, heartbeat_id: UUID) -> Heartbeat:
    """Raises NotFound."""
    row = await tx.fetchrow(GET_HEARTBEAT, heartbeat_id)
    if row is None:
        raise NotFound("heartbeat")
    return _heartbeat(row)


NEWEST_HEARTBEAT = _HEARTBEAT + " WHERE order_id = $1 ORDER BY id DESC LIMIT 1"


async def newest_heartbeat(tx: Tx, order_id: UUID) -> Heartbeat | None:
    """The report that counts; None when the workshop never reported on the order."""
    row = await tx.fetchrow(NEWEST_HEARTBEAT, order_id)
    return None if row is None else _heartbeat(row)


def _heartbeat(row: Row) -> Heartbeat:
    return Heartbeat(
        **{**row, "free_hours_per_week": plain(row["free_hours_per_week"]), "work": _WORK.decode(row["work"])}
    )
