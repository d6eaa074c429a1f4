"""The arithmetic of a comparison. Pure: opened quotes in, a tab out."""

from collections.abc import Sequence
from decimal import Decimal, localcontext
from typing import Any
from uuid import UUID

import msgspec

from domain import quantity as quantities
from domain.comparison import ranking
from domain.comparison.cells import OUT_OF_IT, TWO, Asked, Quoted, cell, quoted
from domain.comparison.cost import EXACT, ZERO, Assumptions, Conditions, Offer, break_even, conditions, settle
from domain.comparison.landed import RUPIAH, import_reference, landed_unit
from domain.comparison.model import COMPETING, Bid, Cell, Column, Comparison, Row
from domain.errors import Fault, Invalid
from domain.rfqs.model import Line, Rfq

ONCE = Assumptions()


def compare(rfq: Rfq, bids: Sequence[Bid], quantity: Decimal | None, stated: Assumptions = ONCE) -> Comparison:
    """The tab of `bids` under what the buyer states, each line at its own quantity or all at `quantity`.

    Raises Invalid when `quantity` makes no sense in the unit of a line, or a rate contradicts the base currency.
    """
    if quantity is not None:
        for line in rfq.lines:
            if wrong := quantities.fault(quantity, line.unit):
                raise Invalid(
                    f"Line {line.line_no} cannot be compared at this quantity. {wrong}", faults=[Fault("", wrong)]
                )
    settled = settle(stated, rfq)
    with localcontext(EXACT):
        of = [conditions(bid.content, rfq.terms, settled) for bid in bids]
        quotes = [
            quoted(bid, terms, in_rupiah=settled.base_currency == RUPIAH) for bid, terms in zip(bids, of, strict=True)
        ]
        rows = tuple(_row(line, bids, quotes, quantity, settled) for line in rfq.lines)
        columns = _columns(bids, of, rows)
    return Comparison(
        rfq_id=rfq.id, title=rfq.title, quantity=quantity, assumptions=settled, columns=columns, rows=rows
    )


def bands_of(rfq: Rfq, bids: Sequence[Bid]) -> dict[UUID, str]:
    """By quote, its third among the quotes in its own currency: what its supplier is told when the RFQ ends.

    Nobody has stated a rate then, and a quote in another currency is no reason to tell nothing.
    """
    found: dict[UUID, str] = {}
    for currency in {bid.content.currency for bid in bids}:
        alike = [bid for bid in bids if bid.content.currency == currency]
        found |= ranking.bands(compare(rfq, alike, None, Assumptions(base_currency=currency)).columns)
    return found


def _row(
    line: Line, bids: Sequence[Bid], quotes: Sequence[Quoted], quantity: Decimal | None, settled: Assumptions
) -> Row:
    amount = line.quantity if quantity is None else quantity
    landed = landed_unit(line.spec.baseline, settled.handling_percent)
    peak = _peak_month(line, amount)
    asked = Asked(line, amount, peak, landed, {})
    cells = [cell(quote, asked) for quote in quotes]
    places = ranking.ranks(
        {
            place: one.total_cost_base
            for place, one in enumerate(cells)
            if one.state in COMPETING and one.total_cost_base is not None
        }
    )
    for place, rank in places.items():
        msgspec.structs.force_setattr(
            cells[place], "rank", rank
        )  # nobody else has seen it yet, and there are thousands
    flips, leader = _break_even(asked, quotes, places)
    return Row(
        line_no=line.line_no,
        part_number=line.spec.part_number,
        name_id=line.spec.name.id,
        name_en=line.spec.name.en,
        unit=line.unit,
        mass_kg=line.spec.mass_kg,
        quantity_requested=line.quantity,
        quantity=amount,
        peak_month_quantity=peak,
        import_unit_price=landed,
        import_reference=import_reference(line.spec.baseline, amount, settled),
        break_even_quantity=flips,
        break_even_quote_id=None if leader is None else bids[leader].quote_id,
        cells=tuple(cells),
    )


def _peak_month(line: Line, asked: Decimal) -> Decimal | None:
    months: dict[tuple[int, int], Decimal] = {}
    for part in line.spec.schedule:
        month = (part.due_on.year, part.due_on.month)
        months[month] = months.get(month, ZERO) + part.quantity
    if not months:
        return None
    peak = max(months.values())
    return peak if asked == line.quantity else (peak * asked / line.quantity).quantize(TWO)


def _break_even(asked: Asked, quotes: Sequence[Quoted], places: dict[int, int]) -> tuple[Decimal | None, int | None]:
    """(the quantity at which the two cheapest change places, which of them is cheaper from there on)."""
    line = asked.line
    leading = sorted(places, key=lambda place: (places[place], place))[:2]
    if len(leading) < 2:  # noqa: PLR2004
        return None, None
    offers = [Offer(quotes[place].answers[line.line_no], quotes[place].of) for place in leading]
    first, second = offers
    above = break_even(first, second, line, above=asked.quantity)
    if above is not None:
        return above, leading[1]
    below = break_even(second, first, line)
    if below is not None and below <= asked.quantity and below > _first_step(line):
        return below, leading[0]
    return None, None


def _first_step(line: Line) -> Decimal:
    return Decimal(1) if quantities.fault(Decimal("1.5"), line.unit) else Decimal("0.000001")


def _columns(bids: Sequence[Bid], of: Sequence[Conditions], rows: Sequence[Row]) -> tuple[Column, ...]:
    columns = []
    for place, (bid, terms) in enumerate(zip(bids, of, strict=True)):
        cells = [row.cells[place] for row in rows]
        # Of a quote that is out of it, what it asked is shown; else a line it priced at another revision counts for nothing.
        is_out = bid.state in OUT_OF_IT
        priced = [one for one in cells if one.total is not None and (is_out or one.state in COMPETING)]
        lead_times = [one.lead_time_days for one in priced if one.lead_time_days is not None]
        reasons = {one.unranked_reason for one in priced if one.unranked_reason is not None}
        columns.append(
            Column(
                quote_id=bid.quote_id,
                supplier_id=bid.supplier_id,
                supplier_name=bid.supplier_name,
                state=bid.state,
                currency=bid.content.currency,
                rate=terms.rate,
                valid_until=bid.content.valid_until,
                incoterm=bid.content.incoterm,
                delivery_place=bid.content.delivery_place,
                carriage=terms.carriage,
                payment_days=bid.content.payment_days,
                payment_days_used=terms.payment_days,
                lead_time_days=max(lead_times, default=None),
                round=bid.round,
                shortlisted=bid.shortlisted,
                amended=bid.amended,
                minimum_order_value=bid.content.minimum_order_value,
                lines_priced=len(priced),
                lines_below_minimum=sum([one.state == "below_minimum" for one in priced]),
                is_complete=len(priced) == len(rows),
                deviations=sum([one.deviations for one in cells]),
                **_sums(priced),
                rank=None,
                unranked_reason=min(reasons, default=None),
            )
        )
    places = ranking.ranks(
        {
            place: (-column.lines_priced, column.total_cost_base)
            for place, column in enumerate(columns)
            if column.lines_priced and column.total_cost_base is not None and column.state not in OUT_OF_IT
        }
    )
    return tuple(msgspec.structs.replace(column, rank=places.get(place)) for place, column in enumerate(columns))


def _sums(priced: Sequence[Cell]) -> dict[str, Any]:
    """The figures of a column, by name. Most columns are plain: then four of them are one sum, and five are nothing."""
    total = _sum([one.total for one in priced])
    if all(one.total_cost_base is one.total for one in priced):  # as `cell` leaves the plain ones
        return {**_NOTHING, **dict.fromkeys(("total", "total_with_tooling", "total_cost", "total_cost_base"), total)}
    return {
        "total": total,
        "tooling": _sum([one.tooling for one in priced if one.tooling is not None]),
        "total_with_tooling": _sum([one.total_with_tooling for one in priced]),
        "tooling_due": _sum([one.tooling_due for one in priced]),
        "minimum_excess": _sum([one.minimum_excess for one in priced]),
        "freight": _sum([one.freight for one in priced]),
        "payment_terms": _sum([one.payment_terms for one in priced]),
        "total_cost": _sum([one.total_cost for one in priced]),
        "total_cost_base": _sum([one.total_cost_base for one in priced]),
    }


_NOTHING = dict.fromkeys(("tooling", "tooling_due", "minimum_excess", "freight", "payment_terms"), ZERO)


def _sum(values: Sequence[Decimal | None]) -> Decimal | None:
    """The sum, None when one of them is not known."""
    known = [value for value in values if value is not None]
    return sum(known, ZERO) if len(known) == len(values) else None
