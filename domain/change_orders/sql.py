"""All SQL about change orders. Every writer holds the lock of their order, so they need none of their own."""

from uuid import UUID

import msgspec

from domain.change_orders.model import ChangeOrder, Content, Difference
from domain.database import Constraint, Row, Tx
from domain.errors import Duplicate, NotFound, StaleVersion

_CONTENT = msgspec.json.Decoder(Content)
_DIFFERENCE = msgspec.json.Decoder(tuple[Difference, ...])

COUNT = """
SELECT count(*) FROM change_order WHERE order_id = $1
"""


async def count(tx: Tx, order_id: UUID) -> int:
    """How many change orders the order has had."""
    found: int = await tx.fetchval(COUNT, order_id)
    return found


INSERT = """
INSERT INTO change_order (
    id, order_id, rfq_id, buyer_id, supplier_id, number, side, state, version, order_version, content, difference, reason,
    note, proposed_by, created_at, updated_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
"""


async def insert(tx: Tx, change: ChangeOrder) -> None:
    """A new one. Raises Duplicate while another of the same side waits for an answer."""
    waiting = Duplicate("A change order of your side waits for an answer. Withdraw it first, or wait.")
    with Constraint("change_order_one_open", waiting):
        await tx.execute(
            INSERT,
            change.id,
            change.order_id,
            change.rfq_id,
            change.buyer_id,
            change.supplier_id,
            change.number,
            change.side,
            change.state,
            change.version,
            change.order_version,
            msgspec.json.encode(change.content).decode(),
            msgspec.json.encode(change.difference).decode(),
            change.reason,
            change.note,
            change.proposed_by,
            change.created_at,
            change.updated_at,
        )


_COLUMNS = """
SELECT id, order_id, rfq_id, buyer_id, supplier_id, number, side, state, version, order_version, content, difference,
       reason, note, proposed_by, answered_by, answered_side, answered_at, answer_note, revision, created_at, updated_at
  FROM change_order
"""

GET = _COLUMNS + " WHERE id = $1"


async def get(tx: Tx, change_order_id: UUID) -> ChangeOrder:
    """Raises NotFound."""
    row = await tx.fetchrow(GET, change_order_id)
    if row is None:
        raise NotFound("change_order")
    return _change(row)


LIST = (
    _COLUMNS
    + """
 WHERE order_id = $1 AND ($2::uuid IS NULL OR id > $2) AND ($4::text IS NULL OR state = $4)
 ORDER BY id
 LIMIT $3
"""
)


async def list_of(tx: Tx, order_id: UUID, *, after: UUID | None, limit: int, state: str | None) -> list[ChangeOrder]:
    """Of one order, oldest first."""
    return [_change(row) for row in await tx.fetch(LIST, order_id, after, limit, state)]


OPEN = _COLUMNS + " WHERE order_id = $1 AND state = 'proposed' ORDER BY id"


async def open_of(tx: Tx, order_id: UUID) -> list[ChangeOrder]:
    """Those that wait for an answer: two at most, one of each side."""
    return [_change(row) for row in await tx.fetch(OPEN, order_id)]


def _change(row: Row) -> ChangeOrder:
    return ChangeOrder(
        **{**row, "content": _CONTENT.decode(row["content"]), "difference": _DIFFERENCE.decode(row["difference"])}
    )


SAVE = """
UPDATE change_order
   SET state = $3, version = $4, answered_by = $5, answered_side = $6, answered_at = $7, answer_note = $8, revision = $9,
       updated_at = $10
 WHERE id = $1 AND version = $2
"""


async def save(tx: Tx, before: ChangeOrder, after: ChangeOrder) -> None:
    """Write what became of it. Raises StaleVersion when somebody else was faster."""
    touched = await tx.execute(
        SAVE,
        before.id,
        before.version,
        after.state,
        after.version,
        after.answered_by,
        after.answered_side,
        after.answered_at,
        after.answer_note,
        after.revision,
        after.updated_at,
    )
    if touched != 1:
        raise StaleVersion
