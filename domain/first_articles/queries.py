"""Reads about first articles, for the two parties of their order."""

from uuid import UUID

from domain.actors import Actor
from domain.database import Database
from domain.first_articles import rules, sql
from domain.first_articles.model import FirstArticle, Measured
from domain.orders import queries as orders


async def get(db: Database, actor: Actor, order_id: UUID, article_id: UUID) -> FirstArticle:
    """One attempt. Raises NotFound."""
    async with db.read(actor) as tx:
        article = await sql.get(tx, order_id, article_id)
    rules.sides(article, actor)
    return article


async def list_of(
    db: Database, actor: Actor, order_id: UUID, *, after: UUID | None, limit: int, line_no: int | None
) -> list[FirstArticle]:
    """Attempts of an order, oldest first, up to `limit`. Raises NotFound for an order that is not the actor's."""
    await orders.get(db, actor, order_id)
    async with db.read(actor) as tx:
        return await sql.list_of(tx, order_id, after=after, limit=limit, line_no=line_no)


async def measured(db: Database, actor: Actor, order_id: UUID, line_no: int, no: int) -> list[Measured]:
    """What every attempt for a line says of characteristic `no`, oldest first, values in its unit.

    At most one for each attempt. Raises NotFound for an order that is not the actor's.
    """
    await orders.get(db, actor, order_id)
    async with db.read(actor) as tx:
        return await sql.measured(tx, order_id, line_no, no)
