"""All SQL about events."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domain.actors import Actor
from domain.database import Row, Tx
from domain.ledger.model import EVERYBODY, Event
from domain.sealing import canonical

APPEND = """
WITH previous AS (
    SELECT hash FROM event WHERE subject_id = $5 AND subject_version = $6 - 1
), written AS (
    INSERT INTO event (
        id, type, subject_type, subject_id, subject_version, from_state, to_state, credential_id, organisation_id,
        actor_name, at, data, private_to, private_data, change, leaf, hash
    )
    VALUES (
        $1, $2, $3, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
        sha256(coalesce((SELECT hash FROM previous), ''::bytea) || $17)
    )
    RETURNING position
)
-- Everybody who sees the event, in the same statement and so in the same transaction id.
INSERT INTO event_audience (organisation_id, position)
SELECT unnest($4::uuid[]), position FROM written
"""


async def append(
    tx: Tx,
    *,
    event_id: UUID,
    type_: str,
    subject_type: str,
    subject_id: UUID,
    subject_version: int,
    from_state: str | None,
    to_state: str | None,
    actor: Actor,
    at: datetime,
    audience: Sequence[UUID],
    data: dict[str, Any],
    private_to: UUID | None,
    private_data: dict[str, Any] | None,
    change: dict[str, Any],
) -> None:
    """One event and its audience. The subject's row lock is what keeps two writers from one version."""
    content = {
        "id": event_id,
        "type": type_,
        "subject_type": subject_type,
        "subject_id": subject_id,
        "subject_version": subject_version,
        "from_state": from_state,
        "to_state": to_state,
        "credential_id": actor.credential_id,
        "organisation_id": actor.organisation_id,
        "actor_name": actor.name,
        "at": at,
        "data": data,
        "private_to": private_to,
        "private_data": private_data,
        "change": change,
    }
    await tx.execute(
        APPEND,
        event_id,
        type_,
        subject_type,
        list(audience),
        subject_id,
        subject_version,
        from_state,
        to_state,
        actor.credential_id,
        actor.organisation_id,
        actor.name,
        at,
        _json(data),
        private_to,
        None if private_data is None else _json(private_data),
        _json(change),
        hashlib.sha256(canonical(content)).digest(),
    )


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


FEED = """
SELECT e.position, e.xid::text::bigint AS xid, e.id, e.type, e.subject_type, e.subject_id, e.subject_version,
       e.from_state, e.to_state, e.organisation_id, e.actor_name, e.at,
       CASE WHEN e.private_to = $1 THEN e.data || coalesce(e.private_data, '{}'::jsonb) ELSE e.data END AS data, e.hash
  FROM (
        SELECT xid, position FROM (
            (SELECT a.xid, a.position FROM event_audience a
              WHERE a.organisation_id = $1 AND (a.xid, a.position) > ($2::text::xid8, $3)
                -- What a transaction still running wrote comes later, and its id is at or above this bound: a reader
                -- that stops below it never passes a commit by.
                AND a.xid < pg_snapshot_xmin(pg_current_snapshot())
              ORDER BY a.xid, a.position LIMIT $4)
            UNION
            (SELECT a.xid, a.position FROM event_audience a
              WHERE a.organisation_id = $5 AND (a.xid, a.position) > ($2::text::xid8, $3)
                AND a.xid < pg_snapshot_xmin(pg_current_snapshot())
              ORDER BY a.xid, a.position LIMIT $4)
        ) merged ORDER BY xid, position LIMIT $4
       ) page
  JOIN event e ON e.position = page.position
 ORDER BY e.xid, e.position
"""

FEED_FILTERED = """
SELECT e.position, e.xid::text::bigint AS xid, e.id, e.type, e.subject_type, e.subject_id, e.subject_version,
       e.from_state, e.to_state, e.organisation_id, e.actor_name, e.at,
       CASE WHEN e.private_to = $1 THEN e.data || coalesce(e.private_data, '{}'::jsonb) ELSE e.data END AS data, e.hash
  FROM event e
 WHERE (e.xid, e.position) > ($2::text::xid8, $3)
   AND e.xid < pg_snapshot_xmin(pg_current_snapshot())
   AND EXISTS (
        SELECT FROM event_audience a
         WHERE a.organisation_id IN ($1, $5) AND a.xid = e.xid AND a.position = e.position
       )
   AND ($6::text[] IS NULL OR e.type = ANY ($6))
   AND ($7::uuid IS NULL OR e.subject_id = $7)
 ORDER BY e.xid, e.position
 LIMIT $4
"""


async def feed(
    tx: Tx,
    organisation_id: UUID,
    *,
    after_xid: int,
    after_position: int,
    limit: int,
    types: Sequence[str] | None = None,
    subject_id: UUID | None = None,
) -> list[Event]:
    """The next events that `organisation_id` may see, in an order that a late commit cannot get behind."""
    place = (organisation_id, str(after_xid), after_position, limit, EVERYBODY)
    if types is None and subject_id is None:
        rows = await tx.fetch(FEED, *place)
    else:
        rows = await tx.fetch(FEED_FILTERED, *place, None if types is None else list(types), subject_id)
    return [_event(row) for row in rows]


def _event(row: Row) -> Event:
    return msgspec.convert({**row, "data": msgspec.json.decode(row["data"])}, Event)


CHANGES = """
SELECT e.change FROM event e WHERE e.subject_id = $1 ORDER BY e.subject_version
"""


async def changes(tx: Tx, subject_id: UUID) -> list[dict[str, Any]]:
    """What each event of one subject changed, oldest first: for replay and `doctor`."""
    return [msgspec.json.decode(row["change"]) for row in await tx.fetch(CHANGES, subject_id)]
