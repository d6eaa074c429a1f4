"""import_lines through HTTP: a sheet becomes lines, or every faulty cell is named and nothing changes."""

import io
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest

from api.line_import.table import MAX_BYTES, XLSX
from world import Party, World

HEADINGS = ["No", "Part number", "Nama", "Qty", "Satuan", "Proses", "Tanggal kirim", "Harga target", "Rev"]
GOOD = [10, "P-1", "Poros", 100, "H87", "turning_cnc; drilling", date(2027, 3, 1), 12500.5, "B"]


def workbook(*rows: list[Any], sheet: str = "Lines~1") -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    hidden = book.create_sheet("Hidden")
    hidden.sheet_state = "hidden"
    page = book.create_sheet(sheet)
    for row in rows:
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def send(buyer: Party, rfq: Any, content: bytes | str, query: str = "", **more: Any) -> Any:
    content_type = "text/csv" if isinstance(content, str) else XLSX
    headers = {"content-type": content_type, **more.pop("headers", {})}
    body = content.encode() if isinstance(content, str) else content
    more.setdefault("etag", rfq["etag"])
    return await buyer.post(f"/v1/rfqs/{rfq['id']}/lines/import{query}", body, headers=headers, **more)


def cells(report: Any) -> dict[str, str]:
    return {fault["cell"]: fault["value"] for fault in report["faults"]}


async def test_a_workbook_becomes_the_lines_of_a_draft(world: World) -> None:
    buyer = await world.party("buyer")
    draft = await world.draft(buyer)
    content = workbook(HEADINGS, GOOD, [], [20, 4711, "Bos", "2", "KGM"])
    looked = await send(buyer, draft, content, "?dry_run=true", key="k")
    assert (looked.status_code, looked.headers["preference-applied"]) == (200, "dry-run")
    assert (looked.json()["rows"], looked.json()["lines"], looked.json()["faults"]) == (2, 2, [])
    assert (await buyer.done("GET", f"/v1/rfqs/{draft['id']}"))["etag"] == draft["etag"]
    done = await send(buyer, draft, content, key="k")
    again = await send(buyer, draft, content, key="k")
    assert (done.status_code, again.headers["idempotent-replayed"], again.content) == (200, "true", done.content)
    other = await send(buyer, draft, workbook(HEADINGS, GOOD), key="k")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    rfq = await buyer.done("GET", f"/v1/rfqs/{draft['id']}")
    assert done.headers["etag"] == done.json()["etag"] == rfq["etag"]
    first, second = rfq["lines"]
    assert (first["line_no"], first["part_number"], first["quantity"], first["target_price"]) == (
        10,
        "P-1",
        "100",
        "12500.5",
    )
    assert (first["processes"], first["drawing_revision"]) == (["turning_cnc", "drilling"], "B")
    assert first["schedule"] == [{"due_on": "2027-03-01", "quantity": "100", "certainty": "firm"}]
    assert (second["line_no"], second["part_number"], second["unit"]) == (20, "4711", "KGM")
    written = await world.owner.fetchval("SELECT count(*) FROM event WHERE organisation_id = $1", buyer.organisation_id)
    assert written == 2


async def test_every_faulty_cell_is_named(world: World) -> None:
    buyer = await world.party("buyer")
    draft = await world.draft(buyer)
    content = workbook(
        [*HEADINGS, "Warna", "Qty"],
        GOOD,
        [20, None, "x" * 300, "1.250", "PCX", "no_such; drilling", "01/03/2027", "=1/0", "B"],
        ["a", "P-3", "Bos", "0", "H87", "turning_cnc", "2027-13-01", "-5", True],
        [10, "P-4", "Bos", 1.5, "H87", None, None, "x"],
        [30, "P-5", "Bos", 1, "H87", None, None, 1, "r" * 41],
    )
    wanted = {
        "J1": "Warna",
        "K1": "Qty",
        "B3": None,
        "C3": "x" * 59 + "…",
        "D3": "1.250",
        "E3": "PCX",
        "F3": "no_such; drilling",
        "G3": "01/03/2027",
        "H3": "=1/0",
        "A4": "a",
        "D4": "0",
        "G4": "2027-13-01",
        "H4": "-5",
        "I4": "True",
        "A5": "10",
        "D5": "1.5",
        "H5": "x",
        "I6": "r" * 41,
    }
    looked = await send(buyer, draft, content, headers={"prefer": "dry-run"})
    assert looked.status_code == 200, looked.text
    assert cells(looked.json()) == wanted
    for fault in looked.json()["faults"]:
        assert (fault["sheet"], fault["cell"]) == ("Lines~1", f"{fault['column']}{fault['row']}")
        assert fault["detail"]
    assert {fault["heading"] for fault in looked.json()["faults"]} == {*HEADINGS, "Warna"}
    refused = await send(buyer, draft, content)
    assert (refused.status_code, refused.json()["code"]) == (422, "import_refused")
    assert [error["pointer"] for error in refused.json()["errors"]] == [
        f"/Lines~01/{fault['cell']}" for fault in looked.json()["faults"]
    ]
    assert (await buyer.done("GET", f"/v1/rfqs/{draft['id']}"))["etag"] == draft["etag"]


async def test_what_is_missing_is_named(world: World) -> None:
    buyer = await world.party("buyer")
    draft = await world.draft(buyer)
    looked = await send(buyer, draft, "Nama;Qty;\nPoros;1;x\n;2\n", "?dry_run=true")
    assert cells(looked.json()) == {"D1": None, "E1": None, "C2": "x", "A3": None}
    assert (looked.json()["etag"], looked.json()["lines"]) == (
        draft["etag"],
        1,
    )  # nothing was made of what was stood in


@pytest.mark.parametrize(
    ("content", "query", "quantity"),
    [
        ("\ufeffpart number;name;qty;uom\nP;Poros;12,5;KGM\n", "", "12.5"),
        ('part number,name,qty,uom\nP,Poros,"1,250.5",KGM\n', "", "1250.5"),
        ("part number\tname\tqty\tuom\nP\tPoros\t1.250.000\tKGM\n", "", "1250000"),
        ("part number;name;qty;uom\nP;Poros;0,125;KGM\n", "", "0.125"),
        ("part number;name;qty;uom\nP;Poros;1.250;KGM\n", "?decimal=comma", "1250"),
        ("part number;name;qty;uom\nP;Poros;1.250;KGM\n", "?decimal=point", "1.25"),
        ("part number;name;qty;uom\r\nP;Poros;1.250;KGM\r\n", "", None),
        ("part number;name;qty;uom\nP;Poros;1,2,3;KGM\n", "", None),
        ("part number;name;qty;uom\nP;Poros;1e3;KGM\n", "", None),
    ],
)
async def test_numbers_count_when_they_mean_one_thing(
    world: World, content: str, query: str, quantity: str | None
) -> None:
    buyer = await world.party("buyer")
    draft = await world.draft(buyer)
    answer = await send(buyer, draft, content, query)
    if quantity is None:
        assert [error["pointer"] for error in answer.json()["errors"]] == ["/CSV/C2"]
        return
    assert answer.status_code == 200, answer.text
    line = (await buyer.done("GET", f"/v1/rfqs/{draft['id']}"))["lines"][0]
    assert (line["line_no"], line["quantity"]) == (1, quantity)


async def test_lines_come_behind_those_of_the_draft(world: World) -> None:
    buyer = await world.party("buyer")
    draft = await world.draft(buyer, lines=2)
    taken = await send(buyer, draft, "No;Part;Nama;Qty;Sat\n3;P;N;1;H87\n2;P;N;1;H87\n", "?mode=append")
    assert [error["pointer"] for error in taken.json()["errors"]] == ["/CSV/A3"]
    done = await send(buyer, draft, "Part;Nama;Qty;Sat\nP;N;1;H87\nP;N;1;H87\n", "?mode=append")
    assert (done.json()["rows"], done.json()["lines"]) == (2, 4)
    rfq = await buyer.done("GET", f"/v1/rfqs/{draft['id']}")
    assert [line["line_no"] for line in rfq["lines"]] == [1, 2, 3, 4]
    many = "Part;Nama;Qty;Sat\n" + "P;N;1;H87\n" * 498
    over = await send(buyer, rfq, many, "?mode=append")
    assert (over.status_code, over.json()["code"]) == (422, "invalid")


async def test_codes_of_the_buyers_own_system_are_read(world: World) -> None:
    buyer = await world.party("buyer")
    draft = await world.draft(buyer)
    sent = "Part;Nama;Qty;Sat\nP;N;1;PC\n"
    assert [error["pointer"] for error in (await send(buyer, draft, sent)).json()["errors"]] == ["/CSV/D2"]
    mapping = {"system": "SAP", "kind": "unit", "external": "PC", "code": "H87"}
    await buyer.done("PUT", f"/v1/organisations/{buyer.id}/code-mappings", {"mappings": [mapping]})
    assert (await send(buyer, draft, sent)).status_code == 200
    assert (await buyer.done("GET", f"/v1/rfqs/{draft['id']}"))["lines"][0]["unit"] == "H87"


async def test_who_may_and_when(world: World) -> None:
    buyer, other = await world.parties("buyer", "buyer")
    draft = await world.draft(buyer)
    sent = "Part;Nama;Qty;Sat\nP;N;1;H87\n"
    hidden = await send(other, draft, sent)
    assert (hidden.status_code, hidden.json()["code"]) == (404, "not_found")
    stale = await send(buyer, draft, sent, etag='"7"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    published = await buyer.done("POST", f"/v1/rfqs/{draft['id']}/publish")
    late = await send(buyer, published, sent)
    assert (late.status_code, late.json()["code"]) == (409, "wrong_state")


async def test_a_line_with_documents_is_not_lost(world: World) -> None:
    buyer = await world.party("buyer")
    draft = await world.draft(buyer, lines=2)
    file = await buyer.done(
        "POST", "/v1/files?name=a.pdf", b"%PDF-1.7 x", headers={"content-type": "application/octet-stream"}
    )
    await buyer.done(
        "POST", f"/v1/rfqs/{draft['id']}/documents", {"file_id": file["id"], "kind": "drawing", "line_no": 2}
    )
    rfq = await buyer.done("GET", f"/v1/rfqs/{draft['id']}")
    refused = await send(buyer, rfq, "Part;Nama;Qty;Sat\nP;N;1;H87\n")
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
    assert "Keep line 2" in refused.text


def without_value() -> bytes:
    """A workbook with a formula that nobody calculated: openpyxl writes none of its values."""
    return workbook(["Part", "Nama", "Qty", "Sat"], ["P", "N", "=1+1", "H87"])


async def test_a_formula_without_a_value_is_a_fault(world: World) -> None:
    buyer = await world.party("buyer")
    draft = await world.draft(buyer)
    looked = await send(buyer, draft, without_value(), "?dry_run=true")
    assert cells(looked.json()) == {"C2": "=1+1"}
    assert "without a value" in looked.json()["faults"][0]["detail"]


def bomb() -> bytes:
    """A workbook whose texts unpack to more than they may."""
    out = io.BytesIO(workbook(HEADINGS, GOOD))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"xl/media/{number}.txt", (f"{number:07}" * 80_000 + "\n") * 13)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        ("", "file_refused", "empty"),
        ("Part;Nama;Qty;Sat\n", "file_refused", "nothing below"),
        ('Part;Nama;Qty;Sat\n"P;N;1;H87\n', "file_refused", "line 2"),
        ("Part\0;Nama\n", "file_refused", "NUL"),
        ("Part;Nama;Qty;Sat\n" + "P;N;1;H87\n" * 501, "file_refused", "500 rows"),
        ("Part;Nama;Qty;Sat\nP;N;1;H87" + ";" * 61 + "x\n", "file_refused", "beyond column BL"),
        (b"PK\x03\x04nothing", "file_refused", "archive"),
        (workbook(["Part"])[:-30], "file_refused", "archive"),
        (bomb(), "file_refused", "unpacks to more than"),
    ],
)
async def test_what_is_no_table_is_refused(world: World, content: bytes | str, code: str, says: str) -> None:
    buyer = await world.party("buyer")
    draft = await world.draft(buyer)
    refused = await send(buyer, draft, content, "?dry_run=true")
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert says in refused.json()["detail"]


async def test_the_body_is_bounded_and_of_the_kind_it_says(world: World) -> None:
    buyer = await world.party("buyer")
    draft = await world.draft(buyer)
    large = await send(buyer, draft, "x" * (MAX_BYTES + 1))
    assert (large.status_code, large.json()["code"]) == (413, "too_large")
    latin = await send(buyer, draft, "Nama;é\n".encode("latin-1"), headers={"content-type": "text/csv"})
    assert "line 1" in latin.json()["detail"]
    sheet = await send(buyer, draft, workbook(HEADINGS, GOOD), "?sheet=Other")
    assert "Lines~1" in sheet.json()["detail"]
