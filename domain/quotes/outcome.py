"""What becomes of opened quotes: for the award, which settles some, and for every end that settles the rest.

Each function runs in the caller's transaction, which holds the lock of the RFQ.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from domain.actors import Actor
from domain.addenda import sql as addenda
from domain.comparison.queries import bids
from domain.comparison.rules import bands_of as rank_bands
from domain.counter_offers import outcome as counter_offers
from domain.counter_offers import sql as counter_offer_sql
from domain.database import Tx
from domain.errors import StillSealed
from domain.ids import show
from domain.quotes import envelope, rules, sql
from domain.quotes.amendments import in_force
from domain.quotes.model import Quote, QuoteContent
from domain.quotes.moving import move
from domain.rfqs.model import Rfq

UNDECIDED = ("submitted", "needs_reconfirmation", "opened")
UNFINISHED = ("draft", "needs_reconfirmation", "withdrawn")
NOT_RECONFIRMED = "not_reconfirmed"
"""The code of `loss_reasons` of a quote that an addendum left without a line that counts."""


async def content_of(tx: Tx, quote_id: UUID) -> QuoteContent:
    """The opened content with what was agreed since. Raises StillSealed before the opening, NotFound for an unknown quote."""
    rfq_id, opened = await sql.opened(tx, quote_id)
    if opened is None:
        raise StillSealed(rfq_id)
    amendments = await counter_offer_sql.amendments(tx, [quote_id])
    return in_force(envelope.decode(opened), amendments.get(quote_id, ()))


async def lock(tx: Tx, quote_id: UUID) -> Quote:
    """The quote, locked for writing. Raises NotFound."""
    return await sql.lock(tx, quote_id)


async def settle_award(tx: Tx, actor: Actor, quote: Quote, *, full: bool, now: datetime) -> Quote:
    """Move a locked quote from opened or partially_awarded to awarded (`full`) or partially_awarded, with its event.

    Raises WrongState when the quote ended otherwise.
    """
    return await move(tx, actor, quote, rules.decide_award(quote, full=full), now=now)


async def regret_rest(
    tx: Tx, actor: Actor, rfq: Rfq, *, now: datetime, reason: str, reasons: Mapping[UUID, str] | None = None
) -> list[Quote]:
    """Move every quote of the RFQ that is still submitted or opened to not_awarded; those moved.

    `reasons` gives quotes a code of `loss_reasons` of their own, `reason` is what the others hear. The event of each goes
    to its supplier and, once opened, to the buyer; it carries the supplier's own rank band where quotes were compared.
    Each supplier is told once: what it submitted in a round that ends unopened lapses while an earlier quote of it stands.
    Counter-offers are withdrawn.
    """
    await counter_offers.withdraw_rest(tx, actor, rfq.id, now=now)
    waiting = await sql.lock_of_rfq(tx, rfq.id, UNDECIDED)
    places = rank_bands(rfq, await bids(tx, rfq.id)) if waiting and rfq.has_opened else {}
    standing = {quote.supplier_id for quote in waiting if quote.opened_at is not None}
    moved = []
    for quote in waiting:
        if quote.opened_at is None and quote.supplier_id in standing:
            await _lapse(tx, actor, quote, now)
            continue
        why = (reasons or {}).get(quote.id, reason)
        moved.append(await regret(tx, actor, quote, why, now=now, rank_band=places.get(quote.id)))
    return moved


async def regret(tx: Tx, actor: Actor, quote: Quote, reason: str, *, now: datetime, rank_band: str | None) -> Quote:
    """Move one quote to not_awarded; its supplier hears the reason and its own rank band, where there is one."""
    return await move(
        tx,
        actor,
        quote,
        rules.decide_not_award(quote, reason),
        now=now,
        to_buyer=quote.is_shown_to_buyer,
        data={"reason": reason, "rank_band": rank_band},
        end_reason=reason,
    )


async def tell_intended(
    tx: Tx,
    actor: Actor,
    rfq: Rfq,
    *,
    now: datetime,
    reasons: Mapping[UUID, str],
    until: datetime,
    bands_of: Mapping[UUID, str],
) -> None:
    """Tell opened quotes of the RFQ that others are to be awarded what they priced: those named in `reasons`.

    Each hears its own code and rank band and until when it may object; nothing of who was chosen, or at which price.
    """
    for quote in await sql.lock_of_rfq(tx, rfq.id, ("opened",)):
        if quote.id not in reasons:
            continue
        reason = reasons[quote.id]
        await move(
            tx,
            actor,
            quote,
            rules.decide_hear_of_award(quote, reason),
            now=now,
            data={"reason": reason, "rank_band": bands_of.get(quote.id), "standstill_until": until},
        )


async def lapse_rest(tx: Tx, actor: Actor, rfq: Rfq, *, now: datetime) -> list[Quote]:
    """Move every draft and withdrawn quote of the RFQ to lapsed; those moved. Only their suppliers are told.

    So does one whose every priced line has to be reconfirmed; with one line that stands it is opened.
    """
    moved = []
    unfinished = await sql.lock_of_rfq(tx, rfq.id, UNFINISHED)
    waiting = {quote.id for quote in unfinished if quote.state == "needs_reconfirmation"}
    priced = await addenda.priced(tx, list(waiting)) if waiting else {}
    for quote in unfinished:
        if quote.id in waiting and not rules.lapses(quote, priced.get(quote.id)):
            continue
        moved.append(await _lapse(tx, actor, quote, now, NOT_RECONFIRMED if quote.id in waiting else None))
    return moved


async def _lapse(tx: Tx, actor: Actor, quote: Quote, now: datetime, reason: str | None = None) -> Quote:
    return await move(
        tx,
        actor,
        quote,
        rules.decide_lapse(quote),
        now=now,
        to_buyer=False,
        data=None if reason is None else {"reason": reason},
        end_reason=reason,
    )


async def supersede(tx: Tx, actor: Actor, rfq: Rfq, opened: Sequence[Quote], *, now: datetime) -> None:
    """Of each supplier whose new quote was just `opened`, the earlier one no longer counts. Both parties are told."""
    newer = {quote.supplier_id: quote for quote in opened}
    for quote in await sql.lock_of_rfq(tx, rfq.id, ["opened"]):
        if quote.supplier_id not in newer or quote.id == newer[quote.supplier_id].id:
            continue
        by = {"superseded_by": show("quote", newer[quote.supplier_id].id)}
        await move(tx, actor, quote, rules.decide_supersede(quote), now=now, data=by)


async def disturb(tx: Tx, actor: Actor, before: Rfq, after: Rfq, changed: Collection[int], *, now: datetime) -> None:
    """Let an addendum take effect on the quotes: exactly those that price a line of `changed` move.

    What each priced is known without opening it. Only its supplier is told: how many were moved, and whose, would say
    to the buyer who quotes what.
    """
    standing = await sql.lock_of_rfq(tx, after.id, ("submitted", "needs_reconfirmation"))
    known = await addenda.priced(tx, [quote.id for quote in standing])
    # Written by a release that kept no digests: it priced the RFQ as published, all of it for all that is known.
    everything = {line.line_no: line.digest for line in before.lines}
    for quote in standing:
        digests = known.get(quote.id, everything)
        decision = rules.decide_disturb(quote, digests, changed, after)
        if decision is None:
            continue
        arrow, lines = decision
        told = {
            "revision": after.revision,
            "changed_lines": sorted(set(changed) & digests.keys()),
            "lines_to_reconfirm": list(lines),
        }
        await move(tx, actor, quote, arrow, now=now, to_buyer=False, data=told, lines_to_reconfirm=lines)
