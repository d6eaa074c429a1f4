"""All SQL about participation."""

from uuid import UUID

import msgspec

from domain.database import Tx
from domain.participations.model import Participation

FIND = """
SELECT id, rfq_id, supplier_id, state, version, nda_accepted_at, nda_accepted_by, nda_version, decline_reason,
       decline_note, created_at, updated_at
  FROM participation
 WHERE rfq_id = $1 AND supplier_id = $2
"""
LOCK = FIND + "   FOR NO KEY UPDATE"


async def find(tx: Tx, rfq_id: UUID, supplier_id: UUID) -> Participation | None:
    """The supplier's part in the RFQ, if it has one."""
    row = await tx.fetchrow(FIND, rfq_id, supplier_id)
    return None if row is None else msgspec.convert(dict(row), Participation)


async def lock(tx: Tx, rfq_id: UUID, supplier_id: UUID) -> Participation | None:
    """As `find`, locked for writing."""
    row = await tx.fetchrow(LOCK, rfq_id, supplier_id)
    return None if row is None else msgspec.convert(dict(row), Participation)


SUPPLIERS_OF = """
SELECT supplier_id FROM participation WHERE rfq_id = $1 ORDER BY supplier_id
"""


async def suppliers_of(tx: Tx, rfq_id: UUID) -> list[UUID]:
    """Every supplier invited or joined, whatever it answered."""
    return [row["supplier_id"] for row in await tx.fetch(SUPPLIERS_OF, rfq_id)]
