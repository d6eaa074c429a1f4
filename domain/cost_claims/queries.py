"""Reads about cost claims, for the two parties of their order."""

from uuid import UUID

from domain.actors import Actor
from domain.cost_claims import rules, sql
from domain.cost_claims.model import CostClaim
from domain.database import Database
from domain.orders import queries as orders


async def get(db: Database, actor: Actor, order_id: UUID, claim_id: UUID) -> CostClaim:
    """One claim. Raises NotFound."""
    async with db.read(actor) as tx:
        claim = await sql.get(tx, order_id, claim_id)
    rules.sides(claim, actor)
    return claim


async def list_of(
    db: Database,
    actor: Actor,
    order_id: UUID,
    *,
    after: UUID | None,
    limit: int,
    state: str | None,
    nonconformance_id: UUID | None,
) -> list[CostClaim]:
    """Claims of an order, oldest first, up to `limit`. Raises NotFound for an order that is not the actor's."""
    await orders.get(db, actor, order_id)
    async with db.read(actor) as tx:
        return await sql.list_of(
            tx, order_id, after=after, limit=limit, state=state, nonconformance_id=nonconformance_id
        )
