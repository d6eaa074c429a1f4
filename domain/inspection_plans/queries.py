"""Reads about inspection plans."""

from uuid import UUID

from domain.actors import Actor
from domain.database import Database
from domain.errors import NotFound
from domain.inspection_plans import sql
from domain.inspection_plans.model import InspectionPlan
from domain.orders import queries as orders


async def get(db: Database, actor: Actor, order_id: UUID, line_no: int) -> InspectionPlan:
    """The plan for the part of an order's line. Raises NotFound for a stranger, and where there is none."""
    order = await orders.get(db, actor, order_id)
    line = order.line(line_no)
    if line is None:
        raise NotFound("line")
    async with db.read(actor) as tx:
        plan = await sql.find(tx, order.buyer_id, order.supplier_id, line.detail.part_number)
    if plan is None:
        raise NotFound("inspection plan")
    return plan
