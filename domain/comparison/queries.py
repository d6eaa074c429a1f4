"""Reading what a comparison is made of."""

from decimal import Decimal
from uuid import UUID

from domain.actors import Actor
from domain.comparison.model import Bid, Comparison
from domain.comparison.rules import compare
from domain.counter_offers import sql as counter_offers
from domain.database import Database, Tx
from domain.quotes import envelope, sql
from domain.quotes import rules as quote_rules
from domain.quotes.amendments import in_force
from domain.quotes.queries import visible_rfq

MAX_BIDS = 500


async def get(db: Database, actor: Actor, rfq_id: UUID, *, quantity: Decimal | None) -> Comparison:
    """The bid tab of an RFQ, for its buyer. Raises StillSealed before the opening."""
    async with db.read(actor) as tx:
        rfq = await visible_rfq(tx, actor, rfq_id)
        quote_rules.may_compare(rfq, actor)
        found = await bids(tx, rfq_id)
    return compare(rfq, found, quantity)


async def bids(tx: Tx, rfq_id: UUID) -> list[Bid]:
    """All opened quotes of an RFQ with what was agreed since, in id order; those of earlier rounds too."""
    every: list[sql.OpenedQuote] = []
    while not len(every) % MAX_BIDS:
        last = every[-1].quote.id if every else None
        page = await sql.opened_of_rfq(tx, rfq_id, after=last, limit=MAX_BIDS)
        every += page
        if not page:
            break
    # What no longer counts gives way first: a supplier's newest quote is never left out for an older one.
    every.sort(key=lambda one: (one.quote.state == "superseded", one.quote.id))
    found = sorted(every[:MAX_BIDS], key=lambda one: one.quote.id)
    amendments = await counter_offers.amendments(tx, [one.quote.id for one in found])
    return [
        Bid(
            quote_id=one.quote.id,
            supplier_id=one.quote.supplier_id,
            supplier_name=one.supplier_name,
            state=one.quote.state,
            content=in_force(envelope.decode(one.content), amendments.get(one.quote.id, ())),
            round=one.quote.round,
            shortlisted=one.quote.shortlisted,
            amended=one.quote.id in amendments,
        )
        for one in found
    ]
