"""The sheet Lines: totals and ranks in a block of their own, then for each quote what they are made of."""

from collections.abc import Sequence
from decimal import Decimal

from api.bid_tab.formulas import cell, rounded
from api.bid_tab.layout import (
    BLOCK,
    HEAD,
    IN,
    MASS,
    OF_LINE,
    QUANTITY,
    TOOLING_OVER,
    Styles,
    Writer,
    assumed,
    of_quote,
    start_of,
)
from domain.comparison.cost import smallest
from domain.comparison.model import Cell, Comparison, Row
from domain.ids import show


def lines(to: Writer, tab: Comparison, styles: Styles) -> None:
    """Write the sheet."""
    sheet, quotes = to.sheet, len(tab.columns)
    sheet.freeze_panes(HEAD, 2)
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 2, 20)
    sheet.set_column(3, len(OF_LINE) + 2 * quotes + quotes * len(BLOCK), 14)
    sheet.set_row(HEAD - 1, 45)
    to.put(0, 0, f"Lines of {show('rfq', tab.rfq_id)}", styles.title)
    to.put(1, len(OF_LINE), f"Total cost, {tab.assumptions.base_currency}", styles.head)
    to.put(1, len(OF_LINE) + quotes, "Rank", styles.head)
    for place, column in enumerate(tab.columns):
        to.put(1, start_of(tab, place), f"{column.supplier_name} ({column.currency})", styles.head)
    names = [column.supplier_name for column in tab.columns]
    for place, head in enumerate((*OF_LINE, *names, *names, *(BLOCK * quotes))):
        to.put(HEAD - 1, place, head, styles.head)
    units = [smallest(column.currency) for column in tab.columns]
    base = smallest(tab.assumptions.base_currency or "")
    for number, row in enumerate(tab.rows):
        _line(to, tab, HEAD + number, row, units, base, styles)


def _line(
    to: Writer, tab: Comparison, at: int, row: Row, units: Sequence[Decimal], base: Decimal, styles: Styles
) -> None:
    quotes, first = len(tab.columns), len(OF_LINE)
    to.put(at, 0, row.line_no, styles.number)
    to.put(at, 1, row.part_number, styles.text)
    to.put(at, 2, row.name_en or row.name_id, styles.text)
    to.put(at, 3, row.unit, styles.text)
    to.put(at, QUANTITY, row.quantity, styles.input)
    to.put(at, MASS, row.mass_kg, styles.number)
    to.put(at, 6, row.import_unit_price, styles.price)
    to.put(at, 7, row.break_even_quantity, styles.number)
    totals = f"{cell(at, first, column_fixed=True)}:{cell(at, first + quotes - 1, column_fixed=True)}"
    for place, given in enumerate(row.cells):
        if given.rank is not None:
            whole = cell(at, start_of(tab, place) + IN["Total cost"])
            text = whole if tab.columns[place].rate == 1 else f"{whole}*{of_quote('Base currency for one unit', place)}"
            to.formula(at, first + place, rounded(text, base), given.total_cost_base, styles.money)
    for place, given in enumerate(row.cells):
        if given.rank is not None:
            to.formula(at, first + quotes + place, f"RANK({cell(at, first + place)},{totals},1)", given.rank)
    for place, given in enumerate(row.cells):
        _block(to, tab, at, place, given, units[place], styles)


def _block(to: Writer, tab: Comparison, at: int, place: int, given: Cell, unit: Decimal, styles: Styles) -> None:
    start = start_of(tab, place)

    def here(name: str) -> str:
        return cell(at, start + IN[name])

    def money(name: str, amount: str, value: Decimal | None) -> None:
        to.formula(at, start + IN[name], rounded(amount, unit), value, styles.money)

    to.put(at, start, given.state, styles.text)
    to.put(at, start + IN["Remark"], _remark(given), styles.text)
    if given.total is None:
        return
    quantity, price, bought = cell(at, QUANTITY, column_fixed=True), here("Unit price"), here("Quantity bought")
    to.put(at, start + IN["Unit price"], given.unit_price, styles.price)
    to.put(at, start + IN["Least quantity"], given.minimum_quantity, styles.number)
    to.formula(at, start + IN["Quantity bought"], f"MAX({quantity},{here('Least quantity')})", given.quantity_bought)
    money("Total", f"{price}*{quantity}", given.total)
    money("Minimum excess", f"{price}*({bought}-{quantity})", given.minimum_excess)
    if given.tooling is None:
        to.put(at, start + IN["Tooling due"], 0, styles.money)
    else:
        over = here("Tooling over pieces")
        to.put(at, start + IN["Tooling"], given.tooling, styles.money)
        if given.tooling_pieces is not None:
            to.put(at, start + IN["Tooling over pieces"], given.tooling_pieces, styles.number)
        else:
            pieces = tab.assumptions.tooling_over or 0
            to.formula(at, start + IN["Tooling over pieces"], f"N({assumed(TOOLING_OVER)})", pieces, styles.number)
        money("Tooling due", f"{here('Tooling')}*IF({over}=0,1,MIN({bought}/{over},1))", given.tooling_due)
    goods = f"({here('Total')}+{here('Minimum excess')})"
    if given.freight is None:
        to.put(at, start + IN["Freight"], "not known", styles.text)
    elif tab.assumptions.freight_per_kg is not None and given.total_cost_base is not None:
        mass, rate = cell(at, MASS, column_fixed=True), of_quote("Base currency for one unit", place)
        per_kg = of_quote("Freight used, base currency per kg", place)
        money("Freight", f"N({mass})*{bought}*{per_kg}/{rate}", given.freight)
    else:
        money("Freight", f"{goods}*{of_quote('Freight used, % of goods', place)}/100", given.freight)
    share = of_quote("Payment terms, share of amount", place)
    money("Payment terms", f"({goods}+{here('Tooling due')})*{share}", given.payment_terms)
    if given.total_cost is None:
        to.put(at, start + IN["Total cost"], "not known", styles.text)
    else:
        parts = "+".join(here(name) for name in ("Total", "Minimum excess", "Tooling due", "Freight", "Payment terms"))
        to.formula(at, start + IN["Total cost"], parts, given.total_cost, styles.money)
    to.put(at, start + IN["Lead time, days"], given.lead_time_days, styles.number)
    to.put(at, start + IN["Capacity a month"], given.capacity_per_month, styles.number)
    to.put(at, start + IN["Local content %"], given.local_content_percent, styles.number)


def _remark(given: Cell) -> str:
    parts = [reason for reason in (given.decline_reason, given.excluded_reason, given.unranked_reason) if reason]
    if given.deviating:
        parts.append(f"deviates at {', '.join(map(str, given.deviating))}")
    if given.capacity_meets_need is False:
        parts.append("capacity below the busiest month")
    return "; ".join(parts)
