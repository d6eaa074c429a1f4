"""Reads about participation."""

from uuid import UUID

from domain.actors import Actor
from domain.database import Database
from domain.errors import Forbidden
from domain.participations import sql
from domain.participations.model import Participation
from domain.rfqs import sql as rfqs
from domain.rfqs.model import Rfq
from domain.rfqs.rules import may_read


async def list_of_rfq(
    db: Database, actor: Actor, rfq_id: UUID, *, after: UUID | None, limit: int
) -> tuple[Rfq, list[tuple[Participation, str]]]:
    """(RFQ, its participations with the suppliers' names), for its buyer alone. Raises NotFound, Forbidden."""
    async with db.read(actor) as tx:
        rfq = await rfqs.get(tx, rfq_id)
        own = None if actor.organisation_id is None else await sql.find(tx, rfq_id, actor.organisation_id)
        may_read(rfq, actor, participates=own is not None)
        if not actor.is_organisation(rfq.buyer_id):
            raise Forbidden("Only the buyer sees who takes part.")
        return rfq, await sql.of_rfq(tx, rfq_id, after=after, limit=limit)
