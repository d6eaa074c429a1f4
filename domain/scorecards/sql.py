"""All SQL about scorecards: the events they are made of, and replies to marks."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from domain.database import Constraint, Row, Tx
from domain.errors import DeadlinePassed, Duplicate, NotFound, StaleVersion
from domain.ids import show, show_optional
from domain.scorecards.formulas import TYPES
from domain.scorecards.model import DECIDE_DAYS, REPLY_DAYS, MarkReply
from domain.scorecards.telling import Event

# Events that name the organisation in their audience, as its feed shows them. What is told to everybody is about RFQs of others.
EVENTS = """
SELECT e.id, e.type, e.subject_type, e.subject_id, e.subject_version, e.to_state, e.organisation_id, e.at,
       CASE WHEN e.private_to = $1 THEN e.data || coalesce(e.private_data, '{}'::jsonb) ELSE e.data END AS data
  FROM event_audience a
  JOIN event e ON e.position = a.position
 WHERE a.organisation_id = $1 AND NOT a.masked
   AND e.type = ANY ($2)
   AND e.at <= $3 AND e.at >= $3 - make_interval(days => $4)
 ORDER BY e.xid, e.position
 LIMIT $5
"""


async def events(tx: Tx, organisation_id: UUID, *, as_of: datetime, days: int, limit: int) -> list[Event]:
    """What the organisation was told in the `days` before `as_of`, in the words of the feed."""
    rows = await tx.fetch(EVENTS, organisation_id, list(TYPES), as_of, days, limit)
    return [_event(row) for row in rows]


def _event(row: Row) -> Event:
    return {
        "id": show("event", row["id"]),
        "type": row["type"],
        "subject_type": row["subject_type"],
        "subject_id": show(row["subject_type"], row["subject_id"]),
        "subject_version": row["subject_version"],
        "to_state": row["to_state"],
        "organisation_id": show_optional("organisation", row["organisation_id"]),
        "at": row["at"],
        "data": msgspec.json.decode(row["data"]),
    }


DEALS = """
SELECT EXISTS (
    SELECT FROM purchase_order WHERE (buyer_id = $1 AND supplier_id = $2) OR (buyer_id = $2 AND supplier_id = $1)
)
"""


async def deal_with(tx: Tx, one: UUID, other: UUID | None) -> bool:
    """Whether there is an order between the two."""
    found: bool = await tx.fetchval(DEALS, one, other)
    return found


_COLUMNS = """
SELECT id, organisation_id, counterparty_id, side, kind, subject, line_no, lot, fact_at, state, version, text, replied_by,
       answer, decided_by, decided_at, created_at, updated_at
  FROM mark
"""

INSERT = """
INSERT INTO mark (
    id, organisation_id, counterparty_id, side, kind, subject, line_no, lot, fact_at, state, version, text, replied_by,
    created_at, updated_at
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
"""


async def insert(tx: Tx, reply: MarkReply) -> None:
    """What is said of a mark. Raises Duplicate when something was said already, DeadlinePassed after ten days."""
    ends = reply.fact_at + timedelta(days=REPLY_DAYS)
    with (
        Constraint("mark_pkey", Duplicate("Your organisation has replied to this mark already.")),
        Constraint("mark_replied_within_ten_days", DeadlinePassed("The time to reply", ends)),
    ):
        await tx.execute(
            INSERT,
            reply.id,
            reply.organisation_id,
            reply.counterparty_id,
            reply.side,
            reply.kind,
            reply.subject,
            reply.line_no,
            reply.lot,
            reply.fact_at,
            reply.state,
            reply.version,
            reply.text,
            reply.replied_by,
            reply.created_at,
            reply.updated_at,
        )


GET = _COLUMNS + " WHERE id = $1"
LOCK = GET + "   FOR NO KEY UPDATE"
REPLIES = _COLUMNS + " WHERE id = ANY ($1)"


async def get(tx: Tx, mark_id: UUID) -> MarkReply:
    """What was said of a mark. Raises NotFound."""
    return _reply(await tx.fetchrow(GET, mark_id))


async def lock(tx: Tx, mark_id: UUID) -> MarkReply:
    """As `get`, locked for writing. Raises NotFound."""
    return _reply(await tx.fetchrow(LOCK, mark_id))


async def replies(tx: Tx, mark_ids: Sequence[UUID]) -> dict[UUID, MarkReply]:
    """What was said of these marks, by id."""
    return {row["id"]: _reply(row) for row in await tx.fetch(REPLIES, list(mark_ids))}


def _reply(row: Row | None) -> MarkReply:
    if row is None:
        raise NotFound("mark")
    return msgspec.convert(dict(row), MarkReply)


SAVE = """
UPDATE mark SET state = $3, version = $4, answer = $5, decided_by = $6, decided_at = $7, updated_at = $8
 WHERE id = $1 AND version = $2
"""


async def save(tx: Tx, before: MarkReply, after: MarkReply) -> None:
    """Write the decision. Raises StaleVersion when somebody else was faster, DeadlinePassed after thirty days."""
    ends = before.created_at + timedelta(days=DECIDE_DAYS)
    with Constraint("mark_decided_within_thirty_days", DeadlinePassed("The time to decide", ends)):
        touched = await tx.execute(
            SAVE,
            before.id,
            before.version,
            after.state,
            after.version,
            after.answer,
            after.decided_by,
            after.decided_at,
            after.updated_at,
        )
    if touched != 1:
        raise StaleVersion
