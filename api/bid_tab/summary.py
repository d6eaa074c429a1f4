"""The sheet Summary: one column for each quote, its totals as formulas over the sheet Lines."""

from datetime import date
from decimal import Decimal
from typing import Any

from api.bid_tab.formulas import cell, span
from api.bid_tab.layout import (
    AT,
    CAPITAL,
    FIRST_RATE,
    FREIGHT_PER_KG,
    FREIGHT_PERCENT,
    HEAD,
    IN,
    OF_LINE,
    REFERENCE,
    SUMMED,
    TOP,
    Styles,
    Writer,
    assumed,
    start_of,
)
from domain.comparison.cells import OUT_OF_IT
from domain.comparison.model import Column, Comparison
from domain.ids import show


def summary(to: Writer, tab: Comparison, styles: Styles) -> None:
    """Write the sheet."""
    sheet = to.sheet
    sheet.freeze_panes(TOP + 1, 1)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, max(len(tab.columns), 1), 20)
    to.put(0, 0, tab.title, styles.title)
    for name, row in AT.items():
        to.put(row, 0, name, styles.head)
        for place, column in enumerate(tab.columns):
            _summary_cell(to, tab, name, row, place, column, styles)
    bottom = TOP + len(AT) + 1
    to.put(
        bottom,
        0,
        f"Base currency {tab.assumptions.base_currency}. Amounts exclude PPN. Assumptions: sheet Assumptions.",
    )


def _summary_cell(to: Writer, tab: Comparison, name: str, row: int, place: int, column: Column, styles: Styles) -> None:
    at = 1 + place
    if name in SUMMED:
        head, member = SUMMED[name]
        value = getattr(column, member)
        to.formula(row, at, _sum(tab, place, head, value), _shown(value), styles.money)
    elif name == "Total cost, base currency":
        value = column.total_cost_base
        first = len(OF_LINE) + place
        of_lines = f"Lines!{span(HEAD, first, HEAD + max(len(tab.rows), 1) - 1, first)}"
        shown = f"SUM({of_lines})" if column.rank is not None else None
        if shown is None:
            to.put(row, at, "" if value is None else value, styles.money)
        else:
            to.formula(row, at, shown, value, styles.money)
    elif name == "Rank":
        if column.rank is not None:
            to.formula(row, at, _rank(tab, place), column.rank, styles.number)
        else:
            to.put(row, at, column.unranked_reason or "not ranked", styles.text)
    elif name in _CONDITIONS:
        text, value = _condition(tab, name, place, column)
        if text is None:
            to.put(row, at, value, styles.number)
        else:
            to.formula(row, at, text, value, styles.number)
    else:
        value = _FACTS[name](column)
        style = styles.day if isinstance(value, date) else styles.head if name == "Supplier" else styles.text
        to.put(row, at, value, style)


_FACTS: dict[str, Any] = {
    "Supplier": lambda column: column.supplier_name,
    "Quote": lambda column: show("quote", column.quote_id),
    "State": lambda column: column.state,
    "Currency": lambda column: column.currency,
    "Valid until": lambda column: column.valid_until,
    "Incoterms rule": lambda column: column.incoterm,
    "Place": lambda column: column.delivery_place,
    "Carriage borne by": lambda column: column.carriage,
    "Payment days": lambda column: column.payment_days_used,
    "Longest lead time, days": lambda column: column.lead_time_days,
    "Lines priced": lambda column: column.lines_priced,
    "Lines below the minimum": lambda column: column.lines_below_minimum,
    "Deviations": lambda column: column.deviations,
    "Ranked": lambda column: 0 if column.rank is None else 1,
    "Technical score": lambda column: column.technical_score,
    "Price score": lambda column: column.price_score,
    "Score": lambda column: column.score,
    "Rank by score": lambda column: column.score_rank,
    "Below a threshold": lambda column: _yes(column.below_threshold),
    "Round": lambda column: column.round,
    "Shortlisted": lambda column: _yes(column.shortlisted),
    "Counter-offer agreed": lambda column: _yes(column.amended),
    "Minimum order value": lambda column: column.minimum_order_value,
}


def _yes(value: bool) -> str:  # noqa: FBT001  a cell's text
    return "yes" if value else "no"


_CONDITIONS = frozenset(
    {
        "Base currency for one unit",
        "Freight used, % of goods",
        "Freight used, base currency per kg",
        "Payment terms, share of amount",
    }
)


def _condition(
    tab: Comparison, name: str, place: int, column: Column
) -> tuple[str | None, Decimal | float | str | None]:
    """(formula, value); no formula where the value is given."""
    used = tab.assumptions
    carriage = cell(AT["Carriage borne by"], 1 + place, row_fixed=True)
    mine = column.carriage == "buyer"
    if name == "Base currency for one unit":
        codes = list(used.rates)
        if column.currency == used.base_currency:
            return None, 1
        if column.rate is None:
            return None, "no rate"
        return (
            f"Assumptions!{cell(FIRST_RATE + codes.index(column.currency), 1, column_fixed=True, row_fixed=True)}",
            column.rate,
        )
    if name == "Freight used, % of goods":
        value = (used.freight_percent or 0) if mine else 0
        return f'IF({carriage}="buyer",N({assumed(FREIGHT_PERCENT)}),0)', value
    if name == "Freight used, base currency per kg":
        value = (used.freight_per_kg or 0) if mine else 0
        return f'IF({carriage}="buyer",N({assumed(FREIGHT_PER_KG)}),0)', value
    days = cell(AT["Payment days"], 1 + place, row_fixed=True)
    behind = column.payment_days_used - (used.reference_payment_days or 0)
    share = -float(used.capital_rate_percent) * behind / 36500
    return f"-{assumed(CAPITAL)}/100*({days}-{assumed(REFERENCE)})/365", share


def _sum(tab: Comparison, place: int, head: str, value: Decimal | None) -> str:
    """The sum over the lines of one quote; those that it priced at another revision are left out, unless all are out."""
    if value is None:
        return '""'
    last = HEAD + max(len(tab.rows), 1) - 1
    start = start_of(tab, place)
    figures = f"Lines!{span(HEAD, start + IN[head], last, start + IN[head])}"
    if tab.columns[place].state in OUT_OF_IT:
        return f"SUM({figures})"
    states = f"Lines!{span(HEAD, start, last, start)}"
    return f'SUMIF({states},"<>excluded",{figures})'


def _rank(tab: Comparison, place: int) -> str:
    last = len(tab.columns)
    row = AT["Total cost, base currency"]
    ranked, lines = (span(AT[name], 1, AT[name], last) for name in ("Ranked", "Lines priced"))
    totals, mine = span(row, 1, row, last), cell(row, 1 + place)
    priced = cell(AT["Lines priced"], 1 + place)
    return f"1+SUMPRODUCT({ranked}*(({lines}>{priced})+({lines}={priced})*({totals}<{mine})))"


def _shown(value: Decimal | None) -> Decimal | str:
    return "" if value is None else value
