"""All SQL about idempotency keys."""

from datetime import timedelta
from uuid import UUID

import msgspec

from domain.database import Row, Tx

RETENTION = timedelta(days=7)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A stored answer. `body` is encrypted when `sealed`."""

    fingerprint: bytes
    status: int
    headers: dict[str, str]
    body: bytes
    sealed: bool


# Whether the lock of the key is ours, and what was stored under it, as of after the lock (migration 0041).
CLAIM = """
SELECT held, fingerprint, status, headers, body, sealed FROM claim_key($1, $2, $3)
"""

FIND = """
SELECT fingerprint, status, headers::text AS headers, body, sealed
  FROM idempotency
 WHERE /* tenant */ (organisation_id = $1) AND route = $2 AND key = $3
"""


async def claim(tx: Tx, organisation_id: UUID, route: str, key: str) -> tuple[bool, Answer | None]:
    """(whether this transaction now holds the key, the answer already stored under it)."""
    [row] = await tx.fetch(CLAIM, organisation_id, route, key)
    return row["held"], None if row["fingerprint"] is None else _answer(row)


async def find(tx: Tx, organisation_id: UUID, route: str, key: str) -> Answer | None:
    """The answer stored under the key."""
    row = await tx.fetchrow(FIND, organisation_id, route, key)
    return None if row is None else _answer(row)


def _answer(row: Row) -> Answer:
    return Answer(
        fingerprint=row["fingerprint"],
        status=row["status"],
        headers=msgspec.json.decode(row["headers"]),
        body=row["body"],
        sealed=row["sealed"],
    )


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
