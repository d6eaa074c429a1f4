"""Reads about counter-offers: for the buyer and the supplier of the quote alone."""

from collections.abc import Sequence
from uuid import UUID

from domain.actors import Actor
from domain.counter_offers import rules, sql
from domain.counter_offers.model import Seen
from domain.database import Database
from domain.quotes import rules as quote_rules
from domain.quotes import sql as quotes
from domain.rfqs import sql as rfqs


async def get(db: Database, actor: Actor, offer_id: UUID) -> Seen:
    """Raises NotFound."""
    async with db.read(actor) as tx:
        offer = await sql.get(tx, offer_id)
        rules.sides(offer, actor)
        return Seen(offer=offer, quote=await quotes.get(tx, offer.quote_id), rfq=await rfqs.get(tx, offer.rfq_id))


async def of_quote(db: Database, actor: Actor, quote_id: UUID, *, after: UUID | None, limit: int) -> Sequence[Seen]:
    """Newest first. Raises NotFound, and StillSealed for the buyer before the opening."""
    async with db.read(actor) as tx:
        quote = await quotes.get(tx, quote_id)
        rfq = await rfqs.get(tx, quote.rfq_id)
        quote_rules.sides(quote, rfq, actor)
        found = await sql.of_quote(tx, quote_id, after=after, limit=limit)
    return [Seen(offer=offer, quote=quote, rfq=rfq) for offer in found]
