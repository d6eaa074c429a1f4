"""The bid tab as CSV and as a workbook."""

import csv
import io
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from bid_tab_scene import live
from workbooks import XLSX, compare_with_json, download

from api.bid_tab.table import HEADER
from api.negotiation import accepts_gzip, preferred
from world import World

D = Decimal
ROOT = Path(__file__).parents[3]
JSON = "application/json"
EVIL = ['=HYPERLINK("http://evil.test","x")', "+1+1", "-1", "@SUM(A1)", "\tx", "\rx"]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("text/csv", "text/csv"),
        ("text/*;q=0.9, application/json;q=0.5", "text/csv"),
        ("text/csv, application/json", JSON),
        (f"{JSON};q=0.2, {XLSX}", XLSX),
        ("text/csv;q=0, */*;q=0.1", JSON),
        (f"{JSON};q=0, */*;q=0.1", "text/csv"),
        ("application/problem+json", JSON),
        ("text/csv;q=x, application/json;q=0.1", JSON),
    ],
)
def test_the_preferred_form(accept: str | None, chosen: str) -> None:
    assert preferred(accept, (JSON, "text/csv", XLSX)) == chosen


def test_gzip_is_used_where_it_is_admitted() -> None:
    assert [accepts_gzip(text) for text in (None, "", "gzip", "br, gzip;q=0.5", "*", "gzip;q=0", "br")] == [
        False,
        False,
        True,
        True,
        True,
        False,
        False,
    ]


async def test_a_large_answer_is_packed_and_another_is_not(world: World) -> None:
    scene = await live(world)
    for accept in (JSON, "text/csv"):
        packed = await scene.buyer.get(scene.path, headers={"accept": accept, "accept-encoding": "gzip"})
        plain = await scene.buyer.get(scene.path, headers={"accept": accept, "accept-encoding": "identity"})
        assert packed.content == plain.content
        assert ("content-encoding" in packed.headers, "content-encoding" in plain.headers) == (
            len(plain.content) >= 4096,
            False,
        )
        assert "Accept-Encoding" in packed.headers["vary"]
    workbook = await scene.buyer.get(scene.path, headers={"accept": XLSX, "accept-encoding": "gzip"})
    assert "content-encoding" not in workbook.headers


async def test_the_csv_says_what_the_json_says(world: World) -> None:
    scene = await live(world)
    query = scene.scene.query()
    tab = await scene.tab(query)
    answer = await scene.buyer.get(f"{scene.path}?{query}", headers={"accept": "text/csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == f'attachment; filename="bid-tab-{scene.rfq["id"]}.csv"'
    text = answer.content.decode()
    assert text.count("\r\n") == text.count("\n") == 10
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert tuple(rows[0]) == HEADER
    assert len(rows) == 9
    for place, row in enumerate(rows):
        line, column = tab["rows"][place // 3], tab["columns"][place % 3]
        expected = {
            **{name: value for name, value in line.items() if name in HEADER},
            **{name: value for name, value in column.items() if name in HEADER},
            **{name: value for name, value in line["cells"][place % 3].items() if name in HEADER},
        }
        expected |= {"rfq_id": tab["rfq_id"], "base_currency": "IDR", "quote_state": column["state"], "deviating": ""}
        expected |= {"alternates_offered": 0}
        assert set(expected) == set(HEADER)
        assert row == {name: _plain(value) for name, value in expected.items()}
    marked = await scene.buyer.get(f"{scene.path}?csv_bom=true", headers={"accept": "text/csv"})
    assert marked.content.startswith(b"\xef\xbb\xbfrfq_id,")
    assert answer.content.startswith(b"rfq_id,")


def _plain(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


async def test_no_text_of_a_party_is_calculated(world: World) -> None:
    buyer = await world.party("buyer")
    lines = [world.line(no, part_number=text.strip() or text, name={"id": text}) for no, text in enumerate(EVIL, 1)]
    rfq = await world.rfq(buyer, lines=lines, title="=1+1")
    for text in EVIL[:4]:
        await world.quote(await world.party("supplier", name=text), rfq, delivery_place=text)
    await world.opened(buyer, rfq)
    path = f"/v1/rfqs/{rfq['id']}/comparison"
    answer = await buyer.get(path, headers={"accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode(), newline="")))
    assert {row["supplier_name"] for row in rows} == {f"'{text}" for text in EVIL[:4]}
    assert {row["name_id"] for row in rows} == {f"'{text}" for text in EVIL}
    # Figures of ours keep their sign.
    assert not any(value.startswith("'") for row in rows for name, value in row.items() if name in {"total", "rank"})
    book = openpyxl.load_workbook(io.BytesIO(await download(buyer, path)))
    texts = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value in {*EVIL, "=1+1"}]
    assert {cell.data_type for cell in texts} <= {"s", "inlineStr"}
    assert {cell.value for cell in texts} >= {*EVIL[:4], "=1+1"}
    assert not any(cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row)


async def test_the_workbook_shows_the_figures_without_being_calculated(world: World) -> None:
    scene = await live(world)
    for query in ("", scene.scene.query(), "freight_per_kg=1500&rates=USD:16813:2026-11-20&has_api=false"):
        tab = await scene.tab(query)
        answer = await scene.buyer.get(f"{scene.path}?{query}", headers={"accept": XLSX})
        assert answer.headers["content-type"] == XLSX
        assert answer.headers["content-disposition"] == f'attachment; filename="bid-tab-{scene.rfq["id"]}.xlsx"'
        assert compare_with_json(answer.content, tab) > 100
        with zipfile.ZipFile(io.BytesIO(answer.content)) as parts:
            assert not [name for name in parts.namelist() if "externalLink" in name or "vba" in name]


async def test_totals_are_formulas(world: World) -> None:
    scene = await live(world)
    book = openpyxl.load_workbook(io.BytesIO(await download(scene.buyer, scene.path)))
    assert book.sheetnames == ["Summary", "Lines", "Assumptions", "Import reference", "Notes"]
    rows = {str(row[0].value): [cell.value for cell in row[1:4]] for row in book["Summary"].iter_rows()}
    for name in ("Total, own currency", "Tooling due", "Freight", "Payment terms", "Total cost, own currency"):
        assert all(str(value).startswith("=SUMIF(Lines!") for value in rows[name]), name
    ranked = [str(value).startswith("=1+SUMPRODUCT(") for value in rows["Rank"]]
    assert ranked == [True, True, False]  # dollars without a rate
    formulas = sum(str(cell.value).startswith("=") for row in book["Lines"].iter_rows() for cell in row)
    assert formulas > 60


async def test_the_workbook_of_every_kind_of_cell(world: World) -> None:
    buyer = await world.party("buyer")
    lines = [world.line(no, characteristics=[{"no": 1, "name": "diameter"}]) for no in (1, 2, 3)]
    rfq = await world.rfq(buyer, lines=lines)
    price = {"breaks": [{"min_quantity": "1", "unit_price": "70.5"}]}
    mixed = [
        {"line_no": 1, **price, "characteristics": [{"no": 1, "answer": "cannot"}]},
        {"line_no": 2, "answer": "declined", "decline_reason": "capacity_full"},
        {"line_no": 3, **price, "minimum_order_quantity": "301"},
    ]
    await world.quote(await world.party("supplier"), rfq, lines=mixed)
    out = await world.quote(await world.party("supplier"), rfq, "50")
    await world.quote(await world.party("supplier"), rfq, "0.0051", currency="USD")
    await world.quote(await world.party("supplier"), rfq, "70.5")
    await world.opened(buyer, rfq)
    await buyer.done("POST", f"/v1/quotes/{out['id']}/disqualify", {"reason": "specification_not_met"})
    path = f"/v1/rfqs/{rfq['id']}/comparison"
    for query in ("", "freight_per_kg=10", "rates=USD:13824:2026-11-20&capital_rate_percent=7"):
        tab = await buyer.done("GET", f"{path}?{query}")
        states = {cell["state"] for row in tab["rows"] for cell in row["cells"]}
        assert states == {"deviates", "declined", "below_minimum", "excluded", "priced"}
        assert compare_with_json(await download(buyer, f"{path}?{query}"), tab) > 50
    nobody = await world.rfq(buyer)
    await world.opened(buyer, nobody)
    empty = f"/v1/rfqs/{nobody['id']}/comparison"
    assert compare_with_json(await download(buyer, empty), await buyer.done("GET", empty)) == 0
    answer = await buyer.get(empty, headers={"accept": "text/csv"})
    assert answer.content.decode() == ",".join(HEADER) + "\r\n"


def test_the_server_starts_without_the_library_for_workbooks() -> None:
    loads = "import sys, api.app; assert not {'xlsxwriter', 'openpyxl'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", loads], check=True, cwd=ROOT)
