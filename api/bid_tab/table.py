"""A comparison as CSV (RFC 4180): one row for each line and quote, in the order of the tab."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from domain.comparison.model import Cell, Column, Comparison, Row
from domain.ids import show, show_optional

BOM = "\ufeff"
"""Without it Excel takes UTF-8 for the code page of the machine; other programs stumble over it."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""With these a spreadsheet takes a text for a formula, or splits it."""

OF_LINE = (
    "line_no",
    "part_number",
    "name_id",
    "name_en",
    "unit",
    "mass_kg",
    "quantity_requested",
    "quantity",
    "peak_month_quantity",
    "import_unit_price",
    "break_even_quantity",
    "break_even_quote_id",
)
OF_QUOTE = (
    "quote_id",
    "supplier_id",
    "supplier_name",
    "quote_state",
    "currency",
    "rate",
    "valid_until",
    "incoterm",
    "delivery_place",
    "carriage",
    "payment_days",
    "payment_days_used",
)
OF_CELL = (
    "state",
    "decline_reason",
    "excluded_reason",
    "unranked_reason",
    "minimum_quantity",
    "quantity_bought",
    "unit_price",
    "total",
    "minimum_excess",
    "tooling",
    "tooling_pieces",
    "tooling_per_piece",
    "tooling_due",
    "total_with_tooling",
    "freight",
    "payment_terms",
    "total_cost",
    "total_cost_base",
    "rank",
    "lead_time_days",
    "capacity_per_month",
    "capacity_months",
    "capacity_meets_need",
    "local_content_percent",
    "local_content_basis",
    "deviations",
    "deviating",
    "import_difference_percent",
)
OF_JUDGEMENT = (
    "round",
    "shortlisted",
    "amended",
    "minimum_order_value",
    "technical_score",
    "price_score",
    "score",
    "score_rank",
    "below_threshold",
)
"""Of the quote too."""
HEADER = ("rfq_id", "base_currency", *OF_LINE, *OF_QUOTE, *OF_CELL, *OF_JUDGEMENT, "alternates_offered")
"""Stable: columns are added at the end only."""


def table(tab: Comparison, *, bom: bool) -> bytes:
    """The file. UTF-8, CRLF, decimals plain; a text that a spreadsheet would calculate has an apostrophe in front."""
    out = io.StringIO(newline="")
    if bom:
        out.write(BOM)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    head = [show("rfq", tab.rfq_id), tab.assumptions.base_currency or ""]
    of_quotes = [
        (list(_of_quote(column)), [_text(getattr(column, name)) for name in OF_JUDGEMENT]) for column in tab.columns
    ]
    for row in tab.rows:
        of_line = list(_of_line(row))
        writer.writerows(
            [*head, *of_line, *of_quote, *_of_cell(cell), *judged, str(len(cell.alternates))]
            for (of_quote, judged), cell in zip(of_quotes, row.cells, strict=True)
        )
    return out.getvalue().encode()


def safe(text: str) -> str:
    """A text as it may stand in a spreadsheet."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _of_line(row: Row) -> Iterator[str]:
    for name in OF_LINE[:-1]:
        yield _text(getattr(row, name))
    yield show_optional("quote", row.break_even_quote_id) or ""


def _of_quote(column: Column) -> Iterator[str]:
    yield show("quote", column.quote_id)
    yield show("organisation", column.supplier_id)
    for name in OF_QUOTE[2:]:
        yield _text(getattr(column, "state" if name == "quote_state" else name))


def _of_cell(cell: Cell) -> Iterator[str]:
    for name in OF_CELL:
        value = getattr(cell, name)
        yield " ".join(map(str, value)) if isinstance(value, tuple) else _text(value)


def _text(value: Decimal | date | int | str | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(value)
