"""Reads about organisations."""

from uuid import UUID

from domain.actors import Actor, Role
from domain.database import Database
from domain.organisations import rules, sql
from domain.organisations.model import Organisation


async def get(db: Database, actor: Actor, organisation_id: UUID) -> Organisation:
    """One's own; any for a facilitator or the operator. Raises NotFound."""
    async with db.read(actor) as tx:
        organisation = await sql.get(tx, organisation_id)
    rules.sides(organisation, actor)
    return organisation


async def list_visible(
    db: Database, actor: Actor, *, after: UUID | None, limit: int, state: str | None, role: str | None
) -> list[Organisation]:
    """All for a verified facilitator or operator, else one's own."""
    sees_all = actor.verified and bool(actor.roles & {Role.FACILITATOR, Role.OPERATOR})
    async with db.read(actor) as tx:
        return await sql.list_all(
            tx, after=after, limit=limit, only=None if sees_all else actor.organisation_id, state=state, role=role
        )
