"""Closing, opening, ending. The RFQ's row lock that these take is the one that submitting a quote shares."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from domain.actors import CLOCK, Actor, Side
from domain.awards import commands as awards
from domain.awards import losers
from domain.awards import sql as award_sql
from domain.counter_offers import commands as counter_offers
from domain.counter_offers import sql as counter_offer_sql
from domain.database import Database, Tx
from domain.errors import Refusal, WrongState
from domain.ids import show
from domain.ledger import record
from domain.lifecycle import Expected, advance, require_version
from domain.openings import rules as opening_rules
from domain.openings import sql, technical
from domain.openings.model import Approval
from domain.questions import rules as question_rules
from domain.questions import sql as questions
from domain.questions.commands import end_open
from domain.quotes import envelope, outcome
from domain.quotes import rules as quote_rules
from domain.quotes import sql as quotes
from domain.quotes.model import WIB, Quote, end_of_validity
from domain.quotes.moving import move
from domain.rfqs import access, rules
from domain.rfqs import sql as rfqs
from domain.rfqs.commands import audience
from domain.rfqs.model import Rfq
from domain.rfqs.rules import is_price_check
from domain.sealing import Sealer

BATCH = 100
NOT_AWARDED = "rfq_not_awarded"
PRICE_CHECK = "price_check_done"
CANCELLED = "rfq_cancelled"
"""Codes of `loss_reasons` that suppliers get when the RFQ itself ends."""


async def close(db: Database, rfq_id: UUID) -> bool:
    """Close one RFQ whose deadline has passed; False when there is nothing to close (any more, or yet)."""
    async with db.transaction(CLOCK) as tx:
        rfq = await rfqs.lock(tx, rfq_id)
        now = await tx.now()
        if not rules.is_overdue(rfq, now=now):
            return False
        await _close(tx, rfq, now)
    return True


async def _close(tx: Tx, rfq: Rfq, now: datetime) -> Rfq:
    """Effective at the deadline, however late the clock is."""
    arrow = rules.decide_close(rfq, CLOCK, now=now)
    after = advance(rfq, arrow, now, closed_at=rfq.quotes_close_at)
    await rfqs.save(tx, rfq, after)
    await record(
        tx,
        arrow,
        CLOCK,
        before=rfq,
        after=after,
        at=now,
        audience=await audience(tx, after),
        data={"closed_at": after.closed_at},
    )
    await outcome.lapse_rest(tx, CLOCK, after, now=now)
    return after


async def tick(db: Database) -> int:
    """One round of the clock; how much was done.

    Close what is due, lapse awards that nobody answered in time, expire quotes whose validity has passed and
    counter-offers without an answer.
    """
    async with db.read(CLOCK) as tx:
        due = await rfqs.due_to_close(tx, BATCH)
        today = (await tx.now()).astimezone(WIB).date()
        old = await quotes.to_expire(tx, today, BATCH)
        offers = await counter_offer_sql.to_expire(tx, BATCH)
    unanswered = await awards.due_to_lapse(db, limit=BATCH)
    done, failures = 0, []
    duties = ((close, due), (awards.lapse, unanswered), (expire, old), (counter_offers.expire, offers))
    for duty, things in duties:
        for thing in things:
            # One that cannot be moved just now, say because suppliers hold its lock, must not keep the others waiting.
            try:
                done += await duty(db, thing)
            except Exception as error:  # noqa: BLE001  raised below, with the others
                failures.append(error)
    if failures:
        raise ExceptionGroup(f"{done} done, {len(failures)} failed and are tried again", failures)
    return done


async def expire(db: Database, quote_id: UUID) -> bool:
    """End one opened quote whose validity has passed; False when there is nothing to end (any more)."""
    async with db.transaction(CLOCK) as tx:
        quote = await quotes.lock(tx, quote_id)
        awarding = await award_sql.is_being_awarded(tx, quote_id, "issued")
        now = await tx.now()
        arrow = quote_rules.decide_expire(quote, awarding=awarding, now=now)
        if arrow is None:
            return False
        after = advance(quote, arrow, now)
        expired_at = None if quote.valid_until is None else end_of_validity(quote.valid_until)
        await record(
            tx,
            arrow,
            CLOCK,
            before=quote,
            after=after,
            at=now,
            audience=[quote.supplier_id, quote.buyer_id],
            data={
                "rfq_id": show("rfq", quote.rfq_id),
                "quote_id": show("quote", quote.id),
                "expired_at": expired_at,
            },
            writes=[quotes.saving(quote, after)],
        )
    return True


async def open_quotes(db: Database, actor: Actor, sealer: Sealer, rfq_id: UUID, *, expected: Expected) -> Rfq:
    """Open all submitted quotes at once, after the deadline. `db` acts under the role that reads sealed keys.

    With a quorum of two the first call approves, the second, by another person, opens. With two envelopes this is done
    twice: the first opening shows the technical parts, the second the prices. Raises SealBroken, and then opens
    nothing, when a content is not what its receipt promises.
    """
    async with db.transaction(actor) as tx:
        rfq = await access.lock(tx, actor, rfq_id)
        require_version(rfq.version, expected)
        now = await tx.now()
        rfq = await _closed_if_due(tx, actor, rfq, now)
        # Asking shares the lock held here, so this number does not rise any more.
        unanswered = await questions.count_open(tx, rfq.id)
        unscored, failing = await technical.outcome_of_scoring(tx, rfq)
        arrow = rules.decide_open(rfq, actor, unanswered=unanswered, now=now, unscored=unscored)
        if arrow.action == "approve_opening":
            after = advance(rfq, arrow, now, opening_approved_by=actor.identity)
            await rfqs.save(tx, rfq, after)
            await record(
                tx, arrow, actor, before=rfq, after=after, at=now, audience=[rfq.buyer_id], data={"approvals": 1}
            )
            return after
        if arrow.action == "open_technical":
            return await technical.open_first(tx, actor, sealer, rfq, now=now)
        await technical.regret(tx, actor, rfq, failing, now=now)
        opened = await _reveal(tx, actor, sealer, rfq, now)
        after = advance(
            rfq, arrow, now, opened_at=now, scores_closed_at=now if rfq.envelopes == rules.TWO else rfq.scores_closed_at
        )
        await rfqs.save(tx, rfq, after)
        opening = opening_rules.prove(
            after,
            await sql.sent(tx, rfq.id, rfq.round),
            await _approvals(tx, actor, sealer, rfq, now),
            early_attempts=await sql.early_attempts(tx, rfq.id),
        )
        await sql.insert_opening(tx, opening)
        await record(
            tx,
            arrow,
            actor,
            before=rfq,
            after=after,
            at=now,
            audience=await audience(tx, after),
            # The root is in the chain of events from here on: the set cannot be told differently afterwards.
            data={"opened_at": now, "round": rfq.round, "root": opening.root.hex()},
            private_to=rfq.buyer_id,
            private_data={"quotes": [show("quote", quote.id) for quote in opened]},
        )
    return after


async def _approvals(tx: Tx, actor: Actor, sealer: Sealer, rfq: Rfq, now: datetime) -> list[Approval]:
    """Who consented to the opening, in order. That two are different people shows without telling who they are."""

    def approval(name: str, identity: str, at: datetime) -> Approval:
        pseudonym = sealer.fingerprint(b"opening approval", rfq.id.bytes, identity.encode())
        return Approval(name=name, identity=pseudonym.hex(), at=at)

    approvals = [approval(actor.name, actor.identity, now)]
    if rfq.opening_quorum > 1 and rfq.opening_approved_by is not None:
        first = await sql.approved(tx, rfq.id)
        if first is not None:
            approvals.insert(0, approval(first[0], rfq.opening_approved_by, first[1]))
    return approvals


async def _closed_if_due(tx: Tx, actor: Actor, rfq: Rfq, now: datetime) -> Rfq:
    """The RFQ, closed first where its buyer is faster than the clock: nobody has to wait for that process."""
    if rules.is_overdue(rfq, now=now) and Side.BUYER in rules.sides(rfq, actor):
        return await _close(tx, rfq, now)
    return rfq


async def _reveal(tx: Tx, actor: Actor, sealer: Sealer, rfq: Rfq, now: datetime) -> list[Quote]:
    """Decrypt and check every submission that counts, then keep what they say and move the quotes."""
    # What an addendum left unconfirmed is opened too: its other lines stand.
    submitted = await quotes.lock_of_rfq(tx, rfq.id, ["submitted", "needs_reconfirmation"])
    if not submitted:
        return []
    key = sealer.unlock(await rfqs.sealed_private_key(tx, rfq.id))
    submissions = await quotes.counting_submissions(tx, [quote.id for quote in submitted])
    revealed = [envelope.unseal(sealer, key, quote, submissions[quote.id]) for quote in submitted]
    await quotes.insert_opened(tx, revealed)
    moved = []
    for quote, content in zip(submitted, revealed, strict=True):
        told = {
            "round": quote.round,
            "supplier_id": show("organisation", quote.supplier_id),
            "commitment": quote.commitment,
            "nonce": content.nonce.hex(),
            "lines_not_reconfirmed": list(quote.lines_to_reconfirm),
        }
        after = await move(
            tx,
            actor,
            quote,
            quote_rules.decide_open(quote),
            now=now,
            data=told,
            opened_at=now,
            currency=content.content.currency,
            valid_until=content.content.valid_until,
        )
        moved.append(after)
    if rfq.round > 1:
        await outcome.supersede(tx, actor, rfq, moved, now=now)
    return moved


async def note_attempt(db: Database, actor: Actor, rfq_id: UUID, *, operation: str, refusal: Refusal) -> None:
    """Keep that somebody tried to see what is sealed, in a transaction of its own: the refused one is undone."""
    async with db.transaction(actor) as tx:
        await sql.insert_attempt(tx, rfq_id, actor, operation=operation, refusal=refusal.code, at=await tx.now())


async def close_without_award(
    db: Database, actor: Actor, rfq_id: UUID, reason: str, reasons: Mapping[UUID, str], *, expected: Expected
) -> Rfq:
    """End an RFQ, or the rest of a partially awarded one, without award: everybody who quoted is told.

    Each hears one code of its own: the buyer's in `reasons`, else what its figures and the buyer's `reason` say.
    """
    async with db.transaction(actor) as tx:
        rfq = await access.lock(tx, actor, rfq_id)
        require_version(rfq.version, expected)
        now = await tx.now()
        rfq = await _closed_if_due(tx, actor, rfq, now)
        arrow = rules.decide_close_without_award(rfq, actor, reason)
        await _no_award_under_way(tx, rfq)
        after = advance(rfq, arrow, now, ended_at=now, end_reason=reason)
        await rfqs.save(tx, rfq, after)
        await end_open(tx, actor, rfq, now=now, reason=question_rules.NOT_AWARDED)
        usual = PRICE_CHECK if is_price_check(rfq) else NOT_AWARDED
        await losers.check_reasons(tx, rfq, reasons, besides=None)
        why = {} if is_price_check(rfq) else await losers.why_nobody(tx, rfq, reason, now=now)
        await outcome.regret_rest(tx, actor, rfq, now=now, reason=usual, reasons=why | dict(reasons))
        await record(
            tx,
            arrow,
            actor,
            before=rfq,
            after=after,
            at=now,
            audience=await audience(tx, after),
            data={"reason": reason},
        )
    return after


async def cancel(db: Database, actor: Actor, rfq_id: UUID, reason: str, *, expected: Expected) -> Rfq:
    """Cancel an RFQ: no quote is opened any more, everybody who takes part is told."""
    async with db.transaction(actor) as tx:
        rfq = await access.lock(tx, actor, rfq_id)
        require_version(rfq.version, expected)
        now = await tx.now()
        arrow = rules.decide_cancel(rfq, actor, reason)
        await _no_award_under_way(tx, rfq)
        told = [rfq.buyer_id] if rfq.published_at is None else await audience(tx, rfq)
        after = advance(rfq, arrow, now, ended_at=now, end_reason=reason)
        await rfqs.save(tx, rfq, after)
        await end_open(tx, actor, rfq, now=now, reason=question_rules.CANCELLED)
        await outcome.regret_rest(tx, actor, rfq, now=now, reason=CANCELLED)
        await outcome.lapse_rest(tx, actor, rfq, now=now)
        await record(tx, arrow, actor, before=rfq, after=after, at=now, audience=told, data={"reason": reason})
    return after


async def _no_award_under_way(tx: Tx, rfq: Rfq) -> None:
    """Raise WrongState while somebody may still accept an award: it would find its quote gone."""
    if await sql.has_award_under_way(tx, rfq.id):
        raise WrongState(
            "An award of this RFQ is proposed or issued. Cancel it first, or wait for the answer.", state=rfq.state
        )
