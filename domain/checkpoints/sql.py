"""All SQL about checkpoints."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from domain.database import Row, Tx
from domain.ledger.model import START, Place

# One worker at a time; the others find nothing to do.
TRY_LOCK = """
SELECT pg_try_advisory_xact_lock(7307496003212)
"""
LAST = """
SELECT number, encode(digest, 'hex') AS digest, events_before + cardinality(positions) AS covered,
       xid::text::bigint AS xid, position
  FROM checkpoint ORDER BY number DESC LIMIT 1
"""


class Last(NamedTuple):
    """The newest checkpoint: what it is called, how many events all cover so far, and where the next begins."""

    number: int
    digest: str | None
    covered: int
    place: Place


async def take(tx: Tx) -> Last | None:
    """The newest checkpoint, for who makes the next one; None while somebody else does."""
    if not await tx.fetchval(TRY_LOCK):
        return None
    row = await tx.fetchrow(LAST)
    if row is None:
        return Last(0, None, 0, START)
    return Last(row["number"], row["digest"], row["covered"], Place(row["xid"], row["position"]))


NEXT = """
SELECT e.position, e.xid::text::bigint AS xid, e.id, encode(e.hash, 'hex') AS hash
  FROM event e
 WHERE (e.xid, e.position) > ($1::text::xid8, $2) AND e.xid < (SELECT feed_bound())
 ORDER BY e.xid, e.position
 LIMIT $3
"""


async def following(tx: Tx, place: Place, limit: int) -> list[Row]:
    """Events behind `place` that no later commit can get before: position, xid, id, hash in hex."""
    return await tx.fetch(NEXT, str(place.xid), place.position, limit)


INSERT = """
INSERT INTO checkpoint (number, signed, digest, events_before, xid, position, positions, leaves, made_at)
VALUES ($1, $2, decode($3, 'hex'), $4, $5::text::xid8, $6, $7, $8, $9)
"""


async def insert(
    tx: Tx,
    number: int,
    signed: str,
    digest: str,
    *,
    before: int,
    place: Place,
    positions: Sequence[int],
    leaves: Sequence[bytes],
    at: datetime,
) -> None:
    """A further checkpoint."""
    await tx.execute(
        INSERT, number, signed, digest, before, str(place.xid), place.position, list(positions), list(leaves), at
    )


AFTER = """
SELECT number, signed, positions, leaves FROM checkpoint WHERE number > $1 ORDER BY number LIMIT 1
"""


async def after(tx: Tx, number: int) -> Row | None:
    """The checkpoint behind that number."""
    return await tx.fetchrow(AFTER, number)


COVERED = """
SELECT e.position, e.id, e.type, e.subject_type, e.subject_id, e.subject_version, e.from_state, e.to_state, e.credential_id,
       e.organisation_id, e.actor_name, e.at, e.data::text AS data, e.private_to, e.private_data::text AS private_data,
       e.change::text AS change, e.leaf, e.hash, e.hash_version, e.salt
  FROM unnest($1::bigint[]) WITH ORDINALITY AS covered (position, place)
  JOIN event e ON e.position = covered.position
 ORDER BY covered.place
"""


async def covered(tx: Tx, positions: Sequence[int]) -> list[Row]:
    """The events at these positions that are there, in this order."""
    return await tx.fetch(COVERED, list(positions))


UNCOVERED = """
SELECT e.id, (e.xid, e.position) <= (SELECT c.xid, c.position FROM checkpoint c ORDER BY c.number DESC LIMIT 1) AS behind
  FROM event e
 WHERE NOT EXISTS (SELECT FROM (SELECT unnest(positions) AS position FROM checkpoint) c WHERE c.position = e.position)
"""


async def uncovered(tx: Tx) -> tuple[list[Row], int]:
    """(events that no checkpoint covers and that stand before the newest one, how many wait for the next)."""
    rows = await tx.fetch(UNCOVERED)
    behind = [row for row in rows if row["behind"]]
    return behind, len(rows) - len(behind)
