"""All SQL about webhook endpoints: themselves, their lane, what was sent. Locks: endpoint, lane, delivery, in this order."""

from datetime import datetime
from uuid import UUID

import msgspec

from domain.database import Row, Tx
from domain.errors import NotFound, StaleVersion
from domain.ids import new_id
from domain.ledger.model import EVERYBODY, Place
from domain.webhooks.model import Delivery, Endpoint, Health, Tried

# The organisation's row is what two creations at the limit of endpoints run into.
LOCK_OWNER = """
SELECT id FROM organisation WHERE id = $1 FOR NO KEY UPDATE
"""
COUNT = """
SELECT count(*) FROM webhook_endpoint WHERE /* tenant */ (organisation_id = $1) AND state <> 'deleted'
"""


async def count(tx: Tx, organisation_id: UUID) -> int:
    """How many endpoints the organisation has; nobody else adds one to it before this transaction ends."""
    await tx.fetchval(LOCK_OWNER, organisation_id)
    return int(await tx.fetchval(COUNT, organisation_id))


INSERT = """
INSERT INTO webhook_endpoint (
    id, organisation_id, state, version, url, description, event_types, body_format, disabled_reason, secret, previous_until,
    created_at, updated_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
"""
# Everything below the oldest running transaction is history; what commits from now on lies above.
INSERT_LANE = """
INSERT INTO webhook_lane (endpoint_id, xid, position) VALUES ($1, (SELECT feed_bound()), 0)
"""


async def insert(tx: Tx, endpoint: Endpoint, secret: str) -> None:
    """A new endpoint, which gets what is announced from now on."""
    await tx.execute(
        INSERT,
        endpoint.id,
        endpoint.organisation_id,
        endpoint.state,
        endpoint.version,
        endpoint.url,
        endpoint.description,
        list(endpoint.event_types),
        endpoint.body_format,
        endpoint.disabled_reason,
        secret,
        endpoint.previous_until,
        endpoint.created_at,
        endpoint.updated_at,
    )
    await tx.execute(INSERT_LANE, endpoint.id)


GET = """
SELECT id, organisation_id, state, version, url, description, event_types, body_format, disabled_reason, previous_until,
       created_at, updated_at
  FROM webhook_endpoint
 WHERE id = $1
"""
LOCK = GET + "   FOR NO KEY UPDATE"


async def get(tx: Tx, endpoint_id: UUID) -> Endpoint:
    """Raises NotFound."""
    return _endpoint(await tx.fetchrow(GET, endpoint_id))


async def lock(tx: Tx, endpoint_id: UUID) -> Endpoint:
    """As `get`, locked against other writers. Raises NotFound."""
    return _endpoint(await tx.fetchrow(LOCK, endpoint_id))


# A rotation keeps the present secret as the previous one; a deletion forgets both.
SAVE = """
UPDATE webhook_endpoint
   SET state = $3, version = $4, url = $5, description = $6, event_types = $7, disabled_reason = $8, previous_until = $9,
       updated_at = $10, body_format = $12,
       previous_secret = CASE WHEN $9::timestamptz IS NULL THEN NULL WHEN $11::text IS NULL THEN previous_secret
                              ELSE secret END,
       secret = CASE WHEN $3 = 'deleted' THEN NULL ELSE coalesce($11, secret) END
 WHERE id = $1 AND version = $2
"""


async def save(tx: Tx, before: Endpoint, after: Endpoint, *, new_secret: str | None = None) -> None:
    """Write what changed. Raises StaleVersion when somebody else was faster."""
    touched = await tx.execute(
        SAVE,
        before.id,
        before.version,
        after.state,
        after.version,
        after.url,
        after.description,
        list(after.event_types),
        after.disabled_reason,
        after.previous_until,
        after.updated_at,
        new_secret,
        after.body_format,
    )
    if touched != 1:
        raise StaleVersion


# All that the dispatcher's role may change of an endpoint.
DISABLE = """
UPDATE webhook_endpoint SET state = $3, version = $4, disabled_reason = $5, updated_at = $6 WHERE id = $1 AND version = $2
"""


async def disable(tx: Tx, before: Endpoint, after: Endpoint) -> None:
    """Write an endpoint's end, or pause. Raises StaleVersion."""
    touched = await tx.execute(
        DISABLE, before.id, before.version, after.state, after.version, after.disabled_reason, after.updated_at
    )
    if touched != 1:
        raise StaleVersion


LIST = """
SELECT e.id, e.organisation_id, e.state, e.version, e.url, e.description, e.event_types, e.body_format, e.disabled_reason,
       e.previous_until, e.created_at, e.updated_at, l.failing_since, l.paused_until, l.last_success_at
  FROM webhook_endpoint e
  JOIN webhook_lane l ON l.endpoint_id = e.id
 WHERE /* tenant */ (e.organisation_id = $1) AND e.state <> 'deleted' AND ($2::uuid IS NULL OR e.id > $2)
 ORDER BY e.id
 LIMIT $3
"""


async def list_of(tx: Tx, organisation_id: UUID, *, after: UUID | None, limit: int) -> list[tuple[Endpoint, Health]]:
    """An organisation's endpoints, oldest first, each with how it has been answering."""
    rows = await tx.fetch(LIST, organisation_id, after, limit)
    return [(_endpoint(row), msgspec.convert(dict(row), Health)) for row in rows]


HEALTH = """
SELECT failing_since, paused_until, last_success_at FROM webhook_lane WHERE endpoint_id = $1
"""


async def health(tx: Tx, endpoint_id: UUID) -> Health:
    """How an endpoint has been answering."""
    row = await tx.fetchrow(HEALTH, endpoint_id)
    if row is None:
        raise NotFound("webhook_endpoint")
    return msgspec.convert(dict(row), Health)


def _endpoint(row: Row | None) -> Endpoint:
    if row is None:
        raise NotFound("webhook_endpoint")
    return msgspec.convert(dict(row), Endpoint)


ADD_TEST = """
INSERT INTO webhook_delivery (
    id, endpoint_id, xid, position, subject_id, type, body_format, state, next_attempt_at, created_at
)
VALUES ($1, $2, '0'::xid8, 0, $1, $3, $5, 'pending', $4, $4)
"""


async def add_test(tx: Tx, endpoint: Endpoint, type_: str, now: datetime) -> UUID:
    """A test message, ahead of everything else; the id of its delivery."""
    delivery_id = new_id()
    await wake(tx, endpoint.id)
    await tx.execute(ADD_TEST, delivery_id, endpoint.id, type_, now, endpoint.body_format)
    return delivery_id


COUNT_TESTS = """
SELECT count(*) FROM webhook_delivery WHERE endpoint_id = $1 AND state = 'pending' AND event_id IS NULL
"""


async def count_tests(tx: Tx, endpoint_id: UUID) -> int:
    """Tests that have not been sent yet."""
    return int(await tx.fetchval(COUNT_TESTS, endpoint_id))


LOCK_LANE = """
SELECT failing_since, paused_until, last_success_at FROM webhook_lane WHERE endpoint_id = $1 FOR NO KEY UPDATE
"""


async def lock_lane(tx: Tx, endpoint_id: UUID) -> Health:
    """How the endpoint has been answering, locked for writing."""
    row = await tx.fetchrow(LOCK_LANE, endpoint_id)
    if row is None:
        raise NotFound("webhook_endpoint")
    return msgspec.convert(dict(row), Health)


MOVE_LANE = """
UPDATE webhook_lane SET xid = $2::text::xid8, position = $3 WHERE endpoint_id = $1
"""


async def move_lane(tx: Tx, endpoint_id: UUID, place: Place) -> None:
    """Where the next fan-out begins: behind `place`."""
    await tx.execute(MOVE_LANE, endpoint_id, str(place.xid), place.position)


WAKE = """
UPDATE webhook_lane SET due_at = clock_timestamp() WHERE endpoint_id = $1
"""
UNPAUSE = """
UPDATE webhook_lane SET paused_until = NULL, due_at = clock_timestamp() WHERE endpoint_id = $1
"""


async def wake(tx: Tx, endpoint_id: UUID) -> None:
    """Something is to be sent now."""
    await tx.execute(WAKE, endpoint_id)


# An attempt that is under way loses its claim: it may be going to the address that was wrong.
RESTART = """
UPDATE webhook_delivery
   SET attempts = 0, passed_over = false, next_attempt_at = clock_timestamp(), claim = NULL, claimed_until = NULL
 WHERE endpoint_id = $1 AND state = 'pending'
"""


async def restart(tx: Tx, endpoint_id: UUID) -> None:
    """Try everything that waits for an endpoint now, with all attempts before it."""
    await tx.execute(UNPAUSE, endpoint_id)
    await tx.execute(RESTART, endpoint_id)


AGAIN = """
UPDATE webhook_delivery
   SET state = 'pending', attempts = 0, passed_over = false, next_attempt_at = clock_timestamp(), claim = NULL,
       claimed_until = NULL, finished_at = NULL
 WHERE endpoint_id = $1 AND id = $2
"""


async def again(tx: Tx, endpoint_id: UUID, delivery_id: UUID) -> None:
    """Deliver once more, whatever became of it. Raises NotFound."""
    await tx.execute(UNPAUSE, endpoint_id)
    if await tx.execute(AGAIN, endpoint_id, delivery_id) != 1:
        raise NotFound("webhook_delivery")


DROP_WAITING = """
DELETE FROM webhook_delivery WHERE endpoint_id = $1 AND state = 'pending'
"""


async def drop_waiting(tx: Tx, endpoint_id: UUID) -> None:
    """Forget what waits for an endpoint that is deleted: no more than its backlog."""
    await tx.fetchrow(LOCK_LANE, endpoint_id)  # a fan-out under way ends first
    await tx.execute(DROP_WAITING, endpoint_id)


PLACE_OF = """
SELECT e.xid::text::bigint AS xid, e.position
  FROM event e
 WHERE e.id = $1
   AND EXISTS (SELECT FROM event_audience a
                WHERE /* tenant */ (a.organisation_id IN ($2, $3)) AND a.xid = e.xid AND a.position = e.position)
"""


async def place_before(tx: Tx, organisation_id: UUID, event_id: UUID) -> Place:
    """The place right before an event that the organisation may see. Raises NotFound."""
    row = await tx.fetchrow(PLACE_OF, event_id, organisation_id, EVERYBODY)
    if row is None:
        raise NotFound("event")
    return Place(row["xid"], row["position"] - 1)


DELIVERY = """
SELECT id, endpoint_id, event_id, type, state, attempts, passed_over, last_status, last_error, response_ms,
       last_attempt_at, next_attempt_at, finished_at, created_at
  FROM webhook_delivery
 WHERE id = $1
"""


async def delivery(tx: Tx, delivery_id: UUID) -> Delivery:
    """One delivery. Raises NotFound."""
    row = await tx.fetchrow(DELIVERY, delivery_id)
    if row is None:
        raise NotFound("webhook_delivery")
    return msgspec.convert(dict(row), Delivery)


DELIVERIES = """
SELECT id, endpoint_id, event_id, type, state, attempts, passed_over, last_status, last_error, response_ms,
       last_attempt_at, next_attempt_at, finished_at, created_at
  FROM webhook_delivery
 WHERE endpoint_id = $1 AND ($2::uuid IS NULL OR id < $2) AND ($3::text IS NULL OR state = $3)
 ORDER BY id DESC
 LIMIT $4
"""


HISTORY = """
SELECT delivery_id, at, status, error, response_ms FROM webhook_attempt WHERE delivery_id = ANY ($1) ORDER BY delivery_id, at
"""


async def deliveries(tx: Tx, endpoint_id: UUID, *, after: UUID | None, state: str | None, limit: int) -> list[Delivery]:
    """An endpoint's deliveries, newest first, each with its attempts."""
    rows = await tx.fetch(DELIVERIES, endpoint_id, after, state, limit)
    tried: dict[UUID, list[Tried]] = {row["id"]: [] for row in rows}
    for row in await tx.fetch(HISTORY, list(tried)):
        tried[row["delivery_id"]].append(msgspec.convert(dict(row), Tried))
    return [msgspec.convert({**row, "history": tuple(tried[row["id"]])}, Delivery) for row in rows]
