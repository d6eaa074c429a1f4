"""All SQL about participation."""

from datetime import datetime
from uuid import UUID

import msgspec

from domain.database import Constraint, Tx
from domain.errors import Duplicate, StaleVersion
from domain.participations.model import Participation

FIND = """
SELECT id, rfq_id, supplier_id, state, version, nda_accepted_at, nda_accepted_by, nda_version, decline_reason,
       decline_note, created_at, updated_at, round
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


OF_RFQ = """
SELECT p.id, p.rfq_id, p.supplier_id, p.state, p.version, p.nda_accepted_at, p.nda_accepted_by, p.nda_version,
       p.decline_reason, p.decline_note, p.created_at, p.updated_at, p.round, o.name AS supplier_name
  FROM participation p
  JOIN organisation o ON o.id = p.supplier_id
 WHERE p.rfq_id = $1 AND ($2::uuid IS NULL OR p.id > $2)
 ORDER BY p.id
 LIMIT $3
"""


async def of_rfq(tx: Tx, rfq_id: UUID, *, after: UUID | None, limit: int) -> list[tuple[Participation, str]]:
    """(participation, supplier's name), oldest first."""
    rows = await tx.fetch(OF_RFQ, rfq_id, after, limit)
    return [
        (
            msgspec.convert({key: row[key] for key in Participation.__struct_fields__}, Participation),
            row["supplier_name"],
        )
        for row in rows
    ]


INSERT = """
INSERT INTO participation (
    id, rfq_id, supplier_id, state, version, nda_accepted_at, nda_accepted_by, nda_version, decline_reason,
    decline_note, created_at, updated_at
)
SELECT p.id, $1, p.supplier_id, $4, 1, NULL, NULL, NULL, NULL, NULL, $5, $5
  FROM unnest($2::uuid[], $3::uuid[]) AS p (id, supplier_id)
"""


async def insert(tx: Tx, participations: list[Participation]) -> None:
    """New participations of one RFQ in one state. Raises Duplicate when a supplier takes part already."""
    if not participations:
        return
    first = participations[0]
    with Constraint("participation_once", Duplicate("The supplier takes part in this RFQ already.")):
        await tx.execute(
            INSERT,
            first.rfq_id,
            [item.id for item in participations],
            [item.supplier_id for item in participations],
            first.state,
            first.created_at,
        )


SAVE = """
UPDATE participation
   SET state = $3, version = $4, nda_accepted_at = $5, nda_accepted_by = $6, nda_version = $7, decline_reason = $8,
       decline_note = $9, updated_at = $10, round = $11
 WHERE id = $1 AND version = $2
"""


async def save(tx: Tx, before: Participation, after: Participation) -> None:
    """Write what changed. Raises StaleVersion."""
    touched = await tx.execute(
        SAVE,
        before.id,
        before.version,
        after.state,
        after.version,
        after.nda_accepted_at,
        after.nda_accepted_by,
        after.nda_version,
        after.decline_reason,
        after.decline_note,
        after.updated_at,
        after.round,
    )
    if touched != 1:
        raise StaleVersion


VERIFIED_SUPPLIERS = """
SELECT id FROM organisation WHERE id = ANY ($1::uuid[]) AND state = 'verified' AND roles @> ARRAY['supplier']
"""


async def verified_suppliers(tx: Tx, organisation_ids: list[UUID]) -> set[UUID]:
    """Those of `organisation_ids` that can be invited."""
    return {row["id"] for row in await tx.fetch(VERIFIED_SUPPLIERS, organisation_ids)}


# What only the events remember. One participation has few of them, and they lie together in the index of versions.
WAS_READ = """
SELECT EXISTS (
    SELECT FROM event
     WHERE subject_id = $1 AND type = 'participation.document_read' AND data ->> 'document_id' = $2 AND at > $3
)
"""


async def was_read(tx: Tx, participation_id: UUID, document: str, since: datetime) -> bool:
    """Whether the participant's reading of a document (its id as shown) is on record since an instant."""
    return bool(await tx.fetchval(WAS_READ, participation_id, document, since))
