"""All SQL about the outbox: fan-out, claims, results. Locks: endpoint, lane, delivery, in this order."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

import msgspec

from domain.database import Tx
from domain.ids import new_id
from domain.ledger.model import EVERYBODY, Event, Place
from domain.outbox.model import LANE, LEASE, MAX_BACKLOG, RETENTION, Attempt, Claimed, Verdict
from domain.webhooks.model import KEPT_ATTEMPTS, BodyFormat, Health

# Endpoints with events behind their place, and room for them. Two look-ups in one index for each.
BEHIND = """
SELECT l.endpoint_id
  FROM webhook_lane l
  JOIN webhook_endpoint e ON e.id = l.endpoint_id
  JOIN organisation o ON o.id = e.organisation_id
 WHERE e.state = 'active' AND o.state = 'verified' AND NOT l.is_full
   AND (
        EXISTS (
            SELECT FROM event_audience a
             WHERE a.organisation_id = e.organisation_id AND (a.xid, a.position) > (l.xid, l.position)
               AND a.xid < (SELECT feed_bound())
        ) OR EXISTS (
            SELECT FROM event_audience a
             WHERE a.organisation_id = $1 AND (a.xid, a.position) > (l.xid, l.position)
               AND a.xid < (SELECT feed_bound())
        )
       )
 ORDER BY l.xid, l.position
 LIMIT $2
"""


async def behind(tx: Tx, limit: int) -> list[UUID]:
    """Endpoints for which there are events to fan out, those furthest behind first."""
    return [row["endpoint_id"] for row in await tx.fetch(BEHIND, EVERYBODY, limit)]


# Another dispatcher that is at it already does the same work.
TAKE_LANE = """
SELECT l.xid::text::bigint AS xid, l.position, e.organisation_id, e.event_types, e.body_format
  FROM webhook_lane l
  JOIN webhook_endpoint e ON e.id = l.endpoint_id
 WHERE l.endpoint_id = $1 AND e.state = 'active'
   FOR NO KEY UPDATE OF l SKIP LOCKED
"""


class Lane(NamedTuple):
    """Where an endpoint stands in the feed of its organisation, and what it wants of it: no types means all."""

    place: Place
    organisation_id: UUID
    types: frozenset[str]
    body_format: BodyFormat


async def take_lane(tx: Tx, endpoint_id: UUID) -> Lane | None:
    """The lane, locked; None when somebody else holds it or its endpoint is not active."""
    row = await tx.fetchrow(TAKE_LANE, endpoint_id)
    if row is None:
        return None
    place = Place(row["xid"], row["position"])
    return Lane(place, row["organisation_id"], frozenset(row["event_types"]), row["body_format"])


COUNT_WAITING = """
SELECT count(*) FROM (SELECT FROM webhook_delivery WHERE endpoint_id = $1 AND state = 'pending' LIMIT $2) waiting
"""
FILL_LANE = """
UPDATE webhook_lane SET is_full = true WHERE endpoint_id = $1
"""


async def is_full(tx: Tx, endpoint_id: UUID) -> bool:
    """Whether no more is to wait for this endpoint; if so it is marked, until something that waits ends."""
    if await tx.fetchval(COUNT_WAITING, endpoint_id, MAX_BACKLOG) < MAX_BACKLOG:
        return False
    await tx.execute(FILL_LANE, endpoint_id)
    return True


PUBLIC_DATA = """
SELECT e.position, e.data::text AS data FROM event e WHERE e.position = ANY ($1::bigint[]) AND e.private_to = $2
"""


async def without_private(tx: Tx, organisation_id: UUID, events: Sequence[Event]) -> list[Event]:
    """`events` without what the ledger tells this organisation alone: that may hold a price, and stays in the feed."""
    rows = await tx.fetch(PUBLIC_DATA, [event.position for event in events], organisation_id)
    public = {row["position"]: msgspec.json.decode(row["data"]) for row in rows}
    return [
        msgspec.structs.replace(event, data=public[event.position]) if event.position in public else event
        for event in events
    ]


# In a replay the event may have been delivered before, or given up: it starts anew, as the endpoint wants it now. One that
# waits goes on waiting, with the bytes that may have been sent already.
ADD = """
INSERT INTO webhook_delivery (
    id, endpoint_id, event_id, xid, position, subject_id, type, body, body_format, state, next_attempt_at, created_at
)
SELECT item.id, $1, item.event_id, item.xid::xid8, item.position, item.subject_id, item.type, item.body, $9, 'pending',
       clock_timestamp(), clock_timestamp()
  FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::bigint[], $6::uuid[], $7::text[], $8::text[])
       AS item (id, event_id, xid, position, subject_id, type, body)
ON CONFLICT ON CONSTRAINT webhook_delivery_once DO UPDATE
   SET state = 'pending', attempts = 0, passed_over = false, next_attempt_at = excluded.next_attempt_at,
       claim = NULL, claimed_until = NULL, finished_at = NULL, body = excluded.body, body_format = excluded.body_format
 WHERE webhook_delivery.state <> 'pending'
"""


async def add(tx: Tx, endpoint_id: UUID, messages: Sequence[tuple[Event, str]], body_format: BodyFormat) -> None:
    """Deliveries of (event, body in that form), due at once. What has no subject for its reader is an object of its own."""
    await tx.execute(
        ADD,
        endpoint_id,
        sorted(new_id() for _ in messages),  # in the order of the events, as lists go by id
        [event.id for event, _ in messages],
        [str(event.xid) for event, _ in messages],
        [event.position for event, _ in messages],
        [event.subject_id or event.id for event, _ in messages],
        [event.type for event, _ in messages],
        [body for _, body in messages],
        body_format,
    )


# Lanes say themselves when they have something to do next: nobody looks through what waits for a dead endpoint.
DUE = """
SELECT l.endpoint_id
  FROM webhook_lane l
  JOIN webhook_endpoint e ON e.id = l.endpoint_id
  JOIN organisation o ON o.id = e.organisation_id
 WHERE l.due_at <= clock_timestamp() AND (l.paused_until IS NULL OR l.paused_until <= clock_timestamp())
   AND e.state = 'active' AND o.state = 'verified' AND NOT (l.endpoint_id = ANY ($1::uuid[]))
 ORDER BY l.due_at
 LIMIT $2
"""


async def due(tx: Tx, busy: Sequence[UUID], limit: int) -> list[UUID]:
    """Endpoints besides `busy` to which something is to be sent now, those that wait longest first."""
    return [row["endpoint_id"] for row in await tx.fetch(DUE, list(busy), limit)]


WIDTH = """
SELECT CASE WHEN l.failing_since IS NULL THEN $2 ELSE 1 END
  FROM webhook_lane l
  JOIN webhook_endpoint e ON e.id = l.endpoint_id
  JOIN organisation o ON o.id = e.organisation_id
 WHERE l.endpoint_id = $1 AND e.state = 'active' AND o.state = 'verified'
   AND (l.paused_until IS NULL OR l.paused_until <= clock_timestamp())
"""


async def width(tx: Tx, endpoint_id: UUID) -> int:
    """How many attempts to this endpoint may be under way now."""
    return await tx.fetchval(WIDTH, endpoint_id, LANE) or 0


# The oldest delivery that waits for each object is its head. Only heads are claimed: what comes after them waits, and so
# arrives after them. Those that were passed over stand beside the queue.
_HEADS = """
  FROM webhook_delivery d
 WHERE d.endpoint_id = $1 AND d.state = 'pending'
   AND (
        d.passed_over
        OR NOT EXISTS (
            SELECT FROM webhook_delivery b
             WHERE b.endpoint_id = d.endpoint_id AND b.subject_id = d.subject_id AND b.state = 'pending'
               AND NOT b.passed_over AND (b.xid, b.position) < (d.xid, d.position)
        )
       )
"""

# What another dispatcher is claiming is skipped. A head that it has claimed already fails the test of `claimed_until`
# on its newest version, and what follows it is no head as long as it waits.
CLAIM = f"""
WITH head AS (
    SELECT d.id
    {_HEADS}
       AND d.next_attempt_at <= clock_timestamp() AND (d.claimed_until IS NULL OR d.claimed_until <= clock_timestamp())
     ORDER BY d.xid, d.position LIMIT $2
       FOR NO KEY UPDATE OF d SKIP LOCKED
)
UPDATE webhook_delivery d
   SET claim = $3, claimed_until = clock_timestamp() + $4::interval, attempts = d.attempts + 1,
       last_attempt_at = clock_timestamp()
  FROM head, webhook_endpoint e
 WHERE d.id = head.id AND e.id = d.endpoint_id AND e.state = 'active'
RETURNING d.id, d.claim, d.endpoint_id, e.organisation_id, d.event_id, d.type, d.body, d.body_format, d.attempts, d.passed_over,
          e.url, e.secret, CASE WHEN e.previous_until > clock_timestamp() THEN e.previous_secret END AS previous_secret,
          d.last_attempt_at AS at, d.created_at
"""


async def claim(tx: Tx, endpoint_id: UUID, claim_id: UUID, limit: int) -> list[Claimed]:
    """Up to `limit` heads of different objects, left to whoever knows `claim_id` until the lease ends."""
    rows = await tx.fetch(CLAIM, endpoint_id, limit, claim_id, LEASE)
    return [msgspec.convert(dict(row), Claimed) for row in rows]


# Under the lane's lock: a fan-out, or the end of an attempt elsewhere, comes before this or sets the time anew after it.
PARK = f"""
UPDATE webhook_lane
   SET due_at = coalesce((SELECT min(greatest(d.next_attempt_at, d.claimed_until)) {_HEADS}), 'infinity')
 WHERE endpoint_id = $1
"""


async def park(tx: Tx, endpoint_id: UUID) -> None:
    """Let the lane rest until its next head is due, or another process's lease ends."""
    await tx.execute(PARK, endpoint_id)


# Only while the claim is still this process's own: after the lease another may have taken over. Each keeps its newest
# attempts: one fewer of those before, which is all that this statement sees, and the one that just ended.
FINISH = """
WITH ended AS (
    SELECT id, claim, state, next_attempt_at, passed_over, status, error, response_ms, at
      FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::boolean[], $6::integer[], $7::text[],
                  $8::integer[], $9::timestamptz[])
           AS item (id, claim, state, next_attempt_at, passed_over, status, error, response_ms, at)
), own AS (
    UPDATE webhook_delivery d
       SET state = ended.state, next_attempt_at = ended.next_attempt_at, passed_over = ended.passed_over,
           last_status = ended.status, last_error = ended.error, response_ms = ended.response_ms,
           finished_at = CASE WHEN ended.state = 'pending' THEN NULL ELSE clock_timestamp() END,
           claim = NULL, claimed_until = NULL
      FROM ended
     WHERE d.id = ended.id AND d.claim = ended.claim AND d.state = 'pending'
    RETURNING d.id, ended.claim
), remembered AS (
    INSERT INTO webhook_attempt (delivery_id, at, status, error, response_ms)
    SELECT id, ended.at, ended.status, ended.error, ended.response_ms FROM ended JOIN own USING (id, claim)
), forgotten AS (
    DELETE FROM webhook_attempt a
     USING own
     WHERE a.delivery_id = own.id
       AND a.at <= (SELECT b.at FROM webhook_attempt b WHERE b.delivery_id = own.id ORDER BY b.at DESC OFFSET $10 - 1 LIMIT 1)
)
SELECT id, claim FROM own
"""


async def finish(tx: Tx, ended: Sequence[tuple[Claimed, Attempt, Verdict]]) -> set[tuple[UUID, UUID]]:
    """Write down how attempts ended; (delivery, claim) of those that were still ours.

    One delivery may be named twice: claimed anew while an attempt under an earlier claim took its time.
    """
    rows = await tx.fetch(
        FINISH,
        [delivery.id for delivery, _, _ in ended],
        [delivery.claim for delivery, _, _ in ended],
        [verdict.state for _, _, verdict in ended],
        [verdict.next_attempt_at for _, _, verdict in ended],
        [verdict.passed_over for _, _, verdict in ended],
        [attempt.status for _, attempt, _ in ended],
        [attempt.error for _, attempt, _ in ended],
        [attempt.milliseconds for _, attempt, _ in ended],
        [delivery.at for delivery, _, _ in ended],
        KEPT_ATTEMPTS,
    )
    return {(row["id"], row["claim"]) for row in rows}


SAVE_HEALTH = """
UPDATE webhook_lane
   SET failing_since = $2, paused_until = $3, last_success_at = $4, due_at = clock_timestamp(), is_full = is_full AND NOT $5
 WHERE endpoint_id = $1
"""


async def save_health(tx: Tx, endpoint_id: UUID, health: Health, *, has_room: bool) -> None:
    """How an endpoint answers now; what comes next for the object may be due."""
    await tx.execute(
        SAVE_HEALTH, endpoint_id, health.failing_since, health.paused_until, health.last_success_at, has_room
    )


PURGE = """
DELETE FROM webhook_delivery
 WHERE id IN (
        SELECT d.id FROM webhook_delivery d
         WHERE d.state <> 'pending' AND d.finished_at < clock_timestamp() - $1::interval
         ORDER BY d.finished_at LIMIT $2
       )
   AND state <> 'pending'
"""


async def purge(tx: Tx, limit: int) -> int:
    """Forget up to `limit` deliveries that ended long ago; how many."""
    return await tx.execute(PURGE, RETENTION, limit)
