"""One cell of a tab: what one quote says of one line. Pure, and the innermost loop of a comparison.

A tab has thousands of cells, and most of them are plain: the quantity reaches the supplier's minimum, no tooling, and nothing
is added for freight, terms or a currency. Their figures are one product, rounded once; the others go through `total_cost`. That
both ways say the same, to the last digit, is a property that tests/domain/comparison/test_cells.py holds against random quotes.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal

import msgspec

from domain.comparison.cost import HUNDRED, ZERO, Conditions, total_cost
from domain.comparison.landed import FOUR, RUPIAH
from domain.comparison.model import NOTHING, Bid, Cell, CellState, ExcludedReason, UnrankedReason
from domain.quotes.model import QuoteLine
from domain.rfqs.model import Line

OUT_OF_IT: dict[str, ExcludedReason] = {
    "disqualified": "disqualified",
    "expired": "expired",
    "superseded": "superseded",
}
"""States of a quote that is shown but no longer competes."""
TWO = Decimal("0.01")


class Quoted(msgspec.Struct, frozen=True):
    """One quote, made ready for all of its cells."""

    answers: Mapping[int, QuoteLine]
    of: Conditions
    out_of_it: ExcludedReason | None
    rupiah: Decimal | None
    """Rupiah for one unit of its currency; None where nobody said."""


class Asked(msgspec.Struct, frozen=True):
    """One line, made ready for all of its cells."""

    line: Line
    quantity: Decimal
    """The quantity compared at."""
    peak: Decimal | None
    """The most that is wanted in a month."""
    landed: Decimal | None
    """What one imported unit costs, in rupiah."""
    months: dict[tuple[Decimal, Decimal], Decimal]
    """What `capacity_months` has said before: suppliers like round capacities, and dividing is dear."""


def quoted(bid: Bid, of: Conditions, *, in_rupiah: bool) -> Quoted:
    """`in_rupiah`: the base currency is the rupiah, so that the quote's rate leads to it."""
    return Quoted(
        {line.line_no: line for line in bid.content.lines},
        of,
        OUT_OF_IT.get(bid.state),
        Decimal(1) if of.currency == RUPIAH else of.rate if in_rupiah else None,
    )


def cell(quote: Quoted, asked: Asked) -> Cell:  # noqa: C901, PLR0912, PLR0915  a call for each part costs as much as the part
    """What the quote says of the line; to be called under the context EXACT."""
    line = asked.line
    answer = quote.answers.get(line.line_no)
    if answer is None:
        return NOTHING
    if answer.answer == "declined":
        return Cell("declined", answer.decline_reason)
    of, quantity, breaks, given = quote.of, asked.quantity, answer.breaks, answer.tooling
    minimum = breaks[0].min_quantity
    least = answer.minimum_order_quantity
    if least is not None and least > minimum:
        minimum = least
    reaches = minimum <= quantity
    unranked: UnrankedReason | None = None
    freight: Decimal | None
    whole: Decimal | None
    base: Decimal | None
    tooling = pieces = per_piece = None
    if reaches and given is None and of.is_plain:
        price = breaks[0].unit_price
        for step in breaks:
            if step.min_quantity > quantity:
                break
            price = step.unit_price
        bought = quantity
        total = with_tooling = whole = base = (price * quantity).quantize(of.smallest, ROUND_HALF_EVEN)
        excess = due = freight = payment = ZERO
    else:
        cost = total_cost(answer, line, quantity, of)
        assert cost is not None  # noqa: S101  the answer is priced
        bought, price, total, excess, due = (
            cost.quantity_bought,
            cost.unit_price,
            cost.total,
            cost.minimum_excess,
            cost.tooling_due,
        )
        freight, payment, whole, base = cost.freight, cost.payment_terms, cost.total_cost, cost.total_cost_base
        with_tooling = total + due
        if base is None and quote.out_of_it is None:
            unranked = "no_rate" if of.rate is None else "no_mass"
        if given is not None:
            tooling, pieces = given.cost, given.amortised_over_pieces
            per_piece = (tooling / (pieces or of.tooling_over or quantity)).quantize(FOUR, ROUND_HALF_EVEN)
    out_of_it: ExcludedReason | None = quote.out_of_it
    if out_of_it is None and answer.line_digest != line.digest and not line.is_current(answer.line_digest):
        out_of_it, unranked = "outdated", None
    deviating: tuple[int, ...] = ()
    if answer.characteristics:
        deviating = tuple(one.no for one in answer.characteristics if one.answer != "comply")
    state: CellState = "priced"
    if out_of_it is not None:
        state = "excluded"
    elif not reaches:
        state = "below_minimum"
    elif deviating:
        state = "deviates"
    capacity, months, meets = answer.capacity_per_month, None, None
    if capacity is not None:
        months = asked.months.get((bought, capacity))
        if months is None:
            months = asked.months[bought, capacity] = (bought / capacity).quantize(TWO, ROUND_HALF_EVEN)
        meets = None if asked.peak is None else capacity >= asked.peak
    local, landed, above = answer.local_content, asked.landed, None
    if landed and quote.rupiah is not None:
        above = ((price * quote.rupiah - landed) * HUNDRED / landed).quantize(TWO, ROUND_HALF_EVEN)
    return Cell(
        state,
        None,
        out_of_it,
        unranked,
        minimum,
        bought,
        price,
        total,
        excess,
        tooling,
        pieces,
        per_piece,
        due,
        with_tooling,
        freight,
        payment,
        whole,
        base,
        answer.lead_time_days,
        capacity,
        months,
        meets,
        None if local is None else local.percent,
        None if local is None else local.basis,
        len(deviating),
        deviating,
        None,
        above,
        answer.alternates,
    )
