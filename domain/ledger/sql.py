"""All SQL about events."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Unpack
from uuid import UUID

import msgspec

from domain.actors import Actor
from domain.database import Row, Tx
from domain.ledger import hashing
from domain.ledger.model import EVERYBODY, Asked, Event, Link, Shown
from domain.writes import Write, run_with

# Of an event, to go beside the writes that it tells of: $1 to $20.
_APPENDING = """
previous AS (
    -- Whoever writes may not have been told of the event before: the database looks it up for all.
    SELECT hash, xid FROM end_of_chain($5, $6 - 1)
), place AS (
    -- A transaction that waited for the subject's lock may have got its id before the one it waited for: the feed
    -- must not show the later change first. An id that is too high only makes readers wait longer.
    SELECT greatest(feed_now(), (SELECT xid FROM previous)) AS xid, nextval('event_position_seq') AS position
), written AS (
    -- Nothing is returned of the row: no policy shows it before its audience is written.
    INSERT INTO event (
        position, xid, id, type, subject_type, subject_id, subject_version, from_state, to_state, credential_id,
        organisation_id, actor_name, at, data, private_to, private_data, change, leaf, hash, hash_version, salt
    )
    OVERRIDING SYSTEM VALUE
    SELECT position, xid, $1, $2, $3, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
           sha256(coalesce((SELECT hash FROM previous), ''::bytea) || $17), $19, $20
      FROM place
), told AS (
    -- Everybody who sees the event, under the same place in the feed.
    INSERT INTO event_audience (organisation_id, xid, position, masked)
    SELECT reader.organisation_id, xid, position, reader.masked
      FROM place, unnest($4::uuid[], $18::boolean[]) AS reader (organisation_id, masked)
)"""
APPEND = f"WITH {_APPENDING} SELECT true"


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
    masked: Sequence[UUID],
    data: dict[str, Any],
    private_to: UUID | None,
    private_data: dict[str, Any] | None,
    change: dict[str, Any],
    writes: Sequence[Write] = (),
) -> None:
    """One event and its audience, in one message with `writes`; `masked` readers do not learn whose it is.

    The subject's row lock is what keeps two writers from one version.
    """
    salt = hashing.new_salt()
    event = hashing.Recorded(
        id=event_id,
        type=type_,
        subject_type=subject_type,
        subject_id=subject_id,
        subject_version=subject_version,
        from_state=from_state,
        to_state=to_state,
        credential_id=actor.credential_id,
        organisation_id=actor.organisation_id,
        actor_name=actor.name,
        at=at,
        data=data,
        private_to=private_to,
        private_data=private_data,
        change=change,
    )
    arguments = (
        event_id,
        type_,
        subject_type,
        [*audience, *masked],
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
        hashing.leaf_2(event, salt),
        [False] * len(audience) + [True] * len(masked),
        hashing.VERSION,
        salt,
    )
    await run_with(tx, tuple(writes), _APPENDING, arguments)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


# What a reader sees of an event `e`. A masked one learns that it happened and what `data` says, but not whose it was:
# who is quoting is nobody's business while quotes are sealed.
_SHOWN = """
SELECT e.position, e.xid::text::bigint AS xid, e.id, e.type, e.subject_type,
       CASE WHEN NOT seen.masked THEN e.subject_id END AS subject_id,
       CASE WHEN NOT seen.masked THEN e.subject_version END AS subject_version,
       CASE WHEN NOT seen.masked THEN e.from_state END AS from_state, e.to_state,
       CASE WHEN NOT seen.masked THEN e.organisation_id END AS organisation_id,
       CASE WHEN seen.masked THEN 'supplier' ELSE e.actor_name END AS actor_name, e.at,
       CASE WHEN e.private_to = $1 THEN e.data || coalesce(e.private_data, '{}'::jsonb) ELSE e.data END AS data, e.hash
"""

FEED = (
    _SHOWN
    + """
  FROM (
        SELECT xid, position, masked FROM (
            (SELECT a.xid, a.position, a.masked FROM event_audience a
              WHERE /* tenant */ (a.organisation_id = $1) AND a.organisation_id <> $5 AND (a.xid, a.position) > ($2::text::xid8, $3)
                -- What a transaction still running wrote comes later, and its id is at or above this bound: a reader
                -- that stops below it never passes a commit by. Called as it is, the planner knows how much lies below it.
                AND a.xid < feed_bound()
              ORDER BY a.xid, a.position LIMIT $4)
            UNION
            (SELECT a.xid, a.position, a.masked FROM event_audience a
              WHERE a.organisation_id = $5 AND (a.xid, a.position) > ($2::text::xid8, $3)
                AND a.xid < feed_bound()
              ORDER BY a.xid, a.position LIMIT $4)
        ) merged ORDER BY xid, position LIMIT $4
       ) seen
  JOIN event e ON e.position = seen.position
 ORDER BY e.xid, e.position
"""
)

# Of each wanted type the next events, in the order of the feed, as far as the reader sees them.
FEED_OF_TYPES = (
    _SHOWN
    + """
  FROM (
        SELECT found.position, found.masked
          FROM unnest($6::text[]) AS wanted (type)
         CROSS JOIN LATERAL (
                SELECT t.xid, t.position, own.masked
                  FROM event t
                 CROSS JOIN LATERAL (
                        SELECT bool_and(a.masked) AS masked FROM event_audience a
                         WHERE /* tenant */ (a.organisation_id IN ($1, $5)) AND a.xid = t.xid AND a.position = t.position
                        HAVING count(*) > 0
                       ) own
                 WHERE t.type = wanted.type AND (t.xid, t.position) > ($2::text::xid8, $3)
                   AND t.xid < (SELECT feed_bound())
                 ORDER BY t.xid, t.position
                 LIMIT $4
               ) found
         ORDER BY found.xid, found.position
         LIMIT $4
       ) seen
  JOIN event e ON e.position = seen.position
 ORDER BY e.xid, e.position
"""
)

FEED_OF_SUBJECT = (
    _SHOWN
    + """
  FROM event e
 CROSS JOIN LATERAL (
        SELECT bool_and(a.masked) AS masked FROM event_audience a
         WHERE /* tenant */ (a.organisation_id IN ($1, $5)) AND a.xid = e.xid AND a.position = e.position
        HAVING count(*) > 0
       ) seen
 WHERE e.subject_id = $7
   AND (e.xid, e.position) > ($2::text::xid8, $3)
   AND e.xid < (SELECT feed_bound())
   AND ($6::text[] IS NULL OR e.type = ANY ($6))
   -- A masked event has no subject that the reader could ask for.
   AND NOT seen.masked
 ORDER BY e.xid, e.position
 LIMIT $4
"""
)


async def feed(tx: Tx, organisation_id: UUID, **asked: Unpack[Asked]) -> list[Event]:
    """The next events that `organisation_id` may see, in an order that a late commit cannot get behind."""
    return [_event(row) for row in await _feed(tx, organisation_id, asked)]


async def shown(tx: Tx, organisation_id: UUID, **asked: Unpack[Asked]) -> list[Shown]:
    """As `feed`, to be passed on."""
    return [Shown(*row) for row in await _feed(tx, organisation_id, asked)]


async def _feed(tx: Tx, organisation_id: UUID, asked: Asked) -> list[Row]:
    types, subject_id = asked.get("types"), asked.get("subject_id")
    after = asked["after"]
    place = (organisation_id, str(after.xid), after.position, asked["limit"], EVERYBODY)
    if subject_id is not None:
        return await tx.fetch(FEED_OF_SUBJECT, *place, None if types is None else list(types), subject_id)
    if types is not None:
        return await tx.fetch(FEED_OF_TYPES, *place, sorted(set(types)))
    return await tx.fetch(FEED, *place)


HEAD = """
SELECT xid::text::bigint AS xid, position FROM event
 WHERE xid < (SELECT feed_bound())
 ORDER BY xid DESC, position DESC LIMIT 1
"""


async def head(tx: Tx) -> tuple[int, int]:
    """(xid, position) of the last event that a follower may have seen; zeros while there is none."""
    row = await tx.fetchrow(HEAD)
    return (0, 0) if row is None else (row["xid"], row["position"])


def _event(row: Row) -> Event:
    return msgspec.convert({**row, "data": msgspec.json.decode(row["data"])}, Event)


# By the clock and not by transaction: what happens to subjects that one lock guards has instants in the order of the lock.
OF_SUBJECTS = (
    _SHOWN
    + """
  FROM event e
 CROSS JOIN LATERAL (
        SELECT bool_and(a.masked) AS masked FROM event_audience a
         WHERE /* tenant */ (a.organisation_id IN ($1, $2)) AND a.xid = e.xid AND a.position = e.position
        HAVING count(*) > 0
       ) seen
 WHERE e.subject_id = ANY ($3) AND NOT seen.masked AND (e.at, e.position) > ($4::timestamptz, $5::bigint)
 ORDER BY e.at, e.position
 LIMIT $6
"""
)


async def of_subjects(
    tx: Tx, organisation_id: UUID, subject_ids: Sequence[UUID], *, after: tuple[datetime, int], limit: int
) -> list[Event]:
    """Events of these subjects that the organisation may see, from `after` (instant, position) on, oldest first."""
    rows = await tx.fetch(OF_SUBJECTS, organisation_id, EVERYBODY, list(subject_ids), *after, limit)
    return [_event(row) for row in rows]


CHANGES = """
SELECT e.change FROM event e WHERE e.subject_id = $1 ORDER BY e.subject_version
"""


async def changes(tx: Tx, subject_id: UUID) -> list[dict[str, Any]]:
    """What each event of one subject changed, oldest first: for replay and `doctor`."""
    return [msgspec.json.decode(row["change"]) for row in await tx.fetch(CHANGES, subject_id)]


# Up to an instant: whether the reader is named in the audience, and whether the event tells of a commitment.
CHAINS = """
SELECT e.id, e.type, e.subject_type, e.subject_id, e.subject_version, e.from_state, e.to_state, e.credential_id,
       e.organisation_id, e.actor_name, e.at, e.data, e.private_to, e.private_data, e.change, e.leaf, e.hash,
       e.hash_version, e.salt,
       EXISTS (SELECT FROM event_audience a
                WHERE a.organisation_id IN ($3, $4) AND a.xid = e.xid AND a.position = e.position AND NOT a.masked
              ) AS named
  FROM event e
 WHERE e.subject_id = ANY ($1) AND e.at <= $2
 ORDER BY e.subject_id, e.subject_version
 LIMIT $5
"""


async def chains(
    tx: Tx, subject_ids: Sequence[UUID], *, until: datetime, reader: UUID, limit: int
) -> dict[UUID, list[Link]]:
    """By subject, its events up to `until` in the order of the chain; `limit` events at most in all."""
    rows = await tx.fetch(CHAINS, list(subject_ids), until, reader, EVERYBODY, limit)
    found: dict[UUID, list[Link]] = {subject_id: [] for subject_id in subject_ids}
    for row in rows:
        found[row["subject_id"]].append(_link(row))
    return found


def _link(row: Row) -> Link:
    fields = dict(row)
    chained = {name: fields.pop(name) for name in ("leaf", "hash", "hash_version", "salt", "named")}
    for name in ("data", "private_data", "change"):
        fields[name] = None if fields[name] is None else msgspec.json.decode(fields[name])
    return Link(event=hashing.Recorded(**fields), **chained)
