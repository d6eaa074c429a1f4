"""What can be done with an award. Locks in the order RFQ, quote, award; what ends it frees what it reserved."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec

from domain.actors import Actor, Side
from domain.awards import queries, rules, sql
from domain.awards.model import Award, ProposedLine, Seen
from domain.counter_offers import outcome as counter_offer_outcome
from domain.counter_offers import sql as counter_offers
from domain.database import Database, Tx
from domain.errors import NotFound, QuantityExceeded, WrongState
from domain.ids import new_id, show
from domain.ledger import record
from domain.lifecycle import RFQ, Arrow, Expected, advance, require_version, step
from domain.orders.commands import create_from_award
from domain.quantity import plain
from domain.quotes import outcome
from domain.quotes import sql as quotes
from domain.quotes.model import Quote, QuoteContent
from domain.rfqs import sql as rfqs
from domain.rfqs.commands import audience
from domain.rfqs.model import Rfq

OTHERS_CHOSEN = "quantity_allocated"
"""The code of `loss_reasons` that suppliers get when others have been awarded everything."""


async def propose(
    db: Database, actor: Actor, rfq_id: UUID, quote_id: UUID, wanted: Sequence[ProposedLine], note: str | None
) -> Seen:
    """Propose quantities of an opened quote. Nothing is reserved, and the supplier is not told, before the issue."""
    async with db.transaction(actor) as tx:
        rfq = await rfqs.share(tx, rfq_id)
        rules.require_awarding(rfq, actor)
        quote = await quotes.get(tx, quote_id)
        if quote.rfq_id != rfq.id or quote.opened_at is None:
            raise NotFound("quote")
        content = await outcome.content_of(tx, quote_id)
        if await counter_offers.is_waiting(tx, quote_id):
            raise WrongState(
                "A counter-offer to this quote waits for an answer. Withdraw it first, or wait.", state=quote.state
            )
        now = await tx.now()
        arrow, lines = rules.decide_propose(rfq, quote, content, wanted, actor, now=now)
        award = Award(
            id=new_id(),
            rfq_id=rfq.id,
            quote_id=quote.id,
            buyer_id=rfq.buyer_id,
            supplier_id=quote.supplier_id,
            state=arrow.leads_to(""),
            version=1,
            currency=content.currency,
            total=rules.total(lines, content.currency),
            note=note,
            proposed_by=actor.identity,
            issued_by=None,
            issued_at=None,
            answered_at=None,
            end_reason=None,
            end_note=None,
            order_id=None,
            created_at=now,
            updated_at=now,
            lines=lines,
        )
        await sql.insert(tx, award)
        await _record(tx, arrow, actor, None, award, now)
        return await queries.seen(tx, award)


async def issue(db: Database, actor: Actor, award_id: UUID, *, expected: Expected) -> Seen:
    """Send the award to its supplier and reserve its quantities.

    The database keeps what is awarded within what was asked, and each supplier to one live award of a line.
    """
    async with db.transaction(actor) as tx:
        rfq, quote, before = await _lock(tx, actor, award_id)
        require_version(before.version, expected)
        around = await queries.surroundings(tx, before, quote)
        now = await tx.now()
        arrow = rules.decide_issue(before, around, actor, now=now)
        after = advance(before, arrow, now, issued_by=actor.identity, issued_at=now)
        await sql.save(tx, before, after)
        await sql.set_live(tx, after.id, live=True)
        await _record(tx, arrow, actor, before, after, now)
        await _move(tx, actor, rfq, after, "reserve", now)
    return Seen(award=after, around=None)


async def accept(db: Database, actor: Actor, award_id: UUID, *, expected: Expected) -> Seen:
    """The supplier accepts: the order exists with the same commit, quote and RFQ move on, the others are told."""
    async with db.transaction(actor) as tx:
        rfq, quote, before = await _lock(tx, actor, award_id)
        require_version(before.version, expected)
        arrow = rules.decide_accept(before, actor)
        content = await outcome.content_of(tx, quote.id)
        now = await tx.now()
        order = await create_from_award(tx, actor, before, rfq, content, now)
        after = advance(before, arrow, now, answered_at=now, order_id=order.id)
        await sql.save(tx, before, after)
        await _record(tx, arrow, actor, before, after, now)
        await _settle(tx, actor, rfq, quote, content, now)
    return Seen(award=after, around=None)


async def _settle(tx: Tx, actor: Actor, rfq: Rfq, quote: Quote, content: QuoteContent, now: datetime) -> None:
    """What an acceptance means for the quote, the RFQ and everybody else who quoted."""
    by_quote = await sql.accepted(tx, rfq.id)
    whole = rules.is_whole(rfq, content, by_quote.get(quote.id, {}))
    await outcome.settle_award(tx, actor, quote, full=whole, now=now)
    of_lines: dict[int, Decimal] = {}
    for quantities in by_quote.values():
        for line_no, amount in quantities.items():
            of_lines[line_no] = of_lines.get(line_no, Decimal(0)) + amount
    covered = rules.is_covered(rfq, of_lines)
    await counter_offer_outcome.withdraw_rest(tx, actor, rfq.id, now=now)
    arrow = step(RFQ["award" if covered else "award_partially"], rfq.state, (Side.SYSTEM,))
    after = advance(rfq, arrow, now, ended_at=now if covered else rfq.ended_at)
    await rfqs.save(tx, rfq, after)
    # Who was chosen, and how much of it, is in the events of the award.
    await record(tx, arrow, actor, before=rfq, after=after, at=now, audience=await audience(tx, after))
    if covered:
        await outcome.regret_rest(tx, actor, after, now=now, reason=OTHERS_CHOSEN)


async def decline(
    db: Database, actor: Actor, award_id: UUID, reason: str, note: str | None, *, expected: Expected
) -> Seen:
    """The supplier declines; the quantities are free again."""
    async with db.transaction(actor) as tx:
        rfq, _, before = await _lock(tx, actor, award_id)
        require_version(before.version, expected)
        arrow = rules.decide_decline(before, actor, reason)
        now = await tx.now()
        after = advance(before, arrow, now, answered_at=now, end_reason=reason, end_note=note)
        await _end(tx, actor, rfq, arrow, before, after, now)
    return Seen(award=after, around=None)


async def cancel(
    db: Database, actor: Actor, award_id: UUID, reason: str, note: str | None, *, expected: Expected
) -> Seen:
    """The buyer takes the award back before it is accepted; what an issued one reserved is free again."""
    async with db.transaction(actor) as tx:
        rfq, _, before = await _lock(tx, actor, award_id)
        require_version(before.version, expected)
        arrow = rules.decide_cancel(before, actor, reason)
        now = await tx.now()
        after = advance(before, arrow, now, end_reason=reason, end_note=note)
        await _end(tx, actor, rfq, arrow, before, after, now)
    return Seen(award=after, around=None)


async def _end(tx: Tx, actor: Actor, rfq: Rfq, arrow: Arrow, before: Award, after: Award, now: datetime) -> None:
    await sql.save(tx, before, after)
    if before.issued_at is not None:
        await sql.set_live(tx, after.id, live=False)
    await _record(tx, arrow, actor, before, after, now)
    if before.issued_at is not None:
        await _move(tx, actor, rfq, after, "release", now)


async def _lock(tx: Tx, actor: Actor, award_id: UUID) -> tuple[Rfq, Quote, Award]:
    """RFQ, quote and award, locked; strangers are turned away before they hold anything. Raises NotFound."""
    unlocked = await sql.get(tx, award_id)
    rules.sides(unlocked, actor)
    rfq = await rfqs.lock(tx, unlocked.rfq_id)
    quote = await quotes.lock(tx, unlocked.quote_id)
    return rfq, quote, await sql.lock(tx, award_id)


async def _move(tx: Tx, actor: Actor, rfq: Rfq, award: Award, action: str, now: datetime) -> None:
    """`reserve` or `release` the award's quantities on the lines of the locked RFQ."""
    sign = 1 if action == "reserve" else -1
    moved = {line_no: sign * amount for line_no, amount in award.quantities.items()}
    arrow = step(RFQ[action], rfq.state, (Side.SYSTEM,))
    after = advance(
        rfq,
        arrow,
        now,
        # What was decided by stays what it was.
        scores_closed_at=rfq.scores_closed_at or (now if action == "reserve" else None),
        lines=tuple(
            msgspec.structs.replace(line, awarded=plain(line.awarded + moved.get(line.line_no, Decimal(0))))
            for line in rfq.lines
        ),
    )
    await rfqs.save(tx, rfq, after)
    exceeded = QuantityExceeded(
        "More than what is left to award of a line: another award was issued meanwhile. Read the RFQ again."
    )
    await rfqs.add_awarded(tx, rfq.id, moved, exceeded)
    await record(
        tx,
        arrow,
        actor,
        before=rfq,
        after=after,
        at=now,
        audience=[rfq.buyer_id],
        data={"award_id": show("award", award.id), "lines": _lines(award)},
    )


async def _record(tx: Tx, arrow: Arrow, actor: Actor, before: Award | None, after: Award, now: datetime) -> None:
    """To the buyer, and from the issue on to the supplier. Prices are in the award, never in its events."""
    data: dict[str, Any] = {
        "rfq_id": show("rfq", after.rfq_id),
        "quote_id": show("quote", after.quote_id),
        "supplier_id": show("organisation", after.supplier_id),
        "lines": _lines(after),
    }
    if after.order_id is not None:
        data["order_id"] = show("order", after.order_id)
    if after.end_reason is not None:
        data["reason"] = after.end_reason
    told = [after.buyer_id] if after.issued_at is None else [after.buyer_id, after.supplier_id]
    await record(tx, arrow, actor, before=before, after=after, at=now, audience=told, data=data)


def _lines(award: Award) -> list[dict[str, object]]:
    return [{"line_no": line.line_no, "quantity": format(line.quantity, "f")} for line in award.lines]
