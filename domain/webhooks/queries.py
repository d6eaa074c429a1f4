"""Reads about endpoints and deliveries."""

from uuid import UUID

from domain.actors import Actor
from domain.database import Database
from domain.webhooks import rules, sql
from domain.webhooks.model import Delivery, Endpoint, Health


async def list_own(db: Database, actor: Actor, *, after: UUID | None, limit: int) -> list[tuple[Endpoint, Health]]:
    """The organisation's endpoints, oldest first, up to `limit`."""
    if actor.organisation_id is None:
        return []
    async with db.read(actor) as tx:
        return await sql.list_of(tx, actor.organisation_id, after=after, limit=limit)


async def list_deliveries(
    db: Database, actor: Actor, endpoint_id: UUID, *, after: UUID | None, state: str | None, limit: int
) -> list[Delivery]:
    """Deliveries to one endpoint of the organisation, newest first. Raises NotFound."""
    async with db.read(actor) as tx:
        rules.sides(await sql.get(tx, endpoint_id), actor)
        return await sql.deliveries(tx, endpoint_id, after=after, state=state, limit=limit)
