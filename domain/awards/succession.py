"""Who is offered next what an ended award left. Pure.

The next quote is valid and another than that of the ended award; it has no award of the line, neither one under way or accepted
nor one that it declined, let lapse, or lost by an upheld objection. Quotes are ranked as in the comparison at the quantity that
is free now: those that price more of the lines first, then by cost with tooling; a currency ranks by itself, that of the RFQ first.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

import msgspec

from domain.awards.model import Award
from domain.comparison.cells import OUT_OF_IT
from domain.comparison.model import Bid
from domain.comparison.rules import compare
from domain.quotes.model import end_of_validity
from domain.rfqs.model import Rfq

ZERO = Decimal(0)
COMPETING = frozenset({"opened", "partially_awarded"})
ENDED_UNACCEPTED = frozenset({"declined", "lapsed"})
LIVE = frozenset({"issued", "accepted"})
SET_ASIDE = "objection_upheld"
"""Why an award was cancelled that an upheld objection was about."""
PROMISED = frozenset({"proposed", "issued", "accepted"})


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """What one quote says of one free line. `total_with_tooling` in the quote's currency, without PPN."""

    line_no: int
    quote_id: UUID
    supplier_id: UUID
    supplier_name: str
    rank: int
    """Within the line, 1 is next."""
    currency: str
    quantity: Decimal
    unit_price: Decimal
    total_with_tooling: Decimal
    lead_time_days: int | None
    capacity_per_month: Decimal | None
    capacity_left_per_month: Decimal | None
    """What the quote states, less what live awards of this RFQ take from it for the same part; None: not stated."""


class Succession(msgspec.Struct, frozen=True, kw_only=True):
    """What is free of an ended award, who could have it, and who is next for most of it."""

    award_id: UUID
    rfq: Rfq
    free: Mapping[int, Decimal]
    """By line number, what may be proposed now: not awarded, and not proposed either."""
    offers: tuple[Offer, ...]
    """By line, then rank."""
    next_quote_id: UUID | None


def succession(rfq: Rfq, ended: Award, awards: Sequence[Award], bids: Sequence[Bid], *, now: datetime) -> Succession:
    """`awards` are all of the RFQ."""
    promised: dict[int, Decimal] = {}
    for award in awards:
        if award.state in PROMISED:
            for line_no, amount in award.quantities.items():
                promised[line_no] = promised.get(line_no, ZERO) + amount
    free = {
        line.line_no: left
        for line in rfq.lines
        if line.line_no in ended.quantities
        for left in [min(ended.quantities[line.line_no], line.quantity - promised.get(line.line_no, ZERO))]
        if left > 0
    }
    standing = [
        bid
        for bid in bids
        if bid.state in COMPETING - OUT_OF_IT.keys() and now < end_of_validity(bid.content.valid_until)
    ]
    offers = [
        offer for line_no in sorted(free) for offer in _of_line(rfq, line_no, free[line_no], awards, standing, ended)
    ]
    return Succession(award_id=ended.id, rfq=rfq, free=free, offers=tuple(offers), next_quote_id=_next(rfq, offers))


def _of_line(
    rfq: Rfq, line_no: int, quantity: Decimal, awards: Sequence[Award], standing: Sequence[Bid], ended: Award
) -> list[Offer]:
    barred = {ended.quote_id} | {award.quote_id for award in awards if line_no in award.quantities and _bars(award)}
    bids = [bid for bid in standing if bid.quote_id not in barred]
    line = next(line for line in rfq.lines if line.line_no == line_no)
    asked = msgspec.structs.replace(rfq, lines=(msgspec.structs.replace(line, quantity=quantity),))
    [row] = compare(asked, bids, None).rows
    found = [
        (bid.content.currency != rfq.terms.currency, bid.content.currency, cell.rank, bid, cell)
        for bid, cell in zip(bids, row.cells, strict=True)
        if cell.rank is not None
    ]
    found.sort(key=lambda item: (item[0], item[1], item[2], item[3].quote_id))
    offers = []
    for place, (_, currency, _, bid, cell) in enumerate(found, 1):
        answer = bid.content.line(line_no)
        if answer is None or cell.unit_price is None or cell.total_with_tooling is None:
            continue
        offers.append(
            Offer(
                line_no=line_no,
                quote_id=bid.quote_id,
                supplier_id=bid.supplier_id,
                supplier_name=bid.supplier_name,
                rank=place,
                currency=currency,
                quantity=quantity,
                unit_price=cell.unit_price,
                total_with_tooling=cell.total_with_tooling,
                lead_time_days=cell.lead_time_days,
                capacity_per_month=answer.capacity_per_month,
                capacity_left_per_month=_capacity_left(
                    rfq, line.spec.part_number, answer.capacity_per_month, bid, awards
                ),
            )
        )
    return offers


def _bars(award: Award) -> bool:
    return award.state in PROMISED | ENDED_UNACCEPTED or award.end_reason == SET_ASIDE


def _capacity_left(
    rfq: Rfq, part_number: str, stated: Decimal | None, bid: Bid, awards: Sequence[Award]
) -> Decimal | None:
    if stated is None:
        return None
    same = {line.line_no for line in rfq.lines if line.spec.part_number == part_number}
    taken = sum(
        (
            amount
            for award in awards
            if award.state in LIVE and award.quote_id == bid.quote_id
            for line_no, amount in award.quantities.items()
            if line_no in same
        ),
        ZERO,
    )
    return max(stated - taken, ZERO)


def _next(rfq: Rfq, offers: Sequence[Offer]) -> UUID | None:
    by_quote: dict[UUID, list[Offer]] = {}
    for offer in offers:
        by_quote.setdefault(offer.quote_id, []).append(offer)
    return min(
        by_quote,
        key=lambda quote_id: (
            -len(by_quote[quote_id]),
            by_quote[quote_id][0].currency != rfq.terms.currency,
            by_quote[quote_id][0].currency,
            sum(offer.total_with_tooling for offer in by_quote[quote_id]),
            quote_id,
        ),
        default=None,
    )
