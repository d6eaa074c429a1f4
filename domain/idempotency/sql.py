"""All SQL about idempotency keys."""

from datetime import timedelta
from uuid import UUID

import msgspec

from domain.database import Tx

RETENTION = timedelta(days=7)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A stored answer. `body` is encrypted when `sealed`."""

    fingerprint: bytes
    status: int
    headers: dict[str, str]
    body: bytes
    sealed: bool


# A lock that waits would let a storm on one key hold every connection; this one says at once that it is taken.
TRY_LOCK = """
SELECT pg_try_advisory_xact_lock(('x' || substr(md5($1::text || $2 || $3), 1, 16))::bit(64)::bigint)
"""

FIND = """
SELECT fingerprint, status, headers, body, sealed
  FROM idempotency
 WHERE /* tenant */ (organisation_id = $1) AND route = $2 AND key = $3
"""


async def claim(tx: Tx, organisation_id: UUID, route: str, key: str) -> tuple[bool, Answer | None]:
    """(whether this transaction now holds the key, the answer already stored under it)."""
    held = bool(await tx.fetchval(TRY_LOCK, str(organisation_id), route, key))
    return held, await find(tx, organisation_id, route, key)


async def find(tx: Tx, organisation_id: UUID, route: str, key: str) -> Answer | None:
    """The answer stored under the key."""
    row = await tx.fetchrow(FIND, organisation_id, route, key)
    if row is None:
        return None
    return msgspec.convert({**row, "headers": msgspec.json.decode(row["headers"])}, Answer)


STORE = """
INSERT INTO idempotency (organisation_id, route, key, fingerprint, status, headers, body, sealed, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, clock_timestamp())
"""


async def store(tx: Tx, organisation_id: UUID, route: str, key: str, answer: Answer) -> None:
    """Keep `answer`; it commits or falls with the work."""
    await tx.execute(
        STORE,
        organisation_id,
        route,
        key,
        answer.fingerprint,
        answer.status,
        msgspec.json.encode(answer.headers).decode(),
        answer.body,
        answer.sealed,
    )


PURGE = """
DELETE FROM idempotency
 WHERE (organisation_id, route, key) IN (
        SELECT organisation_id, route, key FROM idempotency
         WHERE created_at < clock_timestamp() - $1::interval ORDER BY created_at LIMIT 1000
       )
"""


async def purge(tx: Tx) -> int:
    """Forget up to 1,000 keys older than seven days; how many."""
    return await tx.execute(PURGE, RETENTION)
