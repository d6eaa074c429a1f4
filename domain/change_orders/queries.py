"""Reads about change orders."""

from uuid import UUID

from domain.actors import Actor
from domain.change_orders import sql
from domain.change_orders.model import Seen
from domain.database import Database
from domain.errors import NotFound
from domain.orders import queries as orders


async def get(db: Database, actor: Actor, order_id: UUID, change_order_id: UUID) -> Seen:
    """One of an order of the actor's organisation. Raises NotFound."""
    order = await orders.get(db, actor, order_id)
    async with db.read(actor) as tx:
        change = await sql.get(tx, change_order_id)
    if change.order_id != order.id:
        raise NotFound("change_order")
    return Seen(change, order)


async def list_of(
    db: Database, actor: Actor, order_id: UUID, *, after: UUID | None, limit: int, state: str | None
) -> list[Seen]:
    """Those of an order, oldest first, up to `limit`. Raises NotFound for an order that is not the actor's."""
    order = await orders.get(db, actor, order_id)
    async with db.read(actor) as tx:
        return [Seen(item, order) for item in await sql.list_of(tx, order_id, after=after, limit=limit, state=state)]
