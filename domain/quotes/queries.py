"""Reads about quotes: a supplier reads its own; a buyer, once opened, those on its RFQs; nobody else reads any."""

from uuid import UUID

import msgspec

from domain.actors import Actor, Side
from domain.database import Database, Tx
from domain.errors import Forbidden, NotFound
from domain.participations import sql as participations
from domain.quotes import envelope, rules, sql
from domain.quotes.model import Card, Quote, QuoteContent, Receipt, Seen
from domain.rfqs import rules as rfq_rules
from domain.rfqs import sql as rfqs
from domain.rfqs.model import Rfq
from domain.sealing import Sealer


class OfRfq(msgspec.Struct, frozen=True, kw_only=True):
    """The quotes on one RFQ as its buyer sees them: only their number while they are sealed."""

    sealed: bool
    count: int
    quotes: list[Seen]


async def get(db: Database, actor: Actor, sealer: Sealer, quote_id: UUID) -> Seen:
    """The quote as the caller may see it. Raises NotFound, and StillSealed for its buyer before the opening."""
    async with db.read(actor) as tx:
        quote = await sql.get(tx, quote_id)
        rfq = await rfqs.get(tx, quote.rfq_id)
        rules.sides(quote, rfq, actor)
        name = await sql.name_of(tx, quote.supplier_id)
        return Seen(quote=quote, rfq=rfq, supplier_name=name, content=await _content(tx, sealer, quote))


async def _content(tx: Tx, sealer: Sealer, quote: Quote) -> QuoteContent:
    _, opened = await sql.opened(tx, quote.id)
    if opened is not None:
        return envelope.decode(opened)
    return envelope.reread(sealer, quote.supplier_id, await sql.working(tx, quote.id))


async def list_visible(
    db: Database, actor: Actor, *, after: UUID | None, limit: int, rfq_id: UUID | None, state: str | None
) -> list[Card]:
    """The supplier's own, and what was opened to the buyer. Newest first."""
    if actor.organisation_id is None:
        return []
    async with db.read(actor) as tx:
        return await sql.list_visible(tx, actor.organisation_id, after=after, limit=limit, rfq_id=rfq_id, state=state)


async def receipts(
    db: Database, actor: Actor, sealer: Sealer, quote_id: UUID, *, after: int, limit: int
) -> list[Receipt]:
    """The supplier's receipts, oldest first, behind number `after`. Raises Forbidden for the buyer once opened."""
    async with db.read(actor) as tx:
        quote = await sql.get(tx, quote_id)
        if Side.SUPPLIER not in rules.sides(quote, await rfqs.get(tx, quote.rfq_id), actor):
            raise Forbidden("Receipts belong to the supplier.")
        found = await sql.submissions(tx, quote_id, after=after, limit=limit)
    return [envelope.receipt(sealer, quote, submission) for submission in found]


async def of_rfq(db: Database, actor: Actor, rfq_id: UUID, *, after: UUID | None, limit: int) -> OfRfq:
    """Their number while sealed, their contents after the opening, in the order of their ids."""
    async with db.read(actor) as tx:
        rfq = await visible_rfq(tx, actor, rfq_id)
        rules.may_list(rfq, actor)
        if rfq.opened_at is None:
            return OfRfq(sealed=True, count=await sql.sealed_count(tx, rfq_id), quotes=[])
        found = await sql.opened_of_rfq(tx, rfq_id, after=after, limit=limit)
        count = await sql.opened_count(tx, rfq_id)
    quotes = [
        Seen(quote=one.quote, rfq=rfq, supplier_name=one.supplier_name, content=envelope.decode(one.content))
        for one in found
    ]
    return OfRfq(sealed=False, count=count, quotes=quotes)


async def visible_rfq(tx: Tx, actor: Actor, rfq_id: UUID) -> Rfq:
    """The RFQ if the caller may read it. Raises NotFound."""
    rfq = await rfqs.get(tx, rfq_id)
    if actor.organisation_id is None:
        raise NotFound("rfq")
    part = await participations.find(tx, rfq_id, actor.organisation_id)
    rfq_rules.may_read(rfq, actor, participates=part is not None)
    return rfq
