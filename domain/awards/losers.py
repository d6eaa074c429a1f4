"""What losing quotes are told, and why: the buyer's word where it gave one, else what the figures say.

Each function runs in the caller's transaction, which holds the lock of the RFQ.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from domain.actors import Actor
from domain.awards import sql
from domain.awards.model import Award
from domain.comparison.model import Bid
from domain.comparison.queries import bids
from domain.comparison.reasons import Won, loss_reasons, no_award_reasons
from domain.comparison.rules import bands_of
from domain.database import Tx
from domain.errors import Fault, Invalid
from domain.ids import show
from domain.quotes import outcome
from domain.quotes.rules import is_loss_reason
from domain.rfqs.model import Rfq

MAX_REASONS = 500
"""As many as there are bids in a comparison."""


async def why_lost(tx: Tx, rfq: Rfq, *, now: datetime) -> dict[UUID, str]:
    """By quote, the code that an end of the RFQ tells it, when awards have been accepted; empty when none was."""
    won = await sql.lock_of_rfq(tx, rfq.id, ["accepted"])
    if not won:
        return {}
    return _reasons(rfq, await bids(tx, rfq.id), won, now)


async def why_nobody(tx: Tx, rfq: Rfq, reason: str, *, now: datetime) -> dict[UUID, str]:
    """By quote, the code that an end without (further) award tells it; `reason` is the buyer's for the whole RFQ."""
    if rfq.opened_at is None:
        return {}
    return await why_lost(tx, rfq, now=now) or no_award_reasons(rfq, await bids(tx, rfq.id), reason)


async def check_reasons(tx: Tx, rfq: Rfq, reasons: Mapping[UUID, str], *, besides: UUID | None) -> None:
    """Raise Invalid for a code that is none of `loss_reasons`, and for what is no losing opened quote of the RFQ."""
    if not reasons:
        return
    opened = {bid.quote_id for bid in await bids(tx, rfq.id)}
    faults = []
    for quote_id, code in reasons.items():
        at = f"/reasons/{show('quote', quote_id)}"
        if quote_id not in opened or quote_id == besides:
            faults.append(Fault(at, "Name opened quotes of this RFQ that are not the one awarded."))
        elif not is_loss_reason(code):
            faults.append(Fault(at, "GET /v1/meta/vocabularies/loss_reasons lists the codes."))
    if faults:
        raise Invalid("These reasons cannot be given.", faults=faults)


async def tell_intended(tx: Tx, actor: Actor, rfq: Rfq, award: Award, until: datetime, now: datetime) -> None:
    """Tell of an award that is issued with a standstill every quote that priced one of its lines and holds no award."""
    found = await bids(tx, rfq.id)
    under_way = await sql.lock_of_rfq(tx, rfq.id, ["issued", "accepted"])
    chosen = {other.quote_id for other in under_way} | {award.quote_id}
    reasons = _reasons(rfq, found, [award], now)
    told = {
        bid.quote_id: reasons[bid.quote_id]
        for bid in found
        if bid.quote_id not in chosen and bid.quote_id in reasons and _priced_one(bid, award)
    }
    places = bands_of(rfq, found)
    await outcome.tell_intended(tx, actor, rfq, now=now, reasons=told, until=until, bands_of=places)


def _priced_one(bid: Bid, award: Award) -> bool:
    answers = [bid.content.line(line_no) for line_no in award.quantities]
    return any(answer is not None and answer.answer == "priced" for answer in answers)


def _reasons(rfq: Rfq, found: Sequence[Bid], won: Sequence[Award], now: datetime) -> dict[UUID, str]:
    shares = [
        Won(
            quote_id=award.quote_id,
            quantities=award.quantities,
            stated=frozenset(line.reason for line in award.lines),
        )
        for award in won
    ]
    given = {quote_id: code for award in won for quote_id, code in award.reasons}
    return loss_reasons(rfq, found, shares, now=now) | given
