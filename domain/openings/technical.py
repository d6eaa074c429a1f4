"""Two envelopes: the technical parts are opened and scored, then prices, and those of the quotes that fail never."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from domain.actors import Actor
from domain.database import Tx
from domain.errors import Fault
from domain.ids import show
from domain.ledger import record
from domain.lifecycle import RFQ, advance
from domain.openings import sql
from domain.quotes import content as contents
from domain.quotes import envelope, outcome
from domain.quotes import rules as quote_rules
from domain.quotes import sql as quotes
from domain.quotes.moving import move
from domain.rfqs import sql as rfqs
from domain.rfqs.commands import audience
from domain.rfqs.model import Rfq
from domain.scores import rules as score_rules
from domain.scores import sql as scores
from domain.sealing import Sealer, canonical

SEALED = ("submitted", "needs_reconfirmation")
"""States in which a quote waits for its opening."""
FAILED = "below_technical_threshold"
"""The code of `loss_reasons` that suppliers get whose technical part does not reach a threshold."""


async def outcome_of_scoring(tx: Tx, rfq: Rfq) -> tuple[Sequence[Fault], Collection[UUID]]:
    """(what is not scored yet, the quotes below a threshold) where the opening that comes next is that of prices."""
    if rfq.technical_opened_at is None or rfq.opened_at is not None:
        return (), ()
    standing = await scores.standing(tx, rfq.id, rfq.round)
    sheets = await scores.of_round(tx, rfq.id, rfq.round)
    return score_rules.unscored(rfq, standing, sheets), score_rules.below_threshold(rfq, standing, sheets)


async def open_first(tx: Tx, actor: Actor, sealer: Sealer, rfq: Rfq, *, now: datetime) -> Rfq:
    """Open the technical part of every submitted quote. Raises SealBroken.

    The whole content is decrypted to find it, in this process alone: what is kept and told holds neither a price nor
    the nonce, with which the commitment would let prices be tried out.
    """
    submitted = await quotes.lock_of_rfq(tx, rfq.id, SEALED)
    shown = []
    if submitted:
        key = sealer.unlock(await rfqs.sealed_private_key(tx, rfq.id))
        submissions = await quotes.counting_submissions(tx, [quote.id for quote in submitted])
        parts = {
            quote.id: contents.technical_part(envelope.unseal(sealer, key, quote, submissions[quote.id]).content)
            for quote in submitted
        }
        await sql.insert_technical(tx, {quote_id: canonical(part).decode() for quote_id, part in parts.items()})
    for quote in submitted:
        supplier = {"supplier_id": show("organisation", quote.supplier_id)}
        arrow = quote_rules.decide_open_technical(quote)
        shown.append(await move(tx, actor, quote, arrow, now=now, data=supplier, technical_opened_at=now))
    # The opening of prices is approved by itself.
    opened = advance(rfq, RFQ["open_technical"], now, technical_opened_at=now, opening_approved_by=None)
    await rfqs.save(tx, rfq, opened)
    await record(
        tx,
        RFQ["open_technical"],
        actor,
        before=rfq,
        after=opened,
        at=now,
        audience=await audience(tx, opened),
        data={"technical_opened_at": now},
        private_to=rfq.buyer_id,
        private_data={"quotes": [show("quote", quote.id) for quote in shown]},
    )
    return opened


async def regret(tx: Tx, actor: Actor, rfq: Rfq, failing: Collection[UUID], *, now: datetime) -> None:
    """Move the quotes below a threshold to not_awarded before prices are opened: theirs stay sealed for ever."""
    for quote in await quotes.lock_of_rfq(tx, rfq.id, SEALED) if failing else ():
        if quote.id in failing:
            await outcome.regret(tx, actor, quote, FAILED, now=now, rank_band=None)
