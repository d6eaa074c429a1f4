"""Reads about nonconformances and returns, for the two parties of their order."""

from uuid import UUID

from domain.actors import Actor
from domain.database import Database
from domain.nonconformances import sql
from domain.nonconformances.model import Nonconformance, ReturnShipment
from domain.orders import queries as orders


async def get(db: Database, actor: Actor, order_id: UUID, nonconformance_id: UUID) -> Nonconformance:
    """One about an order. Raises NotFound."""
    await orders.get(db, actor, order_id)
    async with db.read(actor) as tx:
        return await sql.get(tx, order_id, nonconformance_id)


async def list_of(
    db: Database, actor: Actor, order_id: UUID, *, after: UUID | None, limit: int, state: str | None
) -> list[Nonconformance]:
    """Those about an order, oldest first, up to `limit`. Raises NotFound for an order that is not the actor's."""
    await orders.get(db, actor, order_id)
    async with db.read(actor) as tx:
        return await sql.list_of(tx, order_id, after=after, limit=limit, state=state)


async def list_returns(
    db: Database, actor: Actor, order_id: UUID, *, after: UUID | None, limit: int
) -> list[ReturnShipment]:
    """Returns of an order, oldest first, up to `limit`. Raises NotFound for an order that is not the actor's."""
    await orders.get(db, actor, order_id)
    async with db.read(actor) as tx:
        return await sql.list_returns(tx, order_id, after=after, limit=limit)
