"""All SQL about scorecards: the events they are made of, and replies to marks."""

from datetime import datetime
from uuid import UUID

import msgspec

from domain.database import Row, Tx
from domain.ids import show, show_optional
from domain.scorecards.facts import Event
from domain.scorecards.formulas import TYPES

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
