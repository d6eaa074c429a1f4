"""Reads about award scenarios: their buyer's alone."""

from uuid import UUID

from domain.actors import Actor
from domain.database import Database
from domain.quotes.queries import visible_rfq
from domain.quotes.rules import may_compare
from domain.scenarios import rules, sql
from domain.scenarios.model import Scenario, Seen


async def get(db: Database, actor: Actor, scenario_id: UUID) -> Seen:
    """The run with its content. Raises NotFound."""
    async with db.read(actor) as tx:
        found = await sql.get(tx, scenario_id)
    rules.require_own(found.scenario, actor)
    return found


async def list_of_rfq(db: Database, actor: Actor, rfq_id: UUID, *, after: UUID | None, limit: int) -> list[Scenario]:
    """Newest first. Raises NotFound, Forbidden for participants, StillSealed before the opening."""
    async with db.read(actor) as tx:
        may_compare(await visible_rfq(tx, actor, rfq_id), actor)
        return await sql.list_of_rfq(tx, rfq_id, after=after, limit=limit)
