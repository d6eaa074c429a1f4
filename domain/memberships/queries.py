"""Reads about memberships."""

from uuid import UUID

from domain.actors import Actor
from domain.database import Database
from domain.memberships import rules, sql
from domain.memberships.model import Members, Seen
from domain.organisations import rules as organisations
from domain.organisations import sql as firms


async def of_cooperative(db: Database, actor: Actor, cooperative_id: UUID) -> Members:
    """Whom a cooperative named; for itself, a facilitator or the operator. Raises NotFound."""
    async with db.read(actor) as tx:
        organisations.sides(await firms.get(tx, cooperative_id), actor)
        return await sql.of_cooperative(tx, cooperative_id)


async def get(db: Database, actor: Actor, membership_id: UUID) -> Seen:
    """One membership, for its parties, a facilitator or the operator. Raises NotFound."""
    async with db.read(actor) as tx:
        seen = await sql.seen(tx, membership_id)
    rules.sides(seen.membership, actor)
    return seen


async def list_own(db: Database, actor: Actor, *, after: UUID | None, limit: int, state: str | None) -> list[Seen]:
    """The caller's own, as member or as cooperative, oldest first."""
    if actor.organisation_id is None:
        return []
    async with db.read(actor) as tx:
        return await sql.of_party(tx, actor.organisation_id, after=after, limit=limit, state=state)
