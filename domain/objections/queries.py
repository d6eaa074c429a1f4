"""Reads about objections."""

from collections.abc import Sequence
from uuid import UUID

from domain.actors import Actor
from domain.database import Database
from domain.objections import rules, sql
from domain.objections.model import Objection
from domain.rfqs import access
from domain.rfqs import sql as rfqs


async def get(db: Database, actor: Actor, objection_id: UUID) -> Objection:
    """The objection, for the two parties. Raises NotFound."""
    async with db.read(actor) as tx:
        objection = await sql.get(tx, objection_id)
    rules.sides(objection, actor)
    return objection


async def list_visible(
    db: Database, actor: Actor, rfq_id: UUID, *, after: UUID | None, limit: int
) -> Sequence[Objection]:
    """All of an RFQ for its buyer, its own for a supplier, oldest first. Raises NotFound to who may not know the RFQ."""
    async with db.read(actor) as tx:
        rfq = await rfqs.get(tx, rfq_id)
        await access.require_visible(tx, actor, rfq)
        if actor.organisation_id is None:
            return []
        supplier_id = None if actor.is_organisation(rfq.buyer_id) else actor.organisation_id
        return await sql.of_rfq(tx, rfq_id, supplier_id=supplier_id, after=after, limit=limit)
