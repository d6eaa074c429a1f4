"""All SQL about code mappings."""

from uuid import UUID

import msgspec

from domain.code_mappings.model import CodeMapping, CodeMappings
from domain.database import Constraint, Row, Tx
from domain.errors import StaleVersion

_MAPPINGS = msgspec.json.Decoder(tuple[CodeMapping, ...])

INSERT = """
INSERT INTO code_mapping (id, organisation_id, state, version, mappings, created_at, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""


async def insert(tx: Tx, mappings: CodeMappings) -> None:
    """The first mappings of an organisation. Raises StaleVersion when it has some by now."""
    with Constraint("code_mapping_once", StaleVersion()):
        await tx.execute(
            INSERT,
            mappings.id,
            mappings.organisation_id,
            mappings.state,
            mappings.version,
            msgspec.json.encode(mappings.mappings).decode(),
            mappings.created_at,
            mappings.updated_at,
        )


SAVE = """
UPDATE code_mapping SET state = $3, version = $4, mappings = $5, updated_at = $6 WHERE id = $1 AND version = $2
"""


async def save(tx: Tx, before: CodeMappings, after: CodeMappings) -> None:
    """Write them anew. Raises StaleVersion."""
    mappings = msgspec.json.encode(after.mappings).decode()
    touched = await tx.execute(SAVE, before.id, before.version, after.state, after.version, mappings, after.updated_at)
    if touched != 1:
        raise StaleVersion


GET = """
SELECT id, organisation_id, state, version, mappings, created_at, updated_at
  FROM code_mapping
 WHERE /* tenant */ (organisation_id = $1)
"""
LOCK = GET + "   FOR NO KEY UPDATE"


async def find(tx: Tx, organisation_id: UUID) -> CodeMappings | None:
    """Those of an organisation, or None before it has written any."""
    return _mappings(await tx.fetchrow(GET, organisation_id))


async def lock(tx: Tx, organisation_id: UUID) -> CodeMappings | None:
    """As `find`, locked for writing."""
    return _mappings(await tx.fetchrow(LOCK, organisation_id))


def _mappings(row: Row | None) -> CodeMappings | None:
    return None if row is None else CodeMappings(**{**row, "mappings": _MAPPINGS.decode(row["mappings"])})
