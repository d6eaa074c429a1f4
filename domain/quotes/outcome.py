"""What becomes of opened quotes: for the award, which settles some, and for every end that settles the rest.

Each function runs in the caller's transaction, which holds the lock of the RFQ.
"""

from datetime import datetime
from uuid import UUID

from domain.actors import Actor
from domain.comparison.queries import bids
from domain.comparison.rules import bands_of
from domain.database import Tx
from domain.errors import StillSealed
from domain.ids import show
from domain.ledger import record
from domain.lifecycle import advance
from domain.quotes import envelope, rules, sql
from domain.quotes.model import Quote, QuoteContent
from domain.rfqs.model import Rfq

UNDECIDED = ("submitted", "opened")
UNFINISHED = ("draft", "withdrawn")


async def content_of(tx: Tx, quote_id: UUID) -> QuoteContent:
    """The opened content. Raises StillSealed before the opening, NotFound for an unknown quote."""
    rfq_id, opened = await sql.opened(tx, quote_id)
    if opened is None:
        raise StillSealed(rfq_id)
    return envelope.decode(opened)


async def lock(tx: Tx, quote_id: UUID) -> Quote:
    """The quote, locked for writing. Raises NotFound."""
    return await sql.lock(tx, quote_id)


async def settle_award(tx: Tx, actor: Actor, quote: Quote, *, full: bool, now: datetime) -> Quote:
    """Move a locked quote from opened or partially_awarded to awarded (`full`) or partially_awarded, with its event.

    Raises WrongState when the quote ended otherwise.
    """
    arrow = rules.decide_award(quote, full=full)
    after = advance(quote, arrow, now)
    await sql.save(tx, quote, after)
    await record(
        tx,
        arrow,
        actor,
        before=quote,
        after=after,
        at=now,
        audience=[quote.supplier_id, quote.buyer_id],
        data=_identify(quote),
    )
    return after


async def regret_rest(tx: Tx, actor: Actor, rfq: Rfq, *, now: datetime, reason: str) -> list[Quote]:
    """Move every quote of the RFQ that is still submitted or opened to not_awarded; those moved.

    `reason` is a code of the vocabulary `loss_reasons`. The event of each goes to its supplier and, once opened, to the
    buyer; it carries the supplier's own rank band where quotes were compared.
    """
    waiting = await sql.lock_of_rfq(tx, rfq.id, UNDECIDED)
    places = bands_of(rfq, await bids(tx, rfq.id)) if waiting and rfq.opened_at else {}
    moved = []
    for quote in waiting:
        arrow = rules.decide_not_award(quote, reason)
        after = advance(quote, arrow, now, end_reason=reason)
        await sql.save(tx, quote, after)
        opened = quote.opened_at is not None
        await record(
            tx,
            arrow,
            actor,
            before=quote,
            after=after,
            at=now,
            audience=[quote.supplier_id, quote.buyer_id] if opened else [quote.supplier_id],
            data=_identify(quote) | {"reason": reason, "rank_band": places.get(quote.id)},
        )
        moved.append(after)
    return moved


async def lapse_rest(tx: Tx, actor: Actor, rfq: Rfq, *, now: datetime) -> list[Quote]:
    """Move every draft and withdrawn quote of the RFQ to lapsed; those moved. Only their suppliers are told."""
    moved = []
    for quote in await sql.lock_of_rfq(tx, rfq.id, UNFINISHED):
        arrow = rules.decide_lapse(quote)
        after = advance(quote, arrow, now)
        await sql.save(tx, quote, after)
        await record(
            tx,
            arrow,
            actor,
            before=quote,
            after=after,
            at=now,
            audience=[quote.supplier_id],
            data=_identify(quote),
        )
        moved.append(after)
    return moved


def _identify(quote: Quote) -> dict[str, object]:
    return {"rfq_id": show("rfq", quote.rfq_id), "quote_id": show("quote", quote.id)}
