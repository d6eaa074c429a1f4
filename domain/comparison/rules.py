"""The arithmetic of a comparison. Pure: opened quotes in, a tab out."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from domain import money
from domain import quantity as quantities
from domain.comparison.model import NOTHING, Bid, Cell, Column, Comparison, Exclusion, Row
from domain.errors import Fault, Invalid
from domain.quotes.model import QuoteLine, unit_price
from domain.rfqs.model import Baseline, Line, Rfq

OUT_OF_IT: dict[str, Exclusion] = {"disqualified": "disqualified", "expired": "expired", "superseded": "superseded"}
"""States of a quote that is shown but no longer competes."""
RUPIAH = "IDR"
ZERO = Decimal(0)
FOUR = Decimal("0.0001")
TWO = Decimal("0.01")
HUNDRED = Decimal(100)
BANDS = ("top", "middle", "bottom")
"""Thirds of a ranking: what a supplier hears of its own place."""

K = TypeVar("K", bound=Hashable)


def compare(rfq: Rfq, bids: Sequence[Bid], quantity: Decimal | None) -> Comparison:
    """The tab of `bids`, each line at its own quantity or all at `quantity`.

    Raises Invalid when `quantity` makes no sense in the unit of a line.
    """
    if quantity is not None:
        for line in rfq.lines:
            if wrong := quantities.fault(quantity, line.unit):
                raise Invalid(
                    f"Line {line.line_no} cannot be compared at this quantity. {wrong}", faults=[Fault("", wrong)]
                )
    answers = [{line.line_no: line for line in bid.content.lines} for bid in bids]
    smallest = [Decimal(1).scaleb(-money.minor_unit(bid.content.currency)) for bid in bids]
    rows = []
    for line in rfq.lines:
        asked = line.quantity if quantity is None else quantity
        landed = landed_import(line.spec.baseline)
        cells = [
            _cell(bid, answer.get(line.line_no), line, asked, unit, landed)
            for bid, answer, unit in zip(bids, answers, smallest, strict=True)
        ]
        rows.append(
            Row(
                line_no=line.line_no,
                part_number=line.spec.part_number,
                name_id=line.spec.name.id,
                name_en=line.spec.name.en,
                unit=line.unit,
                quantity_requested=line.quantity,
                quantity=asked,
                import_unit_price=landed,
                cells=_ranked(cells, bids),
            )
        )
    return Comparison(rfq_id=rfq.id, quantity=quantity, columns=_columns(bids, rows), rows=tuple(rows))


def landed_import(baseline: Baseline | None) -> Decimal | None:
    """What one imported unit costs in rupiah with duty; None when the line is no import."""
    value = None if baseline is None else baseline.idr_unit_value
    if baseline is None or value is None:
        return None
    return (value * (HUNDRED + (baseline.duty_percent or ZERO)) / HUNDRED).quantize(FOUR, ROUND_HALF_EVEN)


def bands(columns: Iterable[Column]) -> dict[UUID, str]:
    """By quote, the third of the ranking that it stands in. Quotes without a rank are left out."""
    places = {column.quote_id: (column.currency, column.rank) for column in columns if column.rank is not None}
    found = {}
    for quote_id, (currency, rank) in places.items():
        competing = sum(1 for other, _ in places.values() if other == currency)
        found[quote_id] = BANDS[(rank - 1) * len(BANDS) // competing]
    return found


def _cell(
    bid: Bid, answer: QuoteLine | None, line: Line, asked: Decimal, smallest: Decimal, landed: Decimal | None
) -> Cell:
    if answer is None:
        return NOTHING
    if answer.answer == "declined":
        return Cell(state="declined", decline_reason=answer.decline_reason)
    excluded = OUT_OF_IT.get(bid.state) or (None if line.is_current(answer.line_digest) else "outdated")
    shown: dict[str, Any] = {
        "state": "excluded" if excluded else "priced",
        "excluded_reason": excluded,
        "minimum_quantity": max(answer.breaks[0].min_quantity, answer.minimum_order_quantity or ZERO),
        "lead_time_days": answer.lead_time_days,
        "deviations": sum(1 for given in answer.characteristics if given.answer != "comply"),
        "alternates": answer.alternates,
    }
    price = unit_price(answer, asked)
    if price is None:
        return Cell(below_minimum=True, **shown)
    total = (price * asked).quantize(smallest, ROUND_HALF_EVEN)
    once, per_piece, due = _tooling(answer, asked)
    difference = None
    if landed and bid.content.currency == RUPIAH:
        difference = ((price - landed) * HUNDRED / landed).quantize(TWO, ROUND_HALF_EVEN)
    return Cell(
        unit_price=price,
        total=total,
        tooling=once,
        tooling_per_piece=per_piece,
        total_with_tooling=total + due.quantize(smallest, ROUND_HALF_EVEN),
        import_difference_percent=difference,
        **shown,
    )


def _tooling(answer: QuoteLine, asked: Decimal) -> tuple[Decimal | None, Decimal | None, Decimal]:
    """(whole cost, cost per piece, what falls due with `asked` pieces)."""
    tooling = answer.tooling
    if tooling is None:
        return None, None, ZERO
    spread = tooling.amortised_over_pieces
    if spread is None:
        return tooling.cost, (tooling.cost / asked).quantize(FOUR, ROUND_HALF_EVEN), tooling.cost
    # Pieces beyond those that the tooling is spread over carry none of it.
    due = tooling.cost * min(asked, Decimal(spread)) / spread
    return tooling.cost, (tooling.cost / spread).quantize(FOUR, ROUND_HALF_EVEN), due


def _ranked(cells: Sequence[Cell], bids: Sequence[Bid]) -> tuple[Cell, ...]:
    ranks = _ranks(
        {
            place: (bid.content.currency, (cell.total_with_tooling,))
            for place, (cell, bid) in enumerate(zip(cells, bids, strict=True))
            if cell.state == "priced" and cell.total_with_tooling is not None
        }
    )
    return tuple(
        msgspec.structs.replace(cell, rank=ranks[place]) if place in ranks else cell for place, cell in enumerate(cells)
    )


def _ranks(keys: Mapping[K, tuple[str, tuple[Decimal, ...]]]) -> dict[K, int]:
    """Competition ranks (1, 2, 2, 4) by the second half of each value, within each first half."""
    groups: dict[str, list[tuple[tuple[Decimal, ...], K]]] = {}
    for thing, (group, key) in keys.items():
        groups.setdefault(group, []).append((key, thing))
    found = {}
    for members in groups.values():
        members.sort(key=lambda member: member[0])
        last, rank = None, 0
        for place, (key, thing) in enumerate(members, start=1):
            if key != last:
                last, rank = key, place
            found[thing] = rank
    return found


def _columns(bids: Sequence[Bid], rows: Sequence[Row]) -> tuple[Column, ...]:
    columns = []
    for place, bid in enumerate(bids):
        cells = [row.cells[place] for row in rows]
        # Nothing can be bought at a price that was not confirmed: it is shown in its cell, and in no sum.
        priced = [
            cell
            for cell in cells
            if cell.total is not None and cell.total_with_tooling is not None and cell.excluded_reason != "outdated"
        ]
        lead_times = [cell.lead_time_days for cell in priced if cell.lead_time_days is not None]
        columns.append(
            Column(
                quote_id=bid.quote_id,
                supplier_id=bid.supplier_id,
                supplier_name=bid.supplier_name,
                state=bid.state,
                currency=bid.content.currency,
                valid_until=bid.content.valid_until,
                incoterm=bid.content.incoterm,
                delivery_place=bid.content.delivery_place,
                payment_days=bid.content.payment_days,
                lead_time_days=max(lead_times, default=None),
                lines_priced=len(priced),
                round=bid.round,
                shortlisted=bid.shortlisted,
                amended=bid.amended,
                minimum_order_value=bid.content.minimum_order_value,
                is_complete=len(priced) == len(rows),
                deviations=sum(cell.deviations for cell in cells),
                total=sum((cell.total for cell in priced if cell.total is not None), ZERO),
                tooling=sum((cell.tooling for cell in priced if cell.tooling is not None), ZERO),
                total_with_tooling=sum(
                    (cell.total_with_tooling for cell in priced if cell.total_with_tooling is not None), ZERO
                ),
                rank=None,
            )
        )
    ranks = _ranks(
        {
            place: (column.currency, (Decimal(-column.lines_priced), column.total_with_tooling))
            for place, column in enumerate(columns)
            if column.lines_priced and column.state not in OUT_OF_IT
        }
    )
    return tuple(msgspec.structs.replace(column, rank=ranks.get(place)) for place, column in enumerate(columns))
