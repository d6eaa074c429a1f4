"""All SQL about files."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from domain.database import Row, Tx
from domain.errors import NotFound, StaleVersion
from domain.files.model import File, Grant

INSERT = """
INSERT INTO file (
    id, organisation_id, state, version, name, media_type, size, sha256, storage_key, reject_reason, created_at,
    updated_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
"""


async def insert(tx: Tx, file: File) -> None:
    """A file just received."""
    await tx.execute(
        INSERT,
        file.id,
        file.organisation_id,
        file.state,
        file.version,
        file.name,
        file.media_type,
        file.size,
        bytes.fromhex(file.sha256),
        file.storage_key,
        file.reject_reason,
        file.created_at,
        file.updated_at,
    )


SAVE = """
UPDATE file SET state = $3, version = $4, reject_reason = $5, updated_at = $6 WHERE id = $1 AND version = $2
"""


async def save(tx: Tx, before: File, after: File) -> None:
    """Write the new state. Raises StaleVersion."""
    touched = await tx.execute(
        SAVE, before.id, before.version, after.state, after.version, after.reject_reason, after.updated_at
    )
    if touched != 1:
        raise StaleVersion


GET = """
SELECT id, organisation_id, state, version, name, media_type, size, encode(sha256, 'hex') AS sha256, storage_key,
       reject_reason, created_at, updated_at
  FROM file
 WHERE id = $1
"""


async def get(tx: Tx, file_id: UUID) -> File:
    """Raises NotFound."""
    return _file(await tx.fetchrow(GET, file_id))


LOCK = GET + "   FOR UPDATE"


async def lock(tx: Tx, file_id: UUID) -> File:
    """As `get`, locked for writing."""
    return _file(await tx.fetchrow(LOCK, file_id))


# In no order: one that the scanner cannot judge must not keep the others waiting.
UNSCANNED = """
SELECT id, organisation_id, state, version, name, media_type, size, encode(sha256, 'hex') AS sha256, storage_key,
       reject_reason, created_at, updated_at
  FROM file
 WHERE state = 'scanning'
 ORDER BY random()
 LIMIT 20
"""


async def unscanned(tx: Tx) -> list[File]:
    """Some of the files that are kept back."""
    return [_file(row) for row in await tx.fetch(UNSCANNED)]


# Only what the organisation may see of it, what it may read first: a file may be attached to more RFQs than are looked at.
GRANTS = """
SELECT r.id AS rfq_id, d.id AS document_id, d.confidential, r.visibility, r.nda_required,
       (r.terms ->> 'nda_version')::integer AS nda_version, p.state AS participation, p.nda_version AS accepted_version
  FROM rfq_document d
  JOIN rfq r ON r.id = d.rfq_id
  LEFT JOIN participation p ON p.rfq_id = r.id AND /* tenant */ (p.supplier_id = $2)
 WHERE d.file_id = $1 AND r.published_at IS NOT NULL AND (p.id IS NOT NULL OR r.visibility = 'open')
 ORDER BY d.confidential, coalesce(p.state, 'declined') = 'declined',
       r.nda_required AND p.nda_version IS DISTINCT FROM (r.terms ->> 'nda_version')::integer, d.id
 LIMIT 20
"""


async def grants(tx: Tx, file_id: UUID, organisation_id: UUID) -> list[Grant]:
    """The documents through which an organisation may come to a file."""
    return [msgspec.convert(dict(row), Grant) for row in await tx.fetch(GRANTS, file_id, organisation_id)]


# Rows are there from the opening on.
OF_OPENED_QUOTE = """
SELECT EXISTS (
    SELECT FROM quote_attachment a JOIN quote q ON q.id = a.quote_id WHERE a.file_id = $1 AND /* tenant */ (q.buyer_id = $2)
)
"""


async def is_of_opened_quote(tx: Tx, file_id: UUID, organisation_id: UUID) -> bool:
    """Whether the file belongs to a quote that was opened to that buyer."""
    return bool(await tx.fetchval(OF_OPENED_QUOTE, file_id, organisation_id))


OF_ORDER = """
SELECT EXISTS (
    SELECT FROM order_paper p JOIN purchase_order o ON o.id = p.order_id
     WHERE p.file_id = $1 AND /* tenant */ ($2 IN (o.buyer_id, o.supplier_id))
)
"""


async def is_of_order(tx: Tx, file_id: UUID, organisation_id: UUID) -> bool:
    """Whether one party of an order has put the file before the other, which is that organisation."""
    return bool(await tx.fetchval(OF_ORDER, file_id, organisation_id))


UNKNOWN_KEYS = """
SELECT key FROM unnest($1::text[]) AS key WHERE NOT EXISTS (SELECT FROM file f WHERE f.storage_key = key)
   AND NOT EXISTS (SELECT FROM upload_part p WHERE p.storage_key = key)
"""


async def unknown_keys(tx: Tx, keys: Sequence[str]) -> list[str]:
    """Those of `keys` under which no file is stored."""
    return [row["key"] for row in await tx.fetch(UNKNOWN_KEYS, list(keys))]


def _file(row: Row | None) -> File:
    if row is None:
        raise NotFound("file")
    return msgspec.convert(dict(row), File)
