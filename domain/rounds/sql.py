"""All SQL about rounds."""

from uuid import UUID

import msgspec

from domain.database import Tx
from domain.participations.model import Participation

# An expired quote counts: that its validity has passed is a reason to ask for a new one. Only the newest of a supplier does.
SHORTLISTED = """
SELECT q.supplier_id
  FROM quote q
 WHERE q.rfq_id = $1 AND q.shortlisted AND q.state IN ('opened', 'expired')
   AND NOT EXISTS (
        SELECT FROM quote n
         WHERE n.rfq_id = q.rfq_id AND n.supplier_id = q.supplier_id AND n.round > q.round AND n.opened_at IS NOT NULL
       )
"""


async def shortlisted(tx: Tx, rfq_id: UUID) -> set[UUID]:
    """Suppliers whose newest opened quote is on the shortlist."""
    return {row["supplier_id"] for row in await tx.fetch(SHORTLISTED, rfq_id)}


PARTICIPATIONS = """
SELECT id, rfq_id, supplier_id, state, version, nda_accepted_at, nda_accepted_by, nda_version, decline_reason,
       decline_note, created_at, updated_at, round
  FROM participation
 WHERE rfq_id = $1
 ORDER BY id
   FOR NO KEY UPDATE
"""


async def lock_participations(tx: Tx, rfq_id: UUID) -> list[Participation]:
    """Everybody who takes part, locked for writing. The caller holds the RFQ's lock."""
    return [msgspec.convert(dict(row), Participation) for row in await tx.fetch(PARTICIPATIONS, rfq_id)]
