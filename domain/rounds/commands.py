"""Choosing whom to ask again, and asking. The RFQ's row is locked for writing while a round starts."""

from datetime import datetime
from uuid import UUID

from domain.actors import Actor
from domain.counter_offers import outcome as counter_offers
from domain.database import Database, Tx
from domain.ids import show
from domain.ledger import record
from domain.lifecycle import Expected, advance, require_version
from domain.openings import sql as openings
from domain.participations import rules as participation_rules
from domain.participations import sql as participations
from domain.quotes import queries as quote_queries
from domain.quotes import rules as quote_rules
from domain.quotes import sql as quotes
from domain.quotes.commands import identify
from domain.quotes.model import Seen
from domain.rfqs import access
from domain.rfqs import sql as rfqs
from domain.rfqs.commands import audience
from domain.rfqs.model import Rfq, RoundKind
from domain.rounds import rules, sql


async def shortlist(db: Database, actor: Actor, quote_id: UUID, *, shortlisted: bool, expected: Expected) -> Seen:
    """Put an opened quote on the shortlist or take it off. Its supplier hears of it when a round starts."""
    async with db.transaction(actor) as tx:
        rfq_id, _, _ = await quotes.place(tx, quote_id)
        rfq = await rfqs.share(tx, rfq_id)
        before = await quotes.lock(tx, quote_id)
        quote_rules.sides(before, rfq, actor)
        require_version(before.version, expected)
        now = await tx.now()
        arrow = quote_rules.decide_shortlist(before, rfq, actor)
        after = advance(before, arrow, now, shortlisted=shortlisted)
        await record(
            tx,
            arrow,
            actor,
            before=before,
            after=after,
            at=now,
            audience=[before.buyer_id],
            data=identify(before) | {"shortlisted": shortlisted},
            writes=[quotes.saving(before, after)],
        )
        return await quote_queries.seen_opened(tx, after, rfq)


async def start(
    db: Database,
    actor: Actor,
    rfq_id: UUID,
    closes: datetime,
    *,
    kind: RoundKind,
    message: str | None,
    expected: Expected,
) -> Rfq:
    """Ask the suppliers on the shortlist for new quotes, sealed as the first; everybody who takes part is told."""
    async with db.transaction(actor) as tx:
        before = await access.lock(tx, actor, rfq_id)
        require_version(before.version, expected)
        now = await tx.now()
        chosen = await sql.shortlisted(tx, rfq_id)
        awarding = await openings.has_award_under_way(tx, rfq_id)
        arrow = rules.decide_start(before, actor, closes, shortlisted=len(chosen), awarding=awarding, now=now)
        after = advance(
            before,
            arrow,
            now,
            round=before.round + 1,
            round_kind=kind,
            round_message=message,
            quotes_close_at=closes,
            closed_at=None,
            opening_approved_by=None,
            technical_opened_at=None,
            opened_at=None,
            scores_closed_at=None,
        )
        await rfqs.save(tx, before, after)
        await record(
            tx,
            arrow,
            actor,
            before=before,
            after=after,
            at=now,
            audience=await audience(tx, after),
            data=_round(after),
        )
        await _tell_all(tx, actor, after, chosen, now)
        await counter_offers.withdraw_rest(tx, actor, rfq_id, now=now)
    return after


async def _tell_all(tx: Tx, actor: Actor, rfq: Rfq, chosen: set[UUID], now: datetime) -> None:
    for before in await sql.lock_participations(tx, rfq.id):
        is_chosen = before.supplier_id in chosen
        arrow = participation_rules.decide_round(before, chosen=is_chosen)
        after = advance(before, arrow, now, round=rfq.round if is_chosen else before.round)
        await participations.save(tx, before, after)
        await record(
            tx,
            arrow,
            actor,
            before=before,
            after=after,
            at=now,
            audience=[rfq.buyer_id, before.supplier_id],
            data={
                "rfq_id": show("rfq", rfq.id),
                "supplier_id": show("organisation", before.supplier_id),
                **_round(rfq),
            },
        )


def _round(rfq: Rfq) -> dict[str, object]:
    """The buyer's message stays out: what people write may hold a price."""
    return {"round": rfq.round, "kind": rfq.round_kind, "quotes_close_at": rfq.quotes_close_at}
