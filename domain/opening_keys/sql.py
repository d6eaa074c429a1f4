"""The statements about what the private keys of RFQs are sealed to. Run as the owner of the tables."""

from collections.abc import Sequence
from uuid import UUID

from domain.database import Row, Tx

PORTION = """
SELECT rfq_id, public_key, sealed_private_key FROM rfq_key WHERE rfq_id > $1 ORDER BY rfq_id LIMIT $2
"""


async def portion(tx: Tx, after: UUID, limit: int) -> list[Row]:
    """The keys of the RFQs that follow `after`, in their order."""
    return await tx.fetch(PORTION, after, limit)


HEADERS = """
SELECT rfq_id, split_part(sealed_private_key, '.', 1) AS header FROM rfq_key WHERE rfq_id > $1 ORDER BY rfq_id LIMIT $2
"""


async def headers(tx: Tx, after: UUID, limit: int) -> list[Row]:
    """The same, without what is sealed."""
    return await tx.fetch(HEADERS, after, limit)


# Compared with what was read: another run, or a restore, may have been faster.
REPLACE = """
UPDATE rfq_key k SET sealed_private_key = n.new
  FROM unnest($1::uuid[], $2::text[], $3::text[]) AS n(id, old, new)
 WHERE k.rfq_id = n.id AND k.sealed_private_key = n.old
"""


async def replace(tx: Tx, changes: Sequence[tuple[UUID, str, str]]) -> int:
    """Put the third of each change in the place of the second; how many were still so."""
    if not changes:
        return 0
    ids, old, new = zip(*changes, strict=True)
    return await tx.execute(REPLACE, list(ids), list(old), list(new))
