"""Reads about quotes: a supplier reads its own; a buyer, once opened, those on its RFQs; nobody else reads any."""

from uuid import UUID

import msgspec

from domain.actors import Actor, Side
from domain.counter_offers import sql as counter_offers
from domain.database import Database, Tx
from domain.errors import Forbidden, NotFound
from domain.openings import sql as opening
from domain.participations import sql as participations
from domain.quotes import envelope, rules, sql
from domain.quotes.model import Card, Quote, Receipt, Seen
from domain.rfqs import rules as rfq_rules
from domain.rfqs import sql as rfqs
from domain.rfqs.model import Rfq
from domain.sealing import Sealer


class OfRfq(msgspec.Struct, frozen=True, kw_only=True):
    """The quotes on one RFQ as its buyer sees them: of those that are sealed only the number."""

    sealed: bool
    count: int
    quotes: list[Seen]


async def get(db: Database, actor: Actor, sealer: Sealer, quote_id: UUID) -> Seen:
    """The quote as the caller may see it. Raises NotFound, and StillSealed for its buyer before the opening."""
    async with db.read(actor) as tx:
        quote = await sql.get(tx, quote_id)
        rfq = await rfqs.get(tx, quote.rfq_id)
        side = rules.sides(quote, rfq, actor)
        if quote.is_shown_to_buyer:
            seen = await seen_opened(tx, quote, rfq)
            if seen.content is not None or Side.SUPPLIER not in side:
                return seen
        else:
            name = await sql.name_of(tx, quote.supplier_id)
            seen = Seen(quote=quote, rfq=rfq, supplier_name=name, content=None)
        content = envelope.reread(sealer, quote.supplier_id, await sql.working(tx, quote.id))
        return msgspec.structs.replace(seen, content=content)


async def seen_opened(tx: Tx, quote: Quote, rfq: Rfq) -> Seen:
    """What the buyer reads of a quote: opened content with what was agreed since, and the first of two envelopes."""
    _, opened = await sql.opened(tx, quote.id)
    return Seen(
        quote=quote,
        rfq=rfq,
        supplier_name=await sql.name_of(tx, quote.supplier_id),
        content=None if opened is None else envelope.decode(opened),
        technical=envelope.decode_technical(await opening.technical(tx, quote.id)),
        amendments=(await counter_offers.amendments(tx, [quote.id])).get(quote.id, ()),
    )


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
    """Their number while sealed, their contents after the opening, in the order of their ids.

    While a later round is sealed: the number of its quotes, and the contents of those opened before. Of two envelopes the
    first is read while the prices are still sealed.
    """
    async with db.read(actor) as tx:
        rfq = await visible_rfq(tx, actor, rfq_id)
        rules.may_list(rfq, actor)
        shown = rfq.has_opened or rfq.technical_opened_at is not None
        sealed = rfq.opened_at is None and rfq.technical_opened_at is None
        count = await (sql.sealed_count if sealed else sql.opened_count)(tx, rfq_id)
        found = await sql.opened_of_rfq(tx, rfq_id, after=after, limit=limit) if shown else []
        amendments = await counter_offers.amendments(tx, [one.quote.id for one in found])
    quotes = [
        Seen(
            quote=one.quote,
            rfq=rfq,
            supplier_name=one.supplier_name,
            content=None if one.content is None else envelope.decode(one.content),
            technical=envelope.decode_technical(one.technical),
            amendments=amendments.get(one.quote.id, ()),
        )
        for one in found
    ]
    return OfRfq(sealed=rfq.opened_at is None, count=count, quotes=quotes)


async def visible_rfq(tx: Tx, actor: Actor, rfq_id: UUID) -> Rfq:
    """The RFQ if the caller may read it. Raises NotFound."""
    rfq = await rfqs.get(tx, rfq_id)
    if actor.organisation_id is None:
        raise NotFound("rfq")
    part = await participations.find(tx, rfq_id, actor.organisation_id)
    rfq_rules.may_read(rfq, actor, participates=part is not None)
    return rfq
