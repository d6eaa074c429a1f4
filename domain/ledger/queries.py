"""Following what happened."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from domain.actors import SYSTEM, Actor
from domain.database import Database
from domain.ledger import sql
from domain.ledger.model import Event, Shown


class Place(NamedTuple):
    """Where a follower stands. Both parts only ever rise along the feed; no commit appears at or before a place read."""

    xid: int
    position: int


START = Place(0, 0)


async def feed(
    db: Database,
    actor: Actor,
    *,
    after: Place,
    limit: int,
    types: Sequence[str] | None = None,
    subject_id: UUID | None = None,
) -> list[Event]:
    """Up to `limit` events behind `after` that the actor's organisation may see, oldest first."""
    if actor.organisation_id is None:
        return []
    async with db.read(actor, plan_once=subject_id is None) as tx:
        return await sql.feed(
            tx,
            actor.organisation_id,
            after_xid=after.xid,
            after_position=after.position,
            limit=limit,
            types=types,
            subject_id=subject_id,
        )


async def shown(
    db: Database,
    actor: Actor,
    *,
    after: Place,
    limit: int,
    types: Sequence[str] | None = None,
    subject_id: UUID | None = None,
) -> list[Shown]:
    """As `feed`, with `data` as the text that it is kept as: what only passes it on need not read it."""
    if actor.organisation_id is None:
        return []
    async with db.read(actor, plan_once=subject_id is None) as tx:
        return await sql.shown(
            tx,
            actor.organisation_id,
            after_xid=after.xid,
            after_position=after.position,
            limit=limit,
            types=types,
            subject_id=subject_id,
        )


async def head(db: Database) -> Place:
    """Where the feed ends now, whoever may see it."""
    async with db.read(SYSTEM) as tx:
        return Place(*await sql.head(tx))
