"""What a quote costs in all, figure by figure, under assumptions that the buyer states. Pure.

Award scenarios use the same functions: `conditions` once for a quote, then `total_cost` for a line and a quantity.
Each figure is rounded half-even to the minor unit of its currency before the next is made of it, so that anybody can
recompute a tab from the figures it shows.
"""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from typing import Literal

import msgspec

from domain import money
from domain.errors import Fault, Invalid
from domain.quantity import MAX_QUANTITY
from domain.quotes.model import QuoteContent, QuoteLine, unit_price
from domain.rfqs.model import Line, Rfq, Terms
from domain.vocabularies import entry, is_code, unit_is_whole

ZERO = Decimal(0)
HUNDRED = Decimal(100)
DAYS = Decimal(36500)
"""Days of a year, times 100 for per cent."""
EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)
"""Wide enough for the dearest price times the largest quantity times the highest rate: nothing is lost on the way."""
FINEST = Decimal("0.000001")
"""The smallest step of a quantity that need not be whole."""
NEAR = 1000
"""Steps by which rounding may move a break-even from where the exact lines cross."""

Carriage = Literal["seller", "buyer"]

FORMULAS: dict[str, str] = {
    "quantity_bought": "max(quantity, minimum_quantity)",
    "total": "unit_price x quantity",
    "minimum_excess": "unit_price x (quantity_bought - quantity)",
    "tooling_due": "tooling x min(quantity_bought, pieces) / pieces, where pieces is what the supplier spreads it over, "
    "else tooling_over; the whole tooling where neither is stated",
    "freight": "0 where the seller bears carriage, else (total + minimum_excess) x freight_percent / 100, "
    "or mass_kg x quantity_bought x freight_per_kg / rate",
    "payment_terms": "-(total + minimum_excess + tooling_due) x capital_rate_percent / 100 "
    "x (payment_days - reference_payment_days) / 365",
    "total_cost": "total + minimum_excess + tooling_due + freight + payment_terms",
    "total_cost_base": "total_cost x rate",
    "landed_cost": "cif + duty + handling, where cif = CIF price x rupiah rate x quantity, duty = cif x duty_percent / 100, "
    "handling = cif x handling_percent / 100",
    "ppn": "floor((cif + duty) x 12 / 100 x 11 / 12)",
    "pph22": "(cif + duty) x pph22_percent / 100",
}
"""How each figure is made, as an answer tells it. Amounts are rounded half-even to the minor unit of their currency."""


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """What one unit of a currency was worth in the base currency on a day, as the buyer states it."""

    rate: Decimal
    on: date


class Assumptions(msgspec.Struct, frozen=True, kw_only=True):
    """What the buyer assumes. None is `not stated`: `settle` fills in what the RFQ says."""

    base_currency: str | None = None
    """Totals are compared in this currency; the RFQ's unless stated."""
    rates: Mapping[str, Rate] = {}
    """By currency code, into the base currency."""
    tooling_over: int | None = None
    """Pieces over which tooling is spread where the supplier names none."""
    freight_percent: Decimal | None = None
    """Of the goods, where the buyer bears carriage."""
    freight_per_kg: Decimal | None = None
    """In the base currency, where the buyer bears carriage. Not together with `freight_percent`."""
    capital_rate_percent: Decimal = ZERO
    """A year's price of money."""
    reference_payment_days: int | None = None
    """The days that cost nothing; the RFQ's, else 0."""
    handling_percent: Decimal = ZERO
    """Of the CIF value of an import: port, clearance and haulage."""
    has_api: bool = True
    """The importer has an import identification number (Angka Pengenal Impor)."""
    pph22_percent: Decimal | None = None
    """Where the goods' own list sets another rate than the general one."""


class Conditions(msgspec.Struct, frozen=True, kw_only=True):
    """What is the same for every line of one quote under some assumptions."""

    currency: str
    smallest: Decimal
    """Minor unit of the quote's currency, as 0.01."""
    base_smallest: Decimal
    rate: Decimal | None
    """Base currency for one unit of the quote's; None: not stated."""
    incoterm: str | None
    carriage: Carriage
    payment_days: int
    tooling_over: int | None
    freight_percent: Decimal
    """0 where the seller bears carriage or nothing is assumed."""
    freight_per_kg: Decimal
    """In the base currency; 0 as above."""
    payment_factor: Decimal
    """Share of an amount that its payment terms add to the cost, times 36,500: -(days - reference) x rate per cent."""
    is_plain: bool
    """Whether goods and tooling are all that it costs: no freight, no terms, the base currency itself."""


class Cost(msgspec.Struct, frozen=True, gc=False):
    """The total cost of one line of one quote at a quantity. Amounts are in the quote's currency, rounded."""

    quantity_bought: Decimal
    """`quantity`, or the least quantity that the supplier sells when that is more."""
    unit_price: Decimal
    total: Decimal
    """unit_price x quantity."""
    minimum_excess: Decimal
    """unit_price x (quantity_bought - quantity)."""
    tooling_due: Decimal
    """tooling x min(quantity_bought, pieces) / pieces: the part that these pieces carry."""
    freight: Decimal | None
    """(total + minimum_excess) x freight_percent / 100, or mass x quantity_bought x freight_per_kg / rate.

    None: it is by mass, and the mass of the line or the rate is not known.
    """
    payment_terms: Decimal
    """-(total + minimum_excess + tooling_due) x rate x (payment_days - reference) / 365: later payment lowers the cost."""
    total_cost: Decimal | None
    """The sum of the five figures above."""
    total_cost_base: Decimal | None
    """total_cost x rate, in the base currency; None without a rate."""


class Offer(msgspec.Struct, frozen=True):
    """One priced line of a quote, ready to be costed."""

    answer: QuoteLine
    conditions: Conditions


def settle(stated: Assumptions, rfq: Rfq) -> Assumptions:
    """`stated` with what the RFQ says for the rest. Raises Invalid when a rate gives the base currency another value."""
    base = stated.base_currency or rfq.terms.currency
    own = stated.rates.get(base)
    if own is not None and own.rate != 1:
        wrong = f"One {base} is one {base}: leave the base currency out of the rates."
        raise Invalid(wrong, faults=[Fault("", wrong)])
    days = stated.reference_payment_days
    if days is None:
        days = rfq.terms.payment_days or 0
    return msgspec.structs.replace(stated, base_currency=base, reference_payment_days=days)


def conditions(content: QuoteContent, terms: Terms, settled: Assumptions) -> Conditions:
    """What `settled` (by `settle`) means for one quote. Terms that the quote leaves open are those of the RFQ."""
    base, reference = settled.base_currency or terms.currency, settled.reference_payment_days or 0
    rate = Decimal(1) if content.currency == base else None
    if rate is None and content.currency in settled.rates:
        rate = settled.rates[content.currency].rate
    incoterm = content.incoterm or terms.incoterm
    carriage = carriage_of(incoterm)
    days = content.payment_days if content.payment_days is not None else terms.payment_days
    days = reference if days is None else days
    percent = (settled.freight_percent or ZERO) if carriage == "buyer" else ZERO
    per_kg = (settled.freight_per_kg or ZERO) if carriage == "buyer" else ZERO
    factor = -settled.capital_rate_percent * (days - reference)
    return Conditions(
        currency=content.currency,
        smallest=smallest(content.currency),
        base_smallest=smallest(base),
        rate=rate,
        incoterm=incoterm,
        carriage=carriage,
        payment_days=days,
        tooling_over=settled.tooling_over,
        freight_percent=percent,
        freight_per_kg=per_kg,
        payment_factor=factor,
        is_plain=content.currency == base and not (percent or per_kg or factor),
    )


def carriage_of(incoterm: str | None) -> Carriage:
    """Who bears carriage to the named place under an Incoterms 2020 rule; the buyer where none is agreed.

    The vocabulary `incoterms` says it for each: the C and D rules leave it to the seller, the E and F rules to the buyer.
    """
    if incoterm is None or not is_code("incoterms", incoterm):
        return "buyer"
    return "seller" if entry("incoterms", incoterm).attributes["carriage"] == "seller" else "buyer"


def smallest(currency: str) -> Decimal:
    """The minor unit of a currency: 1 for IDR, 0.01 for USD."""
    return Decimal(1).scaleb(-money.minor_unit(currency))


def least_quantity(answer: QuoteLine) -> Decimal:
    """The least quantity that a priced line sells: its minimum order quantity or its first break, whichever is more."""
    return max(answer.breaks[0].min_quantity, answer.minimum_order_quantity or ZERO)


def total_cost(answer: QuoteLine, line: Line, quantity: Decimal, of: Conditions) -> Cost | None:
    """The cost of `quantity` of `line` by this answer, in all its parts; None for a declined line.

    Below the supplier's least quantity that quantity is bought, and what is bought above the need is `minimum_excess`.
    """
    if answer.answer != "priced":
        return None
    unit, goods, excess, tooling, bought = _bought(answer, quantity, of)
    total = goods.quantize(of.smallest, ROUND_HALF_EVEN, EXACT)
    over = excess.quantize(of.smallest, ROUND_HALF_EVEN, EXACT) if excess else ZERO
    due = tooling.quantize(of.smallest, ROUND_HALF_EVEN, EXACT) if tooling else ZERO
    whole = EXACT.add(total, over)
    freight = _freight(whole, bought, line, of)
    payment = ZERO
    if of.payment_factor:
        payment = EXACT.divide(EXACT.multiply(EXACT.add(whole, due), of.payment_factor), DAYS)
        payment = payment.quantize(of.smallest, ROUND_HALF_EVEN, EXACT) or ZERO  # a zero without a sign
    if freight is None:
        return Cost(bought, unit, total, over, due, None, payment, None, None)
    freight = freight.quantize(of.smallest, ROUND_HALF_EVEN, EXACT) if freight else ZERO
    cost = EXACT.add(EXACT.add(EXACT.add(whole, due), freight), payment)
    base = cost if of.rate == 1 else None
    if base is None and of.rate is not None:
        base = EXACT.multiply(cost, of.rate)
    if base is not None:
        base = base.quantize(of.base_smallest, ROUND_HALF_EVEN, EXACT)
    return Cost(bought, unit, total, over, due, freight, payment, cost, base)


def break_even(a: Offer, b: Offer, line: Line, *, above: Decimal = ZERO) -> Decimal | None:
    """The least quantity above `above` from which `b` is cheaper than `a` by total cost in the base currency; else None.

    Between the quantities at which a price, a minimum or the spreading of tooling changes, both costs are straight lines
    in the quantity; the crossing of two lines is exact, and then moved by the few steps that rounding asks for. At the
    quantity returned `b` is cheaper, one step below it is not. Higher up, at a later break, `a` may lead again.
    """
    step = Decimal(1) if unit_is_whole(line.unit) else FINEST
    first = EXACT.add((above / step).to_integral_value(ROUND_FLOOR) * step, step)
    bends = sorted({point for offer in (a, b) for point in _bends(offer) if first < point <= MAX_QUANTITY})
    starts = [first, *bends]
    ends = [*(point - step for point in bends), MAX_QUANTITY]
    for start, end in zip(starts, ends, strict=True):
        low = _lead(a, b, line, start)
        if low is None:
            return None
        if low < 0:
            return _settled(a, b, line, start, step, above)
        if end <= start:
            continue
        high = _lead(a, b, line, end) or ZERO
        if high < 0:
            along = EXACT.divide(EXACT.multiply(end - start, low), low - high)
            crossing = EXACT.add(start, along)
            found = EXACT.add((crossing / step).to_integral_value(ROUND_FLOOR) * step, step)
            return _settled(a, b, line, min(found, end), step, above)
    return None


def _bought(answer: QuoteLine, quantity: Decimal, of: Conditions) -> tuple[Decimal, Decimal, Decimal, Decimal, Decimal]:
    """(unit price, goods, excess, tooling due, quantity bought), unrounded."""
    price, bought, excess = unit_price(answer, quantity), quantity, ZERO
    if price is None:
        bought = least_quantity(answer)
        price = unit_price(answer, bought)
        assert price is not None  # noqa: S101  the least quantity reaches the first break
        excess = EXACT.multiply(price, EXACT.subtract(bought, quantity))
    tooling, due = answer.tooling, ZERO
    if tooling is not None:
        spread = tooling.amortised_over_pieces or of.tooling_over
        due = tooling.cost
        if spread is not None and bought < spread:
            due = EXACT.divide(EXACT.multiply(tooling.cost, bought), Decimal(spread))
    return price, EXACT.multiply(price, quantity), excess, due, bought


def _freight(goods: Decimal, bought: Decimal, line: Line, of: Conditions) -> Decimal | None:
    if of.freight_per_kg:
        if line.spec.mass_kg is None or of.rate is None:
            return None
        mass = EXACT.multiply(line.spec.mass_kg, bought)
        return EXACT.divide(EXACT.multiply(mass, of.freight_per_kg), of.rate)
    return EXACT.divide(EXACT.multiply(goods, of.freight_percent), HUNDRED) if of.freight_percent else ZERO


def _exact(offer: Offer, line: Line, quantity: Decimal) -> Decimal | None:
    """The total cost in the base currency without any rounding: a straight line between two bends."""
    of, answer = offer.conditions, offer.answer
    if of.is_plain and answer.tooling is None:
        bought = max(quantity, least_quantity(answer))
        price = unit_price(answer, bought)
        return None if price is None else EXACT.multiply(price, bought)
    _, goods, excess, tooling, bought = _bought(offer.answer, quantity, of)
    whole = EXACT.add(goods, excess)
    freight = _freight(whole, bought, line, of)
    if freight is None or of.rate is None:
        return None
    due = EXACT.add(whole, tooling)
    payment = EXACT.divide(EXACT.multiply(due, of.payment_factor), DAYS)
    return EXACT.multiply(EXACT.add(EXACT.add(due, freight), payment), of.rate)


def _lead(a: Offer, b: Offer, line: Line, quantity: Decimal) -> Decimal | None:
    """By how much `b` is dearer than `a`."""
    first, second = _exact(a, line, quantity), _exact(b, line, quantity)
    return None if first is None or second is None else EXACT.subtract(second, first)


def _bends(offer: Offer) -> list[Decimal]:
    answer = offer.answer
    found = [step.min_quantity for step in answer.breaks]
    found.append(least_quantity(answer))
    if answer.tooling is not None:
        spread = answer.tooling.amortised_over_pieces or offer.conditions.tooling_over
        if spread is not None:
            found.append(Decimal(spread))
    return found


def _cheaper(a: Offer, b: Offer, line: Line, quantity: Decimal) -> bool:
    first = total_cost(a.answer, line, quantity, a.conditions)
    second = total_cost(b.answer, line, quantity, b.conditions)
    if first is None or second is None or first.total_cost_base is None or second.total_cost_base is None:
        return False
    return second.total_cost_base < first.total_cost_base


def _settled(a: Offer, b: Offer, line: Line, found: Decimal, step: Decimal, above: Decimal) -> Decimal | None:
    """The quantity at which the rounded figures change places, next to where the exact ones do."""
    for _ in range(NEAR):
        if _cheaper(a, b, line, found):
            break
        found += step
    else:
        return None
    for _ in range(NEAR):
        before = found - step
        if before <= above or before <= 0 or not _cheaper(a, b, line, before):
            break
        found = before
    return found
