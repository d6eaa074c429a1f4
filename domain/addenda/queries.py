"""Reads about addenda."""

from uuid import UUID

import msgspec

from domain.actors import Actor
from domain.addenda import sql
from domain.addenda.model import Addendum
from domain.database import Database
from domain.participations.model import Participation
from domain.rfqs import queries
from domain.rfqs.model import Rfq


class OfRfq(msgspec.Struct, frozen=True, kw_only=True):
    """Addenda of one RFQ, and the caller's own part in it: it decides which documents the caller is shown."""

    rfq: Rfq
    participation: Participation | None
    addenda: list[Addendum]
    is_followed: bool
    """Whether there are more behind these."""


async def of_rfq(db: Database, actor: Actor, rfq_id: UUID, *, after: int, limit: int) -> OfRfq:
    """For everybody who may read the RFQ, oldest first, behind revision `after`. Raises NotFound."""
    seen = await queries.get(db, actor, rfq_id)
    async with db.read(actor) as tx:
        found, is_followed = await sql.of_rfq(tx, rfq_id, after=after, limit=limit)
    return OfRfq(rfq=seen.rfq, participation=seen.participation, addenda=found, is_followed=is_followed)
