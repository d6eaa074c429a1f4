"""All SQL about uploads."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import msgspec

from domain.database import Row, Tx
from domain.errors import NotFound
from domain.uploads.model import Part, Upload

# Two creations at once must not both find room for the last one.
LOCK_QUOTA = """
SELECT pg_advisory_xact_lock(('x' || substr(md5('uploads ' || $1::text), 1, 16))::bit(64)::bigint)
"""
COUNT_OPEN = """
SELECT count(*) FROM upload
 WHERE /* tenant */ (organisation_id = $1::uuid) AND outcome = 'receiving' AND expires_at > clock_timestamp()
"""


async def count_open(tx: Tx, organisation_id: UUID) -> int:
    """How many the organisation has under way; no other is begun until the transaction ends."""
    await tx.fetchval(LOCK_QUOTA, str(organisation_id))
    return int(await tx.fetchval(COUNT_OPEN, organisation_id))


INSERT = """
INSERT INTO upload (
    id, organisation_id, credential_id, actor_name, name, metadata, length, received, outcome, created_at, expires_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
"""


async def insert(tx: Tx, upload: Upload) -> None:
    """A new one."""
    await tx.execute(
        INSERT,
        upload.id,
        upload.organisation_id,
        upload.credential_id,
        upload.actor_name,
        upload.name,
        upload.metadata,
        upload.length,
        upload.received,
        upload.outcome,
        upload.created_at,
        upload.expires_at,
    )


GET = """
SELECT id, organisation_id, credential_id, actor_name, name, metadata, length, received, outcome, refusal, file_id,
       created_at, expires_at
  FROM upload
 WHERE id = $1
"""
LOCK = GET + "   FOR UPDATE"


async def get(tx: Tx, upload_id: UUID) -> Upload:
    """Raises NotFound."""
    return _upload(await tx.fetchrow(GET, upload_id))


async def lock(tx: Tx, upload_id: UUID) -> Upload:
    """As `get`, locked for writing."""
    return _upload(await tx.fetchrow(LOCK, upload_id))


ADVANCE = """
UPDATE upload SET received = $2, expires_at = clock_timestamp() + $3::interval WHERE id = $1
"""
INSERT_PARTS = """
INSERT INTO upload_part (upload_id, start, size, storage_key)
SELECT $1, part.* FROM unnest($2::bigint[], $3::bigint[], $4::text[]) AS part
"""


async def add_parts(tx: Tx, upload_id: UUID, parts: Sequence[Part], *, life: timedelta) -> None:
    """Stored bytes; the upload lives longer by them."""
    starts, sizes, keys = zip(*((part.start, part.size, part.storage_key) for part in parts), strict=True)
    await tx.execute(INSERT_PARTS, upload_id, list(starts), list(sizes), list(keys))
    await tx.execute(ADVANCE, upload_id, parts[-1].start + parts[-1].size, life)


PARTS = """
SELECT start, size, storage_key FROM upload_part WHERE upload_id = $1 ORDER BY start
"""


async def parts(tx: Tx, upload_id: UUID) -> list[Part]:
    """In the order of the bytes."""
    return [msgspec.convert(dict(row), Part) for row in await tx.fetch(PARTS, upload_id)]


CLAIM = """
UPDATE upload SET checking_until = clock_timestamp() + $2::interval
 WHERE id = $1 AND outcome = 'receiving' AND received = length
   AND (checking_until IS NULL OR checking_until < clock_timestamp())
"""


async def claim(tx: Tx, upload_id: UUID, *, lease: timedelta) -> bool:
    """Whether it is the caller's to put the parts together."""
    return await tx.execute(CLAIM, upload_id, lease) == 1


END = """
UPDATE upload SET outcome = $2, file_id = $3, refusal = $4 WHERE id = $1
"""
FORGET_PARTS = """
DELETE FROM upload_part WHERE upload_id = $1
"""


async def end(tx: Tx, upload_id: UUID, *, file_id: UUID | None, refusal: str | None) -> None:
    """It has become a file, or is refused; its parts are of no use any more."""
    await tx.execute(END, upload_id, "refused" if file_id is None else "complete", file_id, refusal)
    await tx.execute(FORGET_PARTS, upload_id)


DELETE = """
DELETE FROM upload WHERE id = $1
"""


async def delete(tx: Tx, upload_id: UUID) -> None:
    """Forget it and its parts."""
    await tx.execute(FORGET_PARTS, upload_id)
    await tx.execute(DELETE, upload_id)


UNFINISHED = """
SELECT id FROM upload
 WHERE outcome = 'receiving' AND received = length AND expires_at > clock_timestamp()
   AND (checking_until IS NULL OR checking_until < clock_timestamp())
 LIMIT 10
"""
EXPIRED = """
SELECT id FROM upload WHERE expires_at <= clock_timestamp() LIMIT 100
"""


async def unfinished(tx: Tx) -> list[UUID]:
    """Whole ones that nobody is putting together: a process ended in the middle of it."""
    return [row["id"] for row in await tx.fetch(UNFINISHED)]


async def expired(tx: Tx) -> list[UUID]:
    """Those to clear away."""
    return [row["id"] for row in await tx.fetch(EXPIRED)]


def _upload(row: Row | None) -> Upload:
    if row is None:
        raise NotFound("upload")
    return msgspec.convert(dict(row), Upload)
