"""Reading the candidates for an RFQ."""

from uuid import UUID

from domain.actors import Actor
from domain.database import Database
from domain.errors import Forbidden
from domain.matching import rules
from domain.matching.model import Candidate, Coverage
from domain.organisations import sql as organisations
from domain.participations import sql as participations
from domain.quotes.model import WIB
from domain.rfqs import sql as rfqs
from domain.rfqs.rules import may_read

MAX_CANDIDATES = 2000
"""Workshops looked at for one RFQ: of more than that, those that can do most of its operations."""


async def match_suppliers(
    db: Database, actor: Actor, rfq_id: UUID, *, coverage: Coverage | None = None
) -> list[Candidate]:
    """Verified workshops that can do at least one operation of the RFQ, best first; for its buyer alone.

    Raises NotFound for whoever may not see the RFQ, Forbidden for others who are not its buyer.
    """
    async with db.read(actor) as tx:
        rfq = await rfqs.get(tx, rfq_id)
        own = None if actor.organisation_id is None else await participations.find(tx, rfq_id, actor.organisation_id)
        may_read(rfq, actor, participates=own is not None)
        if not actor.is_organisation(rfq.buyer_id):
            raise Forbidden("Only the buyer sees which workshops match.")
        buyer = await organisations.get(tx, rfq.buyer_id)
        found = await organisations.candidates(tx, list(rules.needed(rfq.lines)), MAX_CANDIDATES)
        today = (await tx.now()).astimezone(WIB).date()
    others = [workshop for workshop in found if workshop.id != rfq.buyer_id]
    ranked = rules.rank(rfq.lines, others, buyer.profile.region_code, today=today)
    return [candidate for candidate in ranked if coverage is None or candidate.coverage == coverage]
