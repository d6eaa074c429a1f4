"""Reads about deliveries."""

from uuid import UUID

from domain.actors import Actor
from domain.database import Database
from domain.deliveries import rules, sql
from domain.deliveries.model import Despatch, Note, Receipt
from domain.orders import queries as orders
from domain.orders import sql as order_sql
from domain.organisations import sql as organisations


async def get_despatch(db: Database, actor: Actor, despatch_id: UUID) -> Despatch:
    """A despatch of an order of the actor's organisation. Raises NotFound."""
    async with db.read(actor) as tx:
        despatch = await sql.get_despatch(tx, despatch_id)
    rules.sides(despatch, actor)
    return despatch


async def note(db: Database, actor: Actor, despatch_id: UUID) -> Note:
    """What the paper of a despatch says, for the two parties of its order. Raises NotFound."""
    async with db.read(actor) as tx:
        despatch = await sql.get_despatch(tx, despatch_id)
        rules.sides(despatch, actor)
        return Note(
            despatch=despatch,
            order=await order_sql.get(tx, despatch.order_id),
            supplier=await organisations.get(tx, despatch.supplier_id),
            buyer=await organisations.get(tx, despatch.buyer_id),
        )


async def list_despatches(
    db: Database, actor: Actor, order_id: UUID, *, after: UUID | None, limit: int
) -> list[Despatch]:
    """Despatches of an order, oldest first, up to `limit`. Raises NotFound for an order that is not the actor's."""
    await orders.get(db, actor, order_id)
    async with db.read(actor) as tx:
        return await sql.list_despatches(tx, order_id, after=after, limit=limit)


async def list_receipts(db: Database, actor: Actor, order_id: UUID, *, after: UUID | None, limit: int) -> list[Receipt]:
    """Receipts of an order, oldest first, up to `limit`. Raises NotFound for an order that is not the actor's."""
    await orders.get(db, actor, order_id)
    async with db.read(actor) as tx:
        return await sql.list_receipts(tx, order_id, after=after, limit=limit)
