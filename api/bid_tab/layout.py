"""Where things stand in the workbook, and how they are written there."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from api.bid_tab.formulas import cell
from domain.comparison.model import Comparison

# Sheet `Assumptions`, counted from 0: where the formulas find what is assumed.
BASE, TOOLING_OVER, FREIGHT_PERCENT, FREIGHT_PER_KG, CAPITAL, REFERENCE, HANDLING, PPH22 = range(2, 10)
FIRST_RATE = 13
# Sheet `Summary`: rows with what is the same for every line of a quote.
SUMMARY = (
    "Supplier",
    "Quote",
    "State",
    "Currency",
    "Base currency for one unit",
    "Valid until",
    "Incoterms rule",
    "Place",
    "Carriage borne by",
    "Payment days",
    "Freight used, % of goods",
    "Freight used, base currency per kg",
    "Payment terms, share of amount",
    "Longest lead time, days",
    "Lines priced",
    "Lines below the minimum",
    "Deviations",
    "Total, own currency",
    "Minimum excess",
    "Tooling due",
    "Freight",
    "Payment terms",
    "Total cost, own currency",
    "Total cost, base currency",
    "Ranked",
    "Rank",
    "Technical score",
    "Price score",
    "Score",
    "Rank by score",
    "Below a threshold",
    "Round",
    "Shortlisted",
    "Counter-offer agreed",
    "Minimum order value",
)
TOP = 2
AT = {name: TOP + place for place, name in enumerate(SUMMARY)}
SUMMED = {
    "Total, own currency": ("Total", "total"),
    "Minimum excess": ("Minimum excess", "minimum_excess"),
    "Tooling due": ("Tooling due", "tooling_due"),
    "Freight": ("Freight", "freight"),
    "Payment terms": ("Payment terms", "payment_terms"),
    "Total cost, own currency": ("Total cost", "total_cost"),
}
# Sheet `Lines`: what stands before the matrix, and the block of each quote behind it.
OF_LINE = ("Line", "Part", "Name", "Unit", "Quantity", "Mass kg", "Landed import IDR", "Break-even quantity")
BLOCK = (
    "State",
    "Unit price",
    "Least quantity",
    "Quantity bought",
    "Total",
    "Minimum excess",
    "Tooling",
    "Tooling over pieces",
    "Tooling due",
    "Freight",
    "Payment terms",
    "Total cost",
    "Lead time, days",
    "Capacity a month",
    "Local content %",
    "Remark",
)
IN = {name: place for place, name in enumerate(BLOCK)}
QUANTITY, MASS = 4, 5
HEAD = 3
"""The first row of lines."""


class Styles(NamedTuple):
    """Formats of the workbook."""

    title: Any
    head: Any
    text: Any
    money: Any
    price: Any
    number: Any
    day: Any
    input: Any


class Writer:
    """One sheet, written from top to bottom. Text goes out as text whatever it begins with."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet

    def put(self, row: int, column: int, value: Decimal | date | float | str | None, style: Any = None) -> None:
        """A value; nothing for None and the empty text."""
        if value is None or value == "":
            return
        if isinstance(value, str):
            self.sheet.write_string(row, column, value, style)
        elif isinstance(value, date):
            self.sheet.write_datetime(row, column, datetime(value.year, value.month, value.day, tzinfo=None), style)  # noqa: DTZ001
        else:
            self.sheet.write_number(row, column, float(value), style)

    def formula(self, row: int, column: int, text: str, value: Decimal | float | str | None, style: Any = None) -> None:
        """A formula with the value that it has."""
        kept: Any = "" if value is None else value if isinstance(value, str) else float(value)
        self.sheet.write_formula(row, column, f"={text}", style, kept)


def assumed(row: int) -> str:
    """The address of an assumption, from any sheet."""
    return f"Assumptions!{cell(row, 1, row_fixed=True, column_fixed=True)}"


def of_quote(name: str, place: int) -> str:
    """The address of what the sheet Summary says of a quote, from any sheet."""
    return f"Summary!{cell(AT[name], 1 + place, row_fixed=True)}"


def start_of(tab: Comparison, place: int) -> int:
    """The first column of a quote's block: behind the lines, the totals and the ranks."""
    return len(OF_LINE) + 2 * len(tab.columns) + place * len(BLOCK)
