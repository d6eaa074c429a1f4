"""Whether events are what the contract says of them."""

import json
from typing import Any

import asyncpg
import msgspec

from api.routes.events_wire import ARMS, Event, EventOut
from domain.ledger.model import Event as Recorded

DECODER = msgspec.json.Decoder(Event, strict=True)

EVERYTHING = """
SELECT position, xid::text::bigint AS xid, id, type, subject_type, subject_id, subject_version, from_state, to_state,
       organisation_id, actor_name, at, data || coalesce(private_data, '{}'::jsonb) AS data, hash
  FROM event
"""


def fault(event: Recorded) -> str | None:
    """What is wrong with an event as the feed would send it: it is not its arm, or says more than its arm shows."""
    sent = msgspec.json.encode(EventOut.of(event))
    try:
        decoded: Any = DECODER.decode(sent)
    except msgspec.ValidationError as error:
        return f"{event.type}: {error}"
    if type(decoded) is not ARMS[event.type]:
        return f"{event.type} is decoded as {type(decoded).__name__}"
    shown, told = msgspec.to_builtins(decoded.data), json.loads(sent)["data"]
    if shown != told:
        return f"{event.type}: the contract shows {shown} of {told}"[:500]
    return None


async def faults_of_all(owner_dsn: str) -> tuple[int, set[str]]:
    """(how many events a database holds, what is wrong with them)."""
    connection = await asyncpg.connect(owner_dsn)
    try:
        rows = await connection.fetch(EVERYTHING)
    finally:
        await connection.close()
    events = [msgspec.convert({**row, "data": json.loads(row["data"])}, Recorded) for row in rows]
    return len(events), {found for event in events if (found := fault(event)) is not None}
