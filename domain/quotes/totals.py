"""What a quote comes to at the quantities asked, by our own reckoning. Pure. Without tooling, which stands apart."""

from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import cache

import msgspec

from domain import money
from domain.errors import Fault
from domain.quotes.model import QuoteContent, QuoteLine, unit_price
from domain.rfqs.model import Rfq

MAX_TOTAL = Decimal(99_999_999_999_999)
"""What a total on the wire holds: 14 digits before the point."""
DIGITS = 60
"""Exact for every quantity times every price; the usual 28 are too few."""
_EXACT = Context(prec=DIGITS)


class LineTotal(msgspec.Struct, frozen=True, kw_only=True):
    """One priced line at the quantity asked; both figures None where the quantity reaches no price."""

    line_no: int
    quantity: Decimal
    unit_price: Decimal | None
    computed_total: Decimal | None
    """quantity x unit_price, rounded half-even to the currency's minor unit."""


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """`computed_total` is the sum of the lines that have one; None without any."""

    computed_total: Decimal | None
    lines: tuple[LineTotal, ...]


def totals(content: QuoteContent, rfq: Rfq) -> Totals:
    """The lines in the order of `content`; declined ones, and what the RFQ does not ask for, are left out."""
    asked = {line.line_no: line.quantity for line in rfq.lines}
    lines = tuple(
        _of_line(line, asked[line.line_no], content.currency)
        for line in content.lines
        if line.answer == "priced" and line.line_no in asked
    )
    known = [line.computed_total for line in lines if line.computed_total is not None]
    return Totals(computed_total=sum(known, Decimal(0)) if known else None, lines=lines)


def _of_line(line: QuoteLine, quantity: Decimal, currency: str) -> LineTotal:
    price = unit_price(line, quantity)
    return LineTotal(
        line_no=line.line_no,
        quantity=quantity,
        unit_price=price,
        computed_total=None if price is None else amount(price, quantity, currency),
    )


def amount(price: Decimal, quantity: Decimal, currency: str) -> Decimal:
    """What `quantity` units at `price` come to, in the currency's minor unit, however much that is."""
    return _EXACT.multiply(price, quantity).quantize(_minor(currency), ROUND_HALF_EVEN, _EXACT)


@cache
def _minor(currency: str) -> Decimal:
    return Decimal(1).scaleb(-money.minor_unit(currency))


def too_large(content: QuoteContent, rfq: Rfq) -> Iterator[Fault]:
    """Lines whose total no answer could show. The prices are known to make sense, so that none is below zero."""
    whole = totals(content, rfq).computed_total
    if whole is None or whole <= MAX_TOTAL:
        return
    asked = {line.line_no: line.quantity for line in rfq.lines}
    for place, line in enumerate(content.lines):
        price = unit_price(line, asked[line.line_no]) if line.line_no in asked else None
        if price is not None and amount(price, asked[line.line_no], content.currency) > MAX_TOTAL:
            yield Fault(f"/lines/{place}/breaks", f"The total of a line is at most {MAX_TOTAL}.")
            return
    yield Fault("/lines", f"The total of a quote is at most {MAX_TOTAL}.")


def misstated(content: QuoteContent, rfq: Rfq) -> Iterator[Fault]:
    """Totals that the supplier states and that are not what we compute. No figure is repeated: texts reach logs."""
    if content.stated_total is None and all(line.stated_total is None for line in content.lines):
        return
    computed = totals(content, rfq)
    places = {line.line_no: place for place, line in enumerate(computed.lines)}
    found = {line.line_no: line.computed_total for line in computed.lines}
    for place, line in enumerate(content.lines):
        if line.stated_total is None or line.stated_total == found.get(line.line_no):
            continue
        where = places.get(line.line_no)
        yield Fault(
            f"/lines/{place}/stated_total",
            "There is no price for the quantity asked, and so no total."
            if where is None or found[line.line_no] is None
            else "The breaks give another total for the quantity asked: "
            f"see /totals/lines/{where}/computed_total of the quote.",
        )
    if content.stated_total is not None and content.stated_total != computed.computed_total:
        yield Fault("/stated_total", "The lines add up to another total: see /totals/computed_total of the quote.")
