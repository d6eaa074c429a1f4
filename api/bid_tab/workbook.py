"""A comparison as a workbook whose figures follow from its inputs: change an assumption, and every total moves.

Each formula has its value written beside it, so that a program which does not calculate shows the same. Texts of the
parties are written as text and never as a formula or a link. Rows are written in order and leave memory one by one.
"""

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from api.bid_tab.formulas import cell, rounded
from api.bid_tab.layout import (
    BASE,
    CAPITAL,
    FIRST_RATE,
    FREIGHT_PER_KG,
    FREIGHT_PERCENT,
    HANDLING,
    PPH22,
    REFERENCE,
    TOOLING_OVER,
    Styles,
    Writer,
    assumed,
)
from api.bid_tab.lines import lines
from api.bid_tab.summary import summary
from domain.comparison.cost import FORMULAS
from domain.comparison.landed import pph22_percent
from domain.comparison.model import Comparison
from domain.ids import show

MAX_CELLS = 25_000
"""Lines times quotes in one workbook: 400,000 cells of the spreadsheet."""


def workbook(tab: Comparison) -> bytes:
    """The file. At most MAX_CELLS cells, which the caller sees to."""
    # 90 ms that no server should wait for at its start.
    import xlsxwriter  # noqa: PLC0415
    from xlsxwriter.worksheet import Worksheet  # noqa: PLC0415

    class Sheet(Worksheet):  # type: ignore[misc]
        def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002, FBT001, FBT002
            """As it is: the library looks for 28 newer functions in each formula, which takes 3/4 of the whole time."""
            return formula.removeprefix("=")

    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": False,
        },
    ) as book:
        book.set_properties(
            {"title": f"Bid tab {show('rfq', tab.rfq_id)}", "created": datetime.now(UTC).replace(tzinfo=None)}
        )
        book.set_calc_mode("auto")
        styles = Styles(
            title=book.add_format({"bold": True, "font_size": 14}),
            head=book.add_format(
                {"bold": True, "bg_color": "#DDE3EA", "text_wrap": True, "valign": "top", "border": 1}
            ),
            text=book.add_format({"valign": "top"}),
            money=book.add_format({"num_format": "#,##0.00;[Red]-#,##0.00"}),
            price=book.add_format({"num_format": "#,##0.0000"}),
            number=book.add_format({"num_format": "#,##0.######"}),
            day=book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            input=book.add_format({"num_format": "#,##0.##########", "bg_color": "#FFF6D6", "border": 1}),
        )
        names = ("Summary", "Lines", "Assumptions", "Import reference", "Notes")
        sheets = {name: Writer(book.add_worksheet(name, worksheet_class=Sheet)) for name in names}
        summary(sheets["Summary"], tab, styles)
        lines(sheets["Lines"], tab, styles)
        _assumptions(sheets["Assumptions"], tab, styles)
        _imports(sheets["Import reference"], tab, styles)
        _notes(sheets["Notes"], tab, styles)
    return out.getvalue()


def _assumptions(to: Writer, tab: Comparison, styles: Styles) -> None:
    used = tab.assumptions
    to.sheet.set_column(0, 0, 44)
    to.sheet.set_column(1, 1, 22)
    to.sheet.set_column(2, 2, 70)
    to.put(0, 0, "Assumptions of the buyer", styles.title)
    rows: tuple[tuple[int, str, Any, str], ...] = (
        (BASE, "Base currency", used.base_currency, "Totals are compared in it"),
        (TOOLING_OVER, "Tooling over pieces", used.tooling_over, "Where the supplier names none; empty: due at once"),
        (FREIGHT_PERCENT, "Freight, % of goods", used.freight_percent, "Where the buyer bears carriage"),
        (FREIGHT_PER_KG, "Freight, base currency per kg", used.freight_per_kg, "Instead of a percentage"),
        (CAPITAL, "Capital rate, % a year", used.capital_rate_percent, "What paying later is worth"),
        (REFERENCE, "Reference payment days", used.reference_payment_days, "Days that cost nothing"),
        (HANDLING, "Handling, % of CIF", used.handling_percent, "Sheet Import reference"),
        (
            PPH22,
            "PPh 22, % of the import value",
            pph22_percent(used),
            "2.5 with an API, 7.5 without; some goods differ",
        ),
    )
    for row, label, value, note in rows:
        to.put(row, 0, label, styles.head)
        if value is None:
            to.sheet.write_blank(row, 1, None, styles.input)
        else:
            to.put(row, 1, value, styles.input)
        to.put(row, 2, note, styles.text)
    for place, label in enumerate(("Currency", "Base currency for one unit", "On")):
        to.put(FIRST_RATE - 1, place, label, styles.head)
    for place, (code, rate) in enumerate(used.rates.items()):
        to.put(FIRST_RATE + place, 0, code, styles.text)
        to.put(FIRST_RATE + place, 1, rate.rate, styles.input)
        to.put(FIRST_RATE + place, 2, rate.on, styles.day)


IMPORT = (
    "Line",
    "Quantity",
    "Currency",
    "CIF price",
    "Rupiah for one unit",
    "On",
    "Duty %",
    "CIF IDR",
    "Duty IDR",
    "Handling IDR",
    "Landed cost IDR",
    "PPN IDR (cash)",
    "PPh 22 IDR (cash)",
    "Cash out IDR",
)


def _imports(to: Writer, tab: Comparison, styles: Styles) -> None:
    to.sheet.set_column(0, len(IMPORT), 16)
    to.sheet.freeze_panes(2, 1)
    to.put(0, 0, "What the import costs that a quote would replace", styles.title)
    for place, label in enumerate(IMPORT):
        to.put(1, place, label, styles.head)
    whole = Decimal(1)
    at = 2
    for row in tab.rows:
        found = row.import_reference
        if found is None:
            continue
        facts = (row.line_no, found.quantity, found.currency, found.cif_price, found.idr_rate, found.idr_rate_on)
        for place, value in enumerate((*facts, found.duty_percent)):
            to.put(at, place, value, styles.day if isinstance(value, date) else styles.number)
        cif = f"{cell(at, 3)}*{cell(at, 4)}*{cell(at, 1)}"
        import_value = f"{cif}*(1+{cell(at, 6)}/100)"
        landed = f"{cell(at, 7)}+{cell(at, 8)}+{cell(at, 9)}"
        figures = (
            (rounded(cif, whole), found.cif),
            (rounded(f"{cif}*{cell(at, 6)}/100", whole), found.duty),
            (rounded(f"{cif}*{assumed(HANDLING)}/100", whole), found.handling),
            (landed, found.landed_cost),
            (f"INT(ROUND({import_value}*12*11/1200,6))", found.ppn),
            (rounded(f"{import_value}*{assumed(PPH22)}/100", whole), found.pph22),
            (f"{cell(at, 10)}+{cell(at, 11)}+{cell(at, 12)}", found.cash_out),
        )
        for place, (text, amount) in enumerate(figures):
            to.formula(at, 7 + place, text, amount, styles.money)
        at += 1


def _notes(to: Writer, tab: Comparison, styles: Styles) -> None:
    to.sheet.set_column(0, 0, 24)
    to.sheet.set_column(1, 1, 120)
    to.put(0, 0, "Notes", styles.title)
    notes = (
        ("Prices", "Each price is that of the break which the quantity reaches; across a break, ask the API again."),
        ("Below the minimum", "The supplier sells no less than the least quantity; what is bought above the need is its excess."),
        ("Carriage", "Incoterms 2020: under C and D rules the seller bears it to the named place, under E and F rules the buyer."),
        ("Taxes", "PPN (PMK 131/2024) and PPh 22 (PMK 34/PMK.010/2017 as amended) are cash, credited later, and no cost."),
        ("Freight", "By the kind that was assumed when this file was made: per cent of the goods, or per kilogram."),
        ("Precision", "The API calculates exactly; a spreadsheet calculates with 15 digits."),
        *FORMULAS.items(),
    )  # fmt: skip
    for row, (about, text) in enumerate(notes, start=2):
        to.put(row, 0, about, styles.head)
        to.put(row, 1, text, styles.text)
    to.put(len(notes) + 3, 0, f"RFQ {show('rfq', tab.rfq_id)}", styles.text)
