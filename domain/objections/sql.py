"""All SQL about objections. Whoever writes one holds the lock of its RFQ."""

from uuid import UUID

import msgspec

from domain.database import Constraint, Row, Tx
from domain.errors import Duplicate, NotFound, StaleVersion
from domain.objections.model import Objection

INSERT = """
INSERT INTO objection (
    id, rfq_id, quote_id, buyer_id, supplier_id, state, version, text, filed_by, created_at, updated_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
"""


async def insert(tx: Tx, objection: Objection) -> None:
    """A new objection. Raises Duplicate when the supplier has one undecided."""
    with Constraint("objection_one_open", Duplicate("Your objection waits for the buyer's decision already.")):
        await tx.execute(
            INSERT,
            objection.id,
            objection.rfq_id,
            objection.quote_id,
            objection.buyer_id,
            objection.supplier_id,
            objection.state,
            objection.version,
            objection.text,
            objection.filed_by,
            objection.created_at,
            objection.updated_at,
        )


GET = """
SELECT id, rfq_id, quote_id, buyer_id, supplier_id, state, version, text, filed_by, answer, decided_by, decided_at,
       created_at, updated_at
  FROM objection
 WHERE id = $1
"""
LOCK = GET + "   FOR NO KEY UPDATE"


async def get(tx: Tx, objection_id: UUID) -> Objection:
    """The objection. Raises NotFound."""
    return _objection(await tx.fetchrow(GET, objection_id))


async def lock(tx: Tx, objection_id: UUID) -> Objection:
    """As `get`, locked for writing. Raises NotFound."""
    return _objection(await tx.fetchrow(LOCK, objection_id))


def _objection(row: Row | None) -> Objection:
    if row is None:
        raise NotFound("objection")
    return msgspec.convert(dict(row), Objection)


SAVE = """
UPDATE objection
   SET state = $3, version = $4, answer = $5, decided_by = $6, decided_at = $7, updated_at = $8
 WHERE id = $1 AND version = $2
"""


async def save(tx: Tx, before: Objection, after: Objection) -> None:
    """Write the decision. Raises StaleVersion when somebody else was faster."""
    touched = await tx.execute(
        SAVE,
        before.id,
        before.version,
        after.state,
        after.version,
        after.answer,
        after.decided_by,
        after.decided_at,
        after.updated_at,
    )
    if touched != 1:
        raise StaleVersion


OF_RFQ = """
SELECT id, rfq_id, quote_id, buyer_id, supplier_id, state, version, text, filed_by, answer, decided_by, decided_at,
       created_at, updated_at
  FROM objection
 WHERE rfq_id = $1 AND /* tenant */ ($2::uuid IS NULL OR supplier_id = $2) AND ($3::uuid IS NULL OR id > $3)
 ORDER BY id
 LIMIT $4
"""


async def of_rfq(tx: Tx, rfq_id: UUID, *, supplier_id: UUID | None, after: UUID | None, limit: int) -> list[Objection]:
    """Objections to the RFQ's awards, of one supplier or of all, oldest first."""
    rows = await tx.fetch(OF_RFQ, rfq_id, supplier_id, after, limit)
    return [msgspec.convert(dict(row), Objection) for row in rows]
