"""What can be done with a counter-offer. Locks in the order RFQ, quote, counter-offer."""

from uuid import UUID

from domain.actors import CLOCK, Actor
from domain.awards import sql as awards
from domain.counter_offers import outcome, rules, sql
from domain.counter_offers.model import CounterOffer, Proposal, Seen
from domain.database import Database, Tx
from domain.ids import new_id, show
from domain.ledger import record
from domain.lifecycle import Expected, advance, require_version
from domain.quotes import outcome as quote_outcome
from domain.quotes import rules as quote_rules
from domain.quotes import sql as quotes
from domain.quotes.model import Quote
from domain.rfqs import sql as rfqs
from domain.rfqs.model import Rfq


async def propose(db: Database, actor: Actor, quote_id: UUID, wanted: Proposal) -> Seen:
    """Propose other prices or terms for an opened quote. One at a time: Duplicate while another waits."""
    async with db.transaction(actor) as tx:
        unlocked = await quotes.get(tx, quote_id)
        rules.require_buyer(unlocked, await rfqs.get(tx, unlocked.rfq_id), actor)
        # For writing: proposing an award shares the row, so that no quote is negotiated and awarded at once.
        rfq = await rfqs.lock(tx, unlocked.rfq_id)
        quote = await quotes.lock(tx, quote_id)
        now = await tx.now()
        awarding = await awards.is_being_awarded(tx, quote_id, "proposed", "issued")
        content = await quote_outcome.content_of(tx, quote_id)
        arrow = rules.decide_propose(quote, rfq, content, wanted, actor, awarding=awarding, now=now)
        offer = CounterOffer(
            id=new_id(),
            quote_id=quote.id,
            rfq_id=rfq.id,
            buyer_id=quote.buyer_id,
            supplier_id=quote.supplier_id,
            state=arrow.leads_to(""),
            version=1,
            lines=wanted.lines,
            payment_days=wanted.payment_days,
            message=wanted.message,
            answer_by=wanted.answer_by,
            answered_at=None,
            end_reason=None,
            end_note=None,
            created_at=now,
            updated_at=now,
        )
        await sql.insert(tx, offer)
        await outcome.announce(tx, arrow, actor, None, offer, now)
    return Seen(offer=offer, quote=quote, rfq=rfq)


async def accept(db: Database, actor: Actor, offer_id: UUID, *, expected: Expected) -> Seen:
    """The supplier agrees: from this commit on the quote is compared and awarded as amended."""
    async with db.transaction(actor) as tx:
        rfq, quote, before = await _lock(tx, actor, offer_id)
        require_version(before.version, expected)
        now = await tx.now()
        arrow = rules.decide_accept(before, quote, rfq, actor, now=now)
        after = advance(before, arrow, now, answered_at=now)
        await sql.save(tx, before, after)
        await outcome.announce(tx, arrow, actor, before, after, now)
        amendment = await sql.insert_amendment(tx, after, now)
        amend = quote_rules.decide_amend(quote)
        amended = advance(quote, amend, now)
        await record(
            tx,
            amend,
            actor,
            before=quote,
            after=amended,
            at=now,
            audience=[quote.supplier_id, quote.buyer_id],
            data={
                "rfq_id": show("rfq", rfq.id),
                "quote_id": show("quote", quote.id),
                "counter_offer_id": show("counter_offer", after.id),
                "amendment": amendment.number,
            },
            writes=[quotes.saving(quote, amended)],
        )
    return Seen(offer=after, quote=amended, rfq=rfq)


async def decline(
    db: Database, actor: Actor, offer_id: UUID, reason: str, note: str | None, *, expected: Expected
) -> Seen:
    """The supplier stays with what it quoted."""
    async with db.transaction(actor) as tx:
        rfq, quote, before = await _lock(tx, actor, offer_id)
        require_version(before.version, expected)
        now = await tx.now()
        arrow = rules.decide_decline(before, actor, reason, now=now)
        after = advance(before, arrow, now, answered_at=now, end_reason=reason, end_note=note)
        await sql.save(tx, before, after)
        await outcome.announce(tx, arrow, actor, before, after, now)
    return Seen(offer=after, quote=quote, rfq=rfq)


async def withdraw(db: Database, actor: Actor, offer_id: UUID, *, expected: Expected) -> Seen:
    """The buyer takes it back."""
    async with db.transaction(actor) as tx:
        rfq, quote, before = await _lock(tx, actor, offer_id)
        require_version(before.version, expected)
        now = await tx.now()
        arrow = rules.decide_withdraw(before, actor)
        after = advance(before, arrow, now)
        await sql.save(tx, before, after)
        await outcome.announce(tx, arrow, actor, before, after, now)
    return Seen(offer=after, quote=quote, rfq=rfq)


async def _lock(tx: Tx, actor: Actor, offer_id: UUID) -> tuple[Rfq, Quote, CounterOffer]:
    """RFQ (shared), quote and counter-offer, locked; strangers are turned away before. Raises NotFound."""
    unlocked = await sql.get(tx, offer_id)
    rules.sides(unlocked, actor)
    rfq = await rfqs.share(tx, unlocked.rfq_id)
    quote = await quotes.lock(tx, unlocked.quote_id)
    return rfq, quote, await sql.lock(tx, offer_id)


async def expire(db: Database, offer_id: UUID) -> bool:
    """End one that was not answered in time; False when there is nothing to end (any more)."""
    async with db.transaction(CLOCK) as tx:
        before = await sql.lock(tx, offer_id)
        now = await tx.now()
        arrow = rules.decide_expire(before, now=now)
        if arrow is None:
            return False
        after = advance(before, arrow, now)
        await sql.save(tx, before, after)
        await outcome.announce(tx, arrow, CLOCK, before, after, now)
    return True
