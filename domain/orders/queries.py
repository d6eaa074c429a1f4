"""Reads about orders."""

from uuid import UUID

from domain.actors import Actor
from domain.database import Database
from domain.orders import rules, sql
from domain.orders.model import Card, Order


async def get(db: Database, actor: Actor, order_id: UUID) -> Order:
    """An order of the actor's organisation, on either side. Raises NotFound."""
    async with db.read(actor) as tx:
        order = await sql.get(tx, order_id)
    rules.sides(order, actor)
    return order


async def list_own(
    db: Database, actor: Actor, *, after: UUID | None, limit: int, state: str | None, rfq_id: UUID | None
) -> list[Card]:
    """Orders that the actor's organisation gave or got, newest first, up to `limit`."""
    if actor.organisation_id is None:
        return []
    async with db.read(actor) as tx:
        return await sql.list_of(tx, actor.organisation_id, after=after, limit=limit, state=state, rfq_id=rfq_id)
