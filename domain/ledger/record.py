"""Recording one change: what changed of the row, who may see it, and its place in the chain."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domain.actors import Actor
from domain.database import Tx
from domain.ids import new_id
from domain.ledger import catalogue, sql
from domain.ledger.model import Tracked
from domain.lifecycle import Arrow
from domain.writes import Write


async def record(
    tx: Tx,
    arrow: Arrow,
    actor: Actor,
    *,
    before: Tracked | None,
    after: Tracked,
    at: datetime,
    audience: Iterable[UUID],
    masked: Iterable[UUID] = (),
    data: Mapping[str, Any] | None = None,
    private_to: UUID | None = None,
    private_data: Mapping[str, Any] | None = None,
    writes: Sequence[Write] = (),
) -> None:
    """Append the one event of a change, in the transaction that makes it; in one message with `writes` of that change.

    `data` goes to everybody in `audience` (and into webhooks: ids and states, never a price), `private_data` only to
    `private_to`. Who is in `masked` and not in `audience` learns the type and `data`, but neither subject nor actor.
    The change itself, field by field, is kept for replay and shown to nobody. Raises NotInCatalogue for an event, or a
    member of `data`, that the contract does not show.
    """
    catalogue.require(arrow.event, data, private_data)
    named = set(audience)
    await sql.append(
        tx,
        event_id=new_id(),
        type_=arrow.event,
        subject_type=arrow.machine,
        subject_id=after.id,
        subject_version=after.version,
        from_state=None if before is None else before.state,
        to_state=after.state,
        actor=actor,
        at=at,
        audience=sorted(named),
        masked=sorted(set(masked) - named),
        data=dict(data or {}),
        private_to=private_to,
        private_data=None if private_data is None else dict(private_data),
        change=difference(before, after),
        writes=writes,
    )


async def record_deletion(
    tx: Tx, event: str, subject_type: str, actor: Actor, *, before: Tracked, at: datetime, audience: Iterable[UUID]
) -> None:
    """The last event of a thing whose row is removed. Raises NotInCatalogue as `record` does."""
    catalogue.require(event)
    await sql.append(
        tx,
        event_id=new_id(),
        type_=event,
        subject_type=subject_type,
        subject_id=before.id,
        subject_version=before.version + 1,
        from_state=before.state,
        to_state=None,
        actor=actor,
        at=at,
        audience=sorted(set(audience)),
        masked=(),
        data={},
        private_to=None,
        private_data=None,
        change={},
    )


def difference(before: Tracked | None, after: Tracked) -> dict[str, Any]:
    """The fields of `after` that differ from `before`, as JSON builtins; all of them when it is new."""
    new: dict[str, Any] = builtins(after)
    if before is None:
        return new
    old = builtins(before)
    return {name: value for name, value in new.items() if old[name] != value}


def replay(changes: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Fold the changes of one subject, oldest first: what `builtins` of its row gives."""
    row: dict[str, Any] = {}
    for change in changes:
        row.update(change)
    return row


def builtins(thing: Tracked) -> dict[str, Any]:
    """A Struct as JSON builtins."""
    value: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(thing))
    return value
