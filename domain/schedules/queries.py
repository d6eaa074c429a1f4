"""Reads about schedules."""

from uuid import UUID

from domain.actors import Actor
from domain.database import Database
from domain.orders import queries as orders
from domain.schedules import coverage, outcome, sql
from domain.schedules.coverage import Coverage
from domain.schedules.model import Schedule


async def get(db: Database, actor: Actor, order_id: UUID) -> Schedule:
    """The schedule of an order of the actor's organisation. Raises NotFound."""
    order = await orders.get(db, actor, order_id)
    async with db.read(actor) as tx:
        return await outcome.read(tx, order)


async def get_coverage(db: Database, actor: Actor, order_id: UUID) -> Coverage:
    """What of an order's schedule is covered, by the newest report. Raises NotFound."""
    order = await orders.get(db, actor, order_id)
    async with db.read(actor) as tx:
        schedule = await outcome.read(tx, order)
        return coverage.project(schedule, await sql.newest_heartbeat(tx, order_id), now=await tx.now())
