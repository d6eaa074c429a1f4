"""From an RFQ and its opened quotes to the problem that is solved. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

import msgspec

from domain import money, quantity
from domain.errors import Fault, Invalid
from domain.ids import show
from domain.quotes.model import WIB, Quote, QuoteContent, QuoteLine, unit_price
from domain.quotes.rules import has_expired
from domain.rfqs.model import Line, Rfq
from domain.scenarios.model import Band, Condition, Need, Offer, Out, OutReason, Problem, Source, Wish
from domain.vocabularies import entry

ZERO, ONE = Decimal(0), Decimal(1)
POINT = Decimal("0.0001")
MONTH_DAYS = Decimal(365) / 12
MAX_STEPS = 10**8
"""Beyond, whole steps are no longer told apart by the solver's tolerances: state a lot."""
SINGLE_POINTS = 24
"""So many quantities of a band are priced one by one where their price is no straight line."""
AWARDABLE = frozenset({"opened", "partially_awarded"})


class Bid(msgspec.Struct, frozen=True, kw_only=True):
    """One opened quote."""

    quote: Quote
    supplier_name: str
    content: QuoteContent


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """The problem and what did not get into it."""

    problem: Problem
    out: tuple[Out, ...]
    windows: tuple[tuple[int, Decimal], ...]
    """By line, the months of the delivery window that capacity was reckoned with."""


def build(
    rfq: Rfq,
    bids: Sequence[Bid],
    live: Iterable[tuple[object, int]],
    wish: Wish,
    *,
    now: datetime,
) -> Case:
    """The problem of `rfq`. `live`: (supplier, line) that has an award in force: it gets no second one.

    Raises Invalid where the request does not fit the RFQ.
    """
    rounds: dict[object, int] = {}
    for bid in bids:
        rounds[bid.quote.supplier_id] = max(rounds.get(bid.quote.supplier_id, 0), bid.quote.round)
    out: list[Out] = []
    competing = []
    for bid in sorted(bids, key=lambda bid: bid.quote.id):
        reason = _out_of_it(bid, rounds, wish, now)
        if reason is None:
            competing.append(bid)
        else:
            out.append(Out(quote_id=bid.quote.id, supplier_name=bid.supplier_name, line_no=None, reason=reason))
    faults = list(_faults(rfq, wish, {bid.quote.supplier_id for bid in bids}))
    if faults:
        raise Invalid("The scenario does not fit the RFQ.", faults=faults)
    open_lines = [line for line in rfq.lines if line.awarded < line.quantity]
    lots = dict(wish.lots)
    needs = tuple(_need(line, lots) for line in open_lines)
    months = dict(_windows(open_lines, wish, now.astimezone(WIB).date()))
    answers = [{answer.line_no: answer for answer in bid.content.lines} for bid in competing]
    offers: list[Offer] = []
    taken = set(live)
    for place, (line, need) in enumerate(zip(open_lines, needs, strict=True)):
        for source, bid in enumerate(competing):
            answer = answers[source].get(line.line_no)
            if answer is None:
                continue
            held = (bid.quote.supplier_id, line.line_no) in taken
            found = _offer(line, need, bid, answer, place, source, months, live=held)
            if isinstance(found, Offer):
                offers.append(found)
            else:
                out.append(found)
    problem = Problem(
        currency=wish.currency,
        needs=needs,
        sources=tuple(_source(bid, wish) for bid in competing),
        offers=tuple(offers),
        conditions=(*wish.conditions, *_least_orders(competing, wish)),
        allow_unallocated=wish.allow_unallocated,
        compare=wish.compare,
        seconds=float(wish.seconds),
    )
    return Case(problem=problem, out=tuple(out), windows=tuple(sorted(months.items())))


def _least_orders(bids: Sequence[Bid], wish: Wish) -> Iterator[Condition]:
    """What a quote says of its least order is a condition nobody has to ask for: less of it cannot be awarded."""
    for bid in bids:
        least = bid.content.minimum_order_value
        if least is not None:
            rate = ONE if bid.content.currency == wish.currency else wish.rates[bid.content.currency]
            yield Condition(
                pointer=f"/quotes/{show('quote', bid.quote.id)}/minimum_order_value",
                kind="order_value",
                of_quote=True,
                words=f"the least order of {bid.supplier_name}: {format(least, 'f')} {bid.content.currency}",
                supplier_id=bid.quote.supplier_id,
                minimum=least * rate,
            )


def _source(bid: Bid, wish: Wish) -> Source:
    currency = bid.content.currency
    return Source(
        quote_id=bid.quote.id,
        supplier_id=bid.quote.supplier_id,
        supplier_name=bid.supplier_name,
        version=bid.quote.version,
        currency=currency,
        rate=ONE if currency == wish.currency else wish.rates[currency],
        payment_days=bid.content.payment_days,
    )


def _out_of_it(bid: Bid, rounds: Mapping[object, int], wish: Wish, now: datetime) -> OutReason | None:
    state = bid.quote.state
    if state == "disqualified":
        return "disqualified"
    if state == "superseded":
        return "earlier_round"
    if state != "expired" and state not in AWARDABLE:
        return "settled"
    if state == "expired" or has_expired(bid.quote, now):
        return "expired"
    if bid.quote.round < rounds[bid.quote.supplier_id]:
        return "earlier_round"
    known = bid.content.currency == wish.currency or bid.content.currency in wish.rates
    return None if known else "no_rate"


def _need(line: Line, lots: Mapping[int, Decimal]) -> Need:
    left = line.quantity - line.awarded
    step = lots.get(line.line_no) or smallest(line.unit, left)
    return Need(line_no=line.line_no, unit=line.unit, step=step, steps=int(left / step))


def smallest(unit: str, left: Decimal) -> Decimal:
    """The step in which a quantity of `unit` is split without a lot: one unit, or the last decimal of what is left."""
    if entry("units", unit).attributes["whole"]:
        return ONE
    exponent = quantity.plain(left).as_tuple().exponent
    return ONE.scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else ONE


def _windows(lines: Sequence[Line], wish: Wish, today: date) -> Iterator[tuple[int, Decimal]]:
    asked = next((one for one in wish.conditions if one.kind == "capacity"), None)
    if asked is None:
        return
    for line in lines:
        last = max((part.due_on for part in line.spec.schedule), default=None)
        if asked.minimum is not None:
            yield line.line_no, asked.minimum
        elif last is not None:
            yield line.line_no, (max((last - today).days, 0) / MONTH_DAYS).quantize(Decimal("0.01"), ROUND_HALF_EVEN)


def _offer(
    line: Line,
    need: Need,
    bid: Bid,
    answer: QuoteLine,
    place: int,
    source: int,
    months: Mapping[int, Decimal],
    *,
    live: bool,
) -> Offer | Out:
    bands = tuple(bands_of(answer, need)) if answer.answer == "priced" else ()
    reason: OutReason | None = None
    if answer.answer == "declined":
        reason = "declined"
    elif not line.is_current(answer.line_digest):
        reason = "outdated_line"
    elif live:
        reason = "already_awarded"
    elif not bands:
        reason = "below_minimum"
    if reason is not None:
        return Out(quote_id=bid.quote.id, supplier_name=bid.supplier_name, line_no=line.line_no, reason=reason)
    window, monthly = months.get(line.line_no), answer.capacity_per_month
    local = answer.local_content
    return Offer(
        need=place,
        source=source,
        answer=answer,
        bands=bands,
        local_percent=ZERO if local is None or local.percent is None else local.percent,
        capacity=None if window is None or monthly is None else _floor(monthly * window / need.step),
    )


def bands_of(answer: QuoteLine, need: Need) -> Iterator[Band]:
    """The bands of a priced line up to what is needed, as `price_of` of the awards prices them."""
    tooling = answer.tooling
    spread = None if tooling is None else tooling.amortised_over_pieces
    edges = {_ceiling(step.min_quantity / need.step) for step in answer.breaks}
    if answer.minimum_order_quantity is not None:
        edges.add(_ceiling(answer.minimum_order_quantity / need.step))
    if spread is not None:
        edges.add(_floor(Decimal(spread) / need.step) + 1)
    lows = sorted({max(edge, 1) for edge in edges} | {1})
    for low, following in zip(lows, [*lows[1:], need.steps + 1], strict=True):
        high = min(following - 1, need.steps)
        price = unit_price(answer, need.step * low)
        if low > high or price is None:
            continue
        if tooling is None:
            yield Band(low=low, high=high, price=price, fixed=ZERO, slack=ZERO)
        elif spread is None:
            yield Band(low=low, high=high, price=price, fixed=tooling.cost, slack=ZERO)
        elif need.step * low <= spread:
            share = (tooling.cost / spread).quantize(POINT, ROUND_HALF_EVEN)
            yield Band(low=low, high=high, price=price + share, fixed=ZERO, slack=ZERO)
        elif high - low < SINGLE_POINTS:
            for steps in range(low, high + 1):
                share = (tooling.cost / (need.step * steps)).quantize(POINT, ROUND_HALF_EVEN)
                yield Band(low=steps, high=steps, price=price + share, fixed=ZERO, slack=ZERO)
        else:
            # Beyond the pieces that carry it the whole cost is paid, but for the rounding of each piece's share.
            yield Band(low=low, high=high, price=price, fixed=tooling.cost, slack=need.step * POINT / 2)


def _ceiling(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_CEILING))


def _floor(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_FLOOR))


def _faults(rfq: Rfq, wish: Wish, suppliers: set[object]) -> Iterator[Fault]:
    if not money.is_currency(wish.currency):
        yield Fault("/currency", "ISO 4217 does not know this currency.")
    left = {line.line_no: line.quantity - line.awarded for line in rfq.lines}
    for place, (line_no, lot) in enumerate(wish.lots):
        at = f"/lots/{place}"
        line = rfq.line(line_no)
        if line is None or left[line_no] <= 0:
            yield Fault(f"{at}/line_no", _no_line(line_no))
        elif wrong := quantity.fault(lot, line.unit):
            yield Fault(f"{at}/quantity", wrong)
        elif left[line_no] % lot:
            shown = format(quantity.plain(left[line_no]), "f")
            yield Fault(f"{at}/quantity", f"The {shown} {line.unit} that are left are no multiple of this lot.")
    lots = dict(wish.lots)
    for line in rfq.lines:
        step = lots.get(line.line_no) or smallest(line.unit, left[line.line_no])
        if left[line.line_no] / step > MAX_STEPS:
            yield Fault("/lots", f"Line {line.line_no} has more than {MAX_STEPS} units to split: state a lot for it.")
    for one in wish.conditions:
        yield from _faults_of(one, left, suppliers)


def _no_line(line_no: int) -> str:
    return f"The RFQ has no line {line_no} with something left to award."


def _faults_of(one: Condition, left: Mapping[int, Decimal], suppliers: set[object]) -> Iterator[Fault]:
    if one.supplier_id is not None and one.supplier_id not in suppliers:
        yield Fault(f"{one.pointer}/supplier_id", "This supplier has no opened quote on the RFQ.")
    for line_no in one.line_nos or ():
        if left.get(line_no, ZERO) <= 0:
            yield Fault(f"{one.pointer}/line_nos", _no_line(line_no))
    if one.minimum is not None and one.maximum is not None and one.minimum > one.maximum:
        yield Fault(f"{one.pointer}/minimum_percent", "The minimum is above the maximum.")
    if one.kind == "value_share" and one.minimum is not None and one.supplier_id is None:
        yield Fault(f"{one.pointer}/supplier_id", "A minimum share of the money needs a supplier.")
