"""The arithmetic of a comparison. Pure: opened quotes in, a tab out."""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Any
from uuid import UUID

import msgspec

from domain import quantity as quantities
from domain.comparison import ranking
from domain.comparison.cost import (
    EXACT,
    HUNDRED,
    ZERO,
    Assumptions,
    Conditions,
    Offer,
    break_even,
    conditions,
    least_quantity,
    settle,
    total_cost,
)
from domain.comparison.landed import FOUR, RUPIAH, import_reference, landed_unit
from domain.comparison.model import (
    NOTHING,
    Bid,
    Cell,
    Column,
    Comparison,
    ExcludedReason,
    Row,
    UnrankedReason,
)
from domain.errors import Fault, Invalid
from domain.quotes.model import QuoteLine
from domain.rfqs.model import Line, Rfq

OUT_OF_IT: dict[str, ExcludedReason] = {
    "disqualified": "disqualified",
    "expired": "expired",
    "superseded": "superseded",
}
"""States of a quote that is shown but no longer competes."""
TWO = Decimal("0.01")
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
        answers = [{line.line_no: line for line in bid.content.lines} for bid in bids]
        rows = tuple(
            _row(line, bids, of, [answer.get(line.line_no) for answer in answers], quantity, settled)
            for line in rfq.lines
        )
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
    line: Line,
    bids: Sequence[Bid],
    of: Sequence[Conditions],
    answers: Sequence[QuoteLine | None],
    quantity: Decimal | None,
    settled: Assumptions,
) -> Row:
    asked = line.quantity if quantity is None else quantity
    landed = landed_unit(line.spec.baseline, settled.handling_percent)
    peak = _peak_month(line, asked)
    in_rupiah = settled.base_currency == RUPIAH
    cells = []
    for bid, answer, terms in zip(bids, answers, of, strict=True):
        rate = Decimal(1) if terms.currency == RUPIAH else terms.rate if in_rupiah else None
        cells.append(_cell(bid, answer, line, asked, terms, peak, landed if rate is not None else None, rate))
    places = ranking.ranks(
        {
            place: cell.total_cost_base
            for place, cell in enumerate(cells)
            if cell.competes and cell.total_cost_base is not None
        }
    )
    for place, rank in places.items():
        msgspec.structs.force_setattr(
            cells[place], "rank", rank
        )  # nobody else has seen it yet, and there are thousands
    flips, leader = _break_even(line, asked, answers, of, places)
    return Row(
        line_no=line.line_no,
        part_number=line.spec.part_number,
        name_id=line.spec.name.id,
        name_en=line.spec.name.en,
        unit=line.unit,
        mass_kg=line.spec.mass_kg,
        quantity_requested=line.quantity,
        quantity=asked,
        peak_month_quantity=peak,
        import_unit_price=landed,
        import_reference=import_reference(line.spec.baseline, asked, settled),
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


def _cell(
    bid: Bid,
    answer: QuoteLine | None,
    line: Line,
    asked: Decimal,
    of: Conditions,
    peak: Decimal | None,
    landed: Decimal | None,
    rupiah: Decimal | None,
) -> Cell:
    if answer is None:
        return NOTHING
    if answer.answer == "declined":
        return Cell(state="declined", decline_reason=answer.decline_reason)
    cost = total_cost(answer, line, asked, of)
    assert cost is not None  # noqa: S101  the answer is priced
    out_of_it = OUT_OF_IT.get(bid.state) or (None if line.is_current(answer.line_digest) else "outdated")
    deviating = tuple(given.no for given in answer.characteristics if given.answer != "comply")
    minimum = least_quantity(answer)
    reason: UnrankedReason | None = None
    if cost.total_cost_base is None:
        reason = "no_rate" if of.rate is None else "no_mass"
    more: dict[str, Any] = {}
    if answer.tooling is not None:
        over = answer.tooling.amortised_over_pieces or of.tooling_over or asked
        more["tooling"] = answer.tooling.cost
        more["tooling_pieces"] = answer.tooling.amortised_over_pieces
        more["tooling_per_piece"] = (answer.tooling.cost / over).quantize(FOUR, ROUND_HALF_EVEN)
    if answer.capacity_per_month is not None:
        more["capacity_per_month"] = answer.capacity_per_month
        more["capacity_months"] = (cost.quantity_bought / answer.capacity_per_month).quantize(TWO, ROUND_HALF_EVEN)
        more["capacity_meets_need"] = None if peak is None else answer.capacity_per_month >= peak
    if answer.local_content is not None:
        more["local_content_percent"] = answer.local_content.percent
        more["local_content_basis"] = answer.local_content.basis
    if landed and rupiah is not None:
        difference = (cost.unit_price * rupiah - landed) * HUNDRED / landed
        more["import_difference_percent"] = difference.quantize(TWO, ROUND_HALF_EVEN)
    return Cell(
        state="excluded"
        if out_of_it
        else "below_minimum"
        if asked < minimum
        else "deviates"
        if deviating
        else "priced",
        excluded_reason=out_of_it,
        unranked_reason=None if out_of_it else reason,
        minimum_quantity=minimum,
        quantity_bought=cost.quantity_bought,
        unit_price=cost.unit_price,
        total=cost.total,
        tooling_due=cost.tooling_due,
        total_with_tooling=cost.total + cost.tooling_due,
        minimum_excess=cost.minimum_excess,
        freight=cost.freight,
        payment_terms=cost.payment_terms,
        total_cost=cost.total_cost,
        total_cost_base=cost.total_cost_base,
        lead_time_days=answer.lead_time_days,
        deviations=len(deviating),
        deviating=deviating,
        alternates=answer.alternates,
        **more,
    )


def _break_even(
    line: Line,
    asked: Decimal,
    answers: Sequence[QuoteLine | None],
    of: Sequence[Conditions],
    places: dict[int, int],
) -> tuple[Decimal | None, int | None]:
    """(the quantity at which the two cheapest change places, which of them is cheaper from there on)."""
    leading = sorted(places, key=lambda place: (places[place], place))[:2]
    if len(leading) < 2:  # noqa: PLR2004
        return None, None
    offers = []
    for place in leading:
        answer = answers[place]
        assert answer is not None  # noqa: S101  what has a rank has a price
        offers.append(Offer(answer, of[place]))
    first, second = offers
    above = break_even(first, second, line, above=asked)
    if above is not None:
        return above, leading[1]
    below = break_even(second, first, line)
    if below is not None and below <= asked and below > _first_step(line):
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
        priced = [cell for cell in cells if cell.total is not None and (is_out or cell.competes)]
        lead_times = [cell.lead_time_days for cell in priced if cell.lead_time_days is not None]
        reasons = {cell.unranked_reason for cell in priced if cell.unranked_reason is not None}
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
                lines_below_minimum=sum(cell.state == "below_minimum" for cell in priced),
                is_complete=len(priced) == len(rows),
                deviations=sum(cell.deviations for cell in cells),
                total=_sum(priced, "total"),
                tooling=_sum([cell for cell in priced if cell.tooling is not None], "tooling"),
                total_with_tooling=_sum(priced, "total_with_tooling"),
                tooling_due=_sum(priced, "tooling_due"),
                minimum_excess=_sum(priced, "minimum_excess"),
                freight=_sum_of_known(priced, "freight"),
                payment_terms=_sum(priced, "payment_terms"),
                total_cost=_sum_of_known(priced, "total_cost"),
                total_cost_base=_sum_of_known(priced, "total_cost_base"),
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


def _sum(cells: Sequence[Cell], name: str) -> Decimal:
    return sum((getattr(cell, name) for cell in cells), ZERO)


def _sum_of_known(cells: Sequence[Cell], name: str) -> Decimal | None:
    """The sum, None when one of them is not known."""
    values = [getattr(cell, name) for cell in cells]
    return None if any(value is None for value in values) else sum(values, ZERO)
