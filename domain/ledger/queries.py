"""Following what happened."""

from collections.abc import Awaitable, Callable
from typing import TypeVar, Unpack

from domain.actors import SYSTEM, Actor
from domain.database import Database
from domain.ledger import sql
from domain.ledger.model import Asked, Event, Place, Shown

T = TypeVar("T")


async def feed(db: Database, actor: Actor, **asked: Unpack[Asked]) -> list[Event]:
    """The next events that the actor's organisation may see, oldest first."""
    return await _read(db, actor, sql.feed, asked)


async def shown(db: Database, actor: Actor, **asked: Unpack[Asked]) -> list[Shown]:
    """As `feed`, with `data` as the text that it is kept as: what only passes it on need not read it."""
    return await _read(db, actor, sql.shown, asked)


async def _read(db: Database, actor: Actor, reading: Callable[..., Awaitable[list[T]]], asked: Asked) -> list[T]:
    if actor.organisation_id is None:
        return []
    async with db.read(actor, plan_once=asked.get("subject_id") is None) as tx:
        return await reading(tx, actor.organisation_id, **asked)


async def head(db: Database) -> Place:
    """Where the feed ends now, whoever may see it."""
    async with db.read(SYSTEM) as tx:
        return Place(*await sql.head(tx))
