"""What can be done with an award. Locks in the order RFQ, quote, award; what ends it frees what it reserved."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec

from domain.actors import CLOCK, Actor, Side
from domain.awards import losers, queries, rules, sql
from domain.awards.model import Award, AwardLine, ProposedLine, Seen
from domain.awards.succession import SET_ASIDE
from domain.counter_offers import outcome as counter_offer_outcome
from domain.counter_offers import sql as counter_offers
from domain.database import Database, Tx
from domain.errors import NotFound, QuantityExceeded, WrongState
from domain.ids import new_id, show
from domain.ledger import record
from domain.lifecycle import AWARD, RFQ, Arrow, Expected, advance, require_version, step
from domain.orders.commands import create_from_award
from domain.quantity import plain
from domain.quotes import outcome
from domain.quotes import sql as quotes
from domain.quotes.model import Quote, QuoteContent
from domain.rfqs import sql as rfqs
from domain.rfqs.commands import audience
from domain.rfqs.model import Rfq

OTHERS_CHOSEN = "quantity_allocated"
"""The code of `loss_reasons` for a quote that the figures say nothing of when others were awarded everything."""


async def propose(
    db: Database,
    actor: Actor,
    rfq_id: UUID,
    quote_id: UUID,
    wanted: Sequence[ProposedLine],
    note: str | None,
    reasons: Mapping[UUID, str],
) -> Seen:
    """Propose quantities of an opened quote. Nothing is reserved, and the supplier is not told, before the issue.

    `reasons` are what the buyer tells losing quotes, by quote, where it knows better than the figures.
    """
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
        await losers.check_reasons(tx, rfq, reasons, besides=quote.id)
        award = await write_proposal(tx, actor, quote, content, arrow, lines, now, note=note, reasons=reasons)
        return await queries.seen(tx, award, quote)


async def offer_next(db: Database, actor: Actor, award_id: UUID) -> Seen:
    """Propose what an ended award left to the quote that is next in rank; issuing it is another step.

    An award whose time has passed is lapsed first. Under the RFQ's lock what is proposed meanwhile counts as taken, so
    that of two calls one finds nothing left.
    """
    async with db.transaction(actor) as tx:
        rfq, _, ended = await _lock(tx, actor, award_id)
        now = await tx.now()
        if Side.BUYER in rules.sides(ended, actor) and (after := await lapse_if_due(tx, rfq, ended, now)):
            rfq, ended = after
        rules.require_ended(ended, actor)
        quote_id, wanted = rules.decide_offer_next(await queries.succession_of(tx, rfq, ended), actor)
        quote = await quotes.get(tx, quote_id)
        content = await outcome.content_of(tx, quote_id)
        arrow, lines = rules.decide_propose(rfq, quote, content, wanted, actor, now=now)
        award = await write_proposal(tx, actor, quote, content, arrow, lines, now, follows=ended.id)
        return await queries.seen(tx, award, quote)


async def write_proposal(
    tx: Tx,
    actor: Actor,
    quote: Quote,
    content: QuoteContent,
    arrow: Arrow,
    lines: tuple[AwardLine, ...],
    now: datetime,
    *,
    note: str | None = None,
    reasons: Mapping[UUID, str] | None = None,
    follows: UUID | None = None,
) -> Award:
    """The row and the event of a proposal that was decided."""
    award = Award(
        id=new_id(),
        rfq_id=quote.rfq_id,
        quote_id=quote.id,
        buyer_id=quote.buyer_id,
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
        standstill_until=None,
        accept_by=None,
        follows=follows,
        reasons=tuple(sorted((reasons or {}).items())),
        created_at=now,
        updated_at=now,
        lines=lines,
    )
    await sql.insert(tx, award)
    await _record(tx, arrow, actor, None, award, now)
    return award


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
        until, by = rules.window(rfq.terms, now)
        after = advance(
            before, arrow, now, issued_by=actor.identity, issued_at=now, standstill_until=until, accept_by=by
        )
        await sql.save(tx, before, after)
        await sql.set_live(tx, after.id, live=True)
        await _record(tx, arrow, actor, before, after, now)
        rfq = await _move(tx, actor, rfq, after, "reserve", now)
        if rfq.terms.standstill_days:
            await losers.tell_intended(tx, actor, rfq, after, until, now)
        return await queries.seen(tx, after)


async def accept(db: Database, actor: Actor, award_id: UUID, *, expected: Expected) -> Seen:
    """The supplier accepts: the order exists with the same commit, quote and RFQ move on, the others are told."""
    async with db.transaction(actor) as tx:
        rfq, quote, before = await _lock(tx, actor, award_id)
        require_version(before.version, expected)
        content = await outcome.content_of(tx, quote.id)
        objected = await sql.is_objected(tx, rfq.id)
        now = await tx.now()
        arrow = rules.decide_accept(before, actor, objected=objected, now=now)
        order = await create_from_award(tx, actor, before, rfq, content, now)
        after = advance(before, arrow, now, answered_at=now, order_id=order.id)
        await sql.save(tx, before, after)
        await _record(tx, arrow, actor, before, after, now)
        async with tx.as_system():
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
        reasons = await losers.why_lost(tx, after, now=now)
        await outcome.regret_rest(tx, actor, after, now=now, reason=OTHERS_CHOSEN, reasons=reasons)


async def decline(
    db: Database, actor: Actor, award_id: UUID, reason: str, note: str | None, *, expected: Expected
) -> Seen:
    """The supplier declines; the quantities are free again."""
    async with db.transaction(actor) as tx:
        rfq, _, before = await _lock(tx, actor, award_id)
        require_version(before.version, expected)
        objected = await sql.is_objected(tx, rfq.id)
        now = await tx.now()
        arrow = rules.decide_decline(before, actor, reason, objected=objected, now=now)
        after = advance(before, arrow, now, answered_at=now, end_reason=reason, end_note=note)
        async with tx.as_system():  # frees lines of the buyer's RFQ
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


async def due_to_lapse(db: Database, *, limit: int = 100) -> list[UUID]:
    """Issued awards that nobody answered in time, for the clock."""
    async with db.read(CLOCK) as tx:
        return await sql.to_lapse(tx, limit)


async def lapse(db: Database, award_id: UUID) -> bool:
    """End one issued award that nobody answered in time; False when there is nothing to end (any more, or yet)."""
    async with db.transaction(CLOCK) as tx:
        rfq, _, before = await _lock(tx, CLOCK, award_id)
        return await lapse_if_due(tx, rfq, before, await tx.now()) is not None


async def lapse_if_due(tx: Tx, rfq: Rfq, before: Award, now: datetime) -> tuple[Rfq, Award] | None:
    """The locked RFQ and award after the clock's step, where its time has passed; None where it has not."""
    objected = await sql.is_objected(tx, rfq.id)
    arrow = rules.decide_lapse(before, objected=objected, now=now)
    if arrow is None:
        return None
    after = advance(before, arrow, now)
    return await _end(tx, CLOCK, rfq, arrow, before, after, now), after


async def set_aside(tx: Tx, actor: Actor, rfq: Rfq, now: datetime) -> list[Award]:
    """Cancel every issued award of the locked RFQ because an objection was upheld; those cancelled."""
    ended = []
    for before in await sql.lock_of_rfq(tx, rfq.id, ["issued"]):
        arrow = step(AWARD["set_aside"], before.state, (Side.SYSTEM,))
        after = advance(before, arrow, now, end_reason=SET_ASIDE)
        rfq = await _end(tx, actor, rfq, arrow, before, after, now)
        ended.append(after)
    return ended


async def extend_after_objection(tx: Tx, actor: Actor, rfq: Rfq, now: datetime) -> None:
    """Give the suppliers of issued awards that a dismissed objection held up their whole time to accept."""
    for before in await sql.lock_of_rfq(tx, rfq.id, ["issued"]):
        later = rules.window_after_objection(before, rfq.terms, now)
        if later is not None:
            arrow = step(AWARD["extend"], before.state, (Side.SYSTEM,))
            after = advance(before, arrow, now, accept_by=later)
            await sql.save(tx, before, after)
            await _record(tx, arrow, actor, before, after, now)


async def _end(tx: Tx, actor: Actor, rfq: Rfq, arrow: Arrow, before: Award, after: Award, now: datetime) -> Rfq:
    await sql.save(tx, before, after)
    if before.issued_at is not None:
        await sql.set_live(tx, after.id, live=False)
    await _record(tx, arrow, actor, before, after, now)
    if before.issued_at is not None:
        return await _move(tx, actor, rfq, after, "release", now)
    return rfq


async def _lock(tx: Tx, actor: Actor, award_id: UUID) -> tuple[Rfq, Quote, Award]:
    """RFQ, quote and award, locked; strangers are turned away before they hold anything. Raises NotFound."""
    unlocked = await sql.head(tx, award_id)
    rules.sides(unlocked, actor)
    rfq = await rfqs.lock(tx, unlocked.rfq_id)
    quote = await quotes.lock(tx, unlocked.quote_id)
    return rfq, quote, await sql.lock(tx, award_id)


async def _move(tx: Tx, actor: Actor, rfq: Rfq, award: Award, action: str, now: datetime) -> Rfq:
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
    return after


async def _record(tx: Tx, arrow: Arrow, actor: Actor, before: Award | None, after: Award, now: datetime) -> None:
    """To the buyer, and from the issue on to the supplier. Prices are in the award, never in its events."""
    data: dict[str, Any] = {
        "rfq_id": show("rfq", after.rfq_id),
        "quote_id": show("quote", after.quote_id),
        "supplier_id": show("organisation", after.supplier_id),
        "lines": _lines(after),
    }
    if after.state == "issued":
        data |= {"standstill_until": after.standstill_until, "accept_by": after.accept_by}
    if after.follows is not None and after.state == "proposed":
        data["follows"] = show("award", after.follows)
    if after.order_id is not None:
        data["order_id"] = show("order", after.order_id)
    if after.end_reason is not None:
        data["reason"] = after.end_reason
    told = [after.buyer_id] if after.issued_at is None else [after.buyer_id, after.supplier_id]
    await record(tx, arrow, actor, before=before, after=after, at=now, audience=told, data=data)


def _lines(award: Award) -> list[dict[str, object]]:
    return [{"line_no": line.line_no, "quantity": format(line.quantity, "f")} for line in award.lines]
