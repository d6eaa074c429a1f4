"""Reading a bid tab's workbook: its figures beside those of the JSON."""

import io
from decimal import Decimal
from typing import Any

import openpyxl

from api.bid_tab.layout import AT, BLOCK, HEAD, OF_LINE
from world import Party

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OF_CELL = {
    "Unit price": "unit_price",
    "Quantity bought": "quantity_bought",
    "Total": "total",
    "Minimum excess": "minimum_excess",
    "Tooling due": "tooling_due",
    "Freight": "freight",
    "Payment terms": "payment_terms",
    "Total cost": "total_cost",
}
OF_QUOTE = {
    "Total, own currency": "total",
    "Minimum excess": "minimum_excess",
    "Tooling due": "tooling_due",
    "Freight": "freight",
    "Payment terms": "payment_terms",
    "Total cost, own currency": "total_cost",
    "Total cost, base currency": "total_cost_base",
}
IMPORT = ("cif", "duty", "handling", "landed_cost", "ppn", "pph22", "cash_out")


async def download(buyer: Party, path: str) -> bytes:
    """The workbook behind a comparison's path."""
    answer = await buyer.get(path, headers={"accept": XLSX})
    assert answer.status_code == 200, answer.text
    return answer.content


def same(shown: Any, expected: str | int | None) -> bool:
    """Whether a cell's value is the figure of the JSON; text or nothing where that is null."""
    if expected is None:
        return shown is None or isinstance(shown, str)
    return isinstance(shown, (int, float)) and abs(Decimal(str(shown)) - Decimal(expected)) < Decimal("0.00001")


def compare_with_json(content: bytes, tab: Any) -> int:
    """Assert that every figure in the file is that of `tab`; how many there were."""
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    summary, lines, imports = book["Summary"], book["Lines"], book["Import reference"]
    quotes, checked = len(tab["columns"]), 0

    def check(shown: Any, expected: str | int | None, where: object) -> None:
        nonlocal checked
        assert same(shown, expected), (where, shown, expected)
        checked += expected is not None

    for place, column in enumerate(tab["columns"]):
        for name, member in OF_QUOTE.items():
            check(summary.cell(AT[name] + 1, place + 2).value, column[member], (name, place))
        check(summary.cell(AT["Rank"] + 1, place + 2).value, column["rank"], ("rank", place))
    for number, row in enumerate(tab["rows"]):
        at = HEAD + number + 1
        for place, cell in enumerate(row["cells"]):
            total, rank = len(OF_LINE) + place + 1, len(OF_LINE) + quotes + place + 1
            check(lines.cell(at, rank).value, cell["rank"], ("rank", number, place))
            ranked = cell["total_cost_base"] if cell["rank"] else None
            check(lines.cell(at, total).value, ranked, ("base", number, place))
            start = len(OF_LINE) + 2 * quotes + place * len(BLOCK) + 1
            assert lines.cell(at, start).value == cell["state"]
            for name, member in OF_CELL.items():
                check(lines.cell(at, start + BLOCK.index(name)).value, cell[member], (name, number, place))
    shown = {row[0].value: row[7:14] for row in imports.iter_rows(min_row=3) if row[0].value is not None}
    for row in tab["rows"]:
        if row["import_reference"] is not None:
            for place, name in enumerate(IMPORT):
                check(shown[row["line_no"]][place].value, row["import_reference"][name], name)
    return checked
