"""Why a quote lost: one code of `loss_reasons` for each, from its own figures against those that won. Pure.

The first that holds, on the lines that were won and at the quantities won there:

1. `quote_expired`: its validity has passed.
2. `incomplete`: it has no price for one of them, or priced an outdated revision.
3. `specification_deviation`: it deviates from more characteristics than each that won.
4. What the buyer gave as its reason for the award, where the figures bear it out: `price_higher` or
   `tooling_cost_higher`, `lead_time_longer`, `capacity_insufficient`; a better technical score is the buyer's to state.
5. `capacity_insufficient`: what it makes until the last delivery day is less than was awarded, and the others manage.
6. `price_higher`: dearer with tooling, in the same currency; `tooling_cost_higher` when only its tooling makes it so.
7. `lead_time_longer`.
8. `quantity_allocated`: none of these; the quantity went to others.

Nothing of a rival leaves this module but which of these holds.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

import msgspec

from domain.comparison.cost import ZERO as NO_HANDLING
from domain.comparison.landed import landed_unit
from domain.comparison.model import Bid, Cell
from domain.comparison.rules import compare
from domain.quotes.model import WIB, end_of_validity
from domain.rfqs.model import Line, Rfq

ZERO = Decimal(0)
DAYS_OF_MONTH = Decimal(30)
ALLOCATED = "quantity_allocated"
NOT_AWARDED = "rfq_not_awarded"


class Won(msgspec.Struct, frozen=True, kw_only=True):
    """What one quote was awarded: by line number, the quantity and the buyer's code of `award_reasons`."""

    quote_id: UUID
    quantities: Mapping[int, Decimal]
    stated: frozenset[str]


class _Facts(msgspec.Struct, frozen=True, kw_only=True):
    """One quote on the lines that matter. Sums are None unless every one of the lines has a price."""

    currency: str
    pieces: Decimal | None
    whole: Decimal | None
    lead_time: int | None
    deviations: int
    manages: bool
    """Whether the capacity it states suffices until the last delivery day; True when it, or the day, is not stated."""
    capacity: Decimal | None


def loss_reasons(rfq: Rfq, bids: Sequence[Bid], won: Sequence[Won], *, now: datetime) -> dict[UUID, str]:
    """By quote that won nothing, the truest code. Empty when nothing was won."""
    known = {bid.quote_id: bid for bid in bids}
    winners = [(known[item.quote_id], item) for item in won if item.quote_id in known]
    if not winners:
        return {}
    winning = {item.quote_id for item in won}
    quantities: dict[int, Decimal] = {}
    for _, item in winners:
        for line_no, amount in item.quantities.items():
            quantities[line_no] = quantities.get(line_no, ZERO) + amount
    rivals = [_facts(rfq, bid, item.quantities, now) for bid, item in winners]
    stated = {code for _, item in winners for code in item.stated}
    return {
        bid.quote_id: _reason(rfq, bid, quantities, rivals, stated, now) for bid in bids if bid.quote_id not in winning
    }


def _reason(  # noqa: PLR0911  one return for each code
    rfq: Rfq,
    bid: Bid,
    quantities: Mapping[int, Decimal],
    rivals: Sequence[_Facts],
    stated: set[str],
    now: datetime,
) -> str:
    own = _facts(rfq, bid, quantities, now)
    if now >= end_of_validity(bid.content.valid_until):
        return "quote_expired"
    if own.whole is None or own.pieces is None:
        return "incomplete"
    if own.deviations > max(rival.deviations for rival in rivals):
        return "specification_deviation"
    dearer = _dearer(own, rivals)
    slower = _slower(own, rivals)
    if "best_technical_score" in stated:
        return "technical_score_lower"
    if "best_lead_time" in stated and slower:
        return "lead_time_longer"
    if "capacity_available" in stated and _smaller(own, rivals):
        return "capacity_insufficient"
    if "lowest_total_cost" in stated and dearer:
        return dearer
    if not own.manages and all(rival.manages for rival in rivals):
        return "capacity_insufficient"
    return dearer or ("lead_time_longer" if slower else ALLOCATED)


def _dearer(own: _Facts, rivals: Sequence[_Facts]) -> str | None:
    if own.whole is None or own.pieces is None or any(rival.currency != own.currency for rival in rivals):
        return None
    whole = sum((rival.whole or ZERO for rival in rivals), ZERO)
    pieces = sum((rival.pieces or ZERO for rival in rivals), ZERO)
    if own.whole <= whole:
        return None
    return "price_higher" if own.pieces > pieces else "tooling_cost_higher"


def _slower(own: _Facts, rivals: Sequence[_Facts]) -> bool:
    times = [rival.lead_time for rival in rivals if rival.lead_time is not None]
    return own.lead_time is not None and bool(times) and own.lead_time > max(times)


def _smaller(own: _Facts, rivals: Sequence[_Facts]) -> bool:
    capacities = [rival.capacity for rival in rivals if rival.capacity is not None]
    return own.capacity is not None and bool(capacities) and own.capacity < min(capacities)


def _facts(rfq: Rfq, bid: Bid, quantities: Mapping[int, Decimal], now: datetime) -> _Facts:
    lines = [
        msgspec.structs.replace(line, quantity=quantities[line.line_no])
        for line in rfq.lines
        if line.line_no in quantities
    ]
    tab = compare(msgspec.structs.replace(rfq, lines=tuple(lines)), [bid], None)
    cells = [row.cells[0] for row in tab.rows]
    priced = [cell for cell in cells if cell.state in {"priced", "deviates"} and cell.total_with_tooling is not None]
    complete = len(priced) == len(cells)
    answers = [bid.content.line(line.line_no) for line in lines]
    capacities = [answer.capacity_per_month for answer in answers if answer and answer.capacity_per_month is not None]
    return _Facts(
        currency=bid.content.currency,
        pieces=sum((cell.total or ZERO for cell in priced), ZERO) if complete else None,
        whole=sum((cell.total_with_tooling or ZERO for cell in priced), ZERO) if complete else None,
        lead_time=max((cell.lead_time_days for cell in priced if cell.lead_time_days is not None), default=None),
        deviations=_deviations(cells),
        manages=all(
            _manages(line, None if answer is None else answer.capacity_per_month, now)
            for line, answer in zip(lines, answers, strict=True)
        ),
        capacity=min(capacities, default=None),
    )


def _deviations(cells: Sequence[Cell]) -> int:
    return sum(cell.deviations for cell in cells)


def _manages(line: Line, capacity: Decimal | None, now: datetime) -> bool:
    """Capacity per month x months of 30 days until the last delivery day, against the line's quantity."""
    if capacity is None or not line.spec.schedule:
        return True
    days = (max(delivery.due_on for delivery in line.spec.schedule) - now.astimezone(WIB).date()).days
    return days <= 0 or capacity * days / DAYS_OF_MONTH >= line.quantity


def no_award_reasons(rfq: Rfq, bids: Sequence[Bid], reason: str) -> dict[UUID, str]:
    """By quote, what it hears when nobody was chosen: what the buyer's `no_award_reasons` code means for this one.

    What it says of prices, times and capacities it says of all; deviations, gaps and the import price are looked up.
    """
    return {bid.quote_id: _without_award(rfq, bid, reason) for bid in bids}


def _without_award(rfq: Rfq, bid: Bid, reason: str) -> str:
    if reason in STATED_OF_ALL:
        return STATED_OF_ALL[reason]
    cells = [row.cells[0] for row in compare(rfq, [bid], None).rows]
    if reason == "no_compliant_quote":
        if any(cell.competes and cell.deviations for cell in cells):
            return "specification_deviation"
        if any(cell.state not in {"priced", "deviates"} for cell in cells):
            return "incomplete"
    if reason == "price_above_import":
        landed = {line.line_no: landed_unit(line.spec.baseline, NO_HANDLING) for line in rfq.lines}
        above = [
            cell.import_difference_percent
            for line, cell in zip(rfq.lines, cells, strict=True)
            if landed[line.line_no] is not None and cell.import_difference_percent is not None
        ]
        if any(percent > 0 for percent in above):
            return "price_higher"
    return NOT_AWARDED


STATED_OF_ALL = {
    "price_above_budget": "price_higher",
    "lead_time_not_met": "lead_time_longer",
    "capacity_insufficient": "capacity_insufficient",
}
