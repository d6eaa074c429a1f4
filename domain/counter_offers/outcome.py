"""What becomes of counter-offers when the evaluation that they belong to ends."""

from datetime import datetime
from uuid import UUID

from domain.actors import Actor
from domain.counter_offers import rules, sql
from domain.counter_offers.model import CounterOffer
from domain.database import Tx
from domain.ids import show
from domain.ledger import record
from domain.lifecycle import Arrow, advance


async def withdraw_rest(tx: Tx, actor: Actor, rfq_id: UUID, *, now: datetime, quote_id: UUID | None = None) -> None:
    """Withdraw those that wait for an answer, in the transaction that ends the evaluation and locks the RFQ.

    With `quote_id`, only those to a quote that drops out, whose lock the caller holds.
    """
    for before in await sql.lock_waiting(tx, rfq_id, quote_id):
        arrow = rules.decide_withdraw_rest(before)
        after = advance(before, arrow, now)
        await sql.save(tx, before, after)
        await announce(tx, arrow, actor, before, after, now)


async def announce(
    tx: Tx, arrow: Arrow, actor: Actor, before: CounterOffer | None, after: CounterOffer, now: datetime
) -> None:
    """To both parties: that, never how much. What they write to each other stays out too."""
    data: dict[str, object] = {
        "rfq_id": show("rfq", after.rfq_id),
        "quote_id": show("quote", after.quote_id),
        "answer_by": after.answer_by,
    }
    if after.end_reason is not None:
        data["reason"] = after.end_reason
    told = [after.buyer_id, after.supplier_id]
    await record(tx, arrow, actor, before=before, after=after, at=now, audience=told, data=data)
