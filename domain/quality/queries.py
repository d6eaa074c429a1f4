"""Reads about inspections."""

from uuid import UUID

from domain.actors import Actor
from domain.database import Database
from domain.deliveries import rules as deliveries
from domain.deliveries import sql as receipts
from domain.quality import sql
from domain.quality.model import Inspection


async def list_inspections(
    db: Database, actor: Actor, receipt_id: UUID, *, after: UUID | None, limit: int
) -> list[Inspection]:
    """The inspection of a receipt, if anything arrived. Raises NotFound for a receipt that is not the actor's."""
    async with db.read(actor) as tx:
        deliveries.sides(await receipts.get_receipt(tx, receipt_id), actor)
        return await sql.list_inspections(tx, receipt_id, after=after, limit=limit)
