"""What a quote says besides prices: totals, alternates, attachments, a minimum order value; and what was sealed before."""

import hashlib
from typing import Any

import msgspec
import pytest

from domain.ids import read
from domain.quotes import envelope
from domain.sealing import canonical, commitment
from world import Party, World

PDF = b"%PDF-1.7\nsertifikat\n"


async def upload(party: Party, content: bytes = PDF) -> Any:
    response = await party.request(
        "POST", "/v1/files?name=mill.pdf", content=content, headers={"content-type": "application/octet-stream"}
    )
    return response.json()


def attached(file: Any, **changes: Any) -> dict[str, Any]:
    return {"file_id": file["id"], "kind": "certificate", "label": "Mill certificate", **changes}


async def test_we_compute_the_totals_and_refuse_others(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer, lines=2)
    lines = world.quote_body(rfq, "73194.6251")["lines"]
    lines[1] = {"line_no": 2, "breaks": [{"min_quantity": "200", "unit_price": "1"}], "minimum_order_quantity": "200"}
    lines[0]["stated_total"] = "7319463"
    path = f"/v1/rfqs/{rfq['id']}/quotes"
    draft = await supplier.done("POST", path, world.quote_body(rfq, lines=lines, stated_total="7319462"))
    assert draft["totals"] == {
        "computed_total": "7319463",
        "lines": [
            {"line_no": 1, "quantity": "100", "unit_price": "73194.6251", "computed_total": "7319463"},
            {"line_no": 2, "quantity": "100", "unit_price": None, "computed_total": None},
        ],
    }
    mine = f"/v1/quotes/{draft['id']}"
    wrong = await supplier.post(f"{mine}/submit")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "invalid")
    assert [error["pointer"] for error in wrong.json()["errors"]] == ["/stated_total"]
    assert "/totals/computed_total" in wrong.json()["errors"][0]["detail"]
    assert "73194" not in repr((wrong.json()["detail"], wrong.json()["errors"])), "no sealed value in a text"
    lines[0]["stated_total"], lines[1]["stated_total"] = "7319463.0001", "1"
    changed = await supplier.done("PATCH", mine, {"lines": lines, "stated_total": None}, etag=draft["etag"])
    wrong = await supplier.post(f"{mine}/submit")
    assert [error["pointer"] for error in wrong.json()["errors"]] == ["/lines/0/stated_total", "/lines/1/stated_total"]
    assert "/totals/lines/0/computed_total" in wrong.json()["errors"][0]["detail"]
    assert "73194" not in repr((wrong.json()["detail"], wrong.json()["errors"]))
    lines[0]["stated_total"] = "7319463.00"
    del lines[1]["stated_total"]
    body = {"lines": lines, "stated_total": "7319463"}
    await supplier.done("PATCH", mine, body, etag=changed["etag"])
    assert (await supplier.done("POST", f"{mine}/submit"))["state"] == "submitted"
    await world.opened(buyer, rfq)
    assert (await buyer.done("GET", mine))["totals"] == draft["totals"]


async def test_what_no_total_can_hold_is_refused(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer, lines=[world.line(1, quantity="999999999999")])
    refused = await supplier.post(f"/v1/rfqs/{rfq['id']}/quotes", world.quote_body(rfq, "99999999999999.9999"))
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/lines/0/breaks")
    several = await world.rfq(buyer, lines=[world.line(no, quantity="1") for no in (1, 2)])
    refused = await supplier.post(f"/v1/rfqs/{several['id']}/quotes", world.quote_body(several, "90000000000000"))
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/lines")


ALTERNATE = {
    "no": 1, "material": "S50C", "description": "Harder, and on the shelf",
    "breaks": [{"min_quantity": "1", "unit_price": "3"}], "lead_time_days": 5,
}  # fmt: skip


async def test_alternates_inform_and_are_never_the_price(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer, lines=[world.line(1, allow_alternates=True), world.line(2)])
    lines = world.quote_body(rfq, "70")["lines"]
    lines[0]["alternates"] = [ALTERNATE]
    quote = await world.quote(supplier, rfq, lines=lines)
    await world.opened(buyer, rfq)
    tab = await buyer.done("GET", f"/v1/rfqs/{rfq['id']}/comparison")
    cell = tab["rows"][0]["cells"][0]
    assert (cell["unit_price"], cell["total"], cell["alternates"][0]["material"]) == ("70.0000", "7000", "S50C")
    assert tab["columns"][0]["total"] == "14000"
    line = {"line_no": 1, "quantity": "10", "reason": "other"}
    award = await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/awards", {"quote_id": quote["id"], "lines": [line]})
    assert award["lines"][0]["unit_price"] == "70.0000"


NONSENSE = [
    (2, [ALTERNATE], "/lines/1/alternates"),
    (1, [ALTERNATE, ALTERNATE], "/lines/0/alternates"),
    (1, [{"no": 1, "breaks": ALTERNATE["breaks"]}], "/lines/0/alternates/0"),
    (1, [ALTERNATE | {"processes": ["alchemy"]}], "/lines/0/alternates/0/processes/0"),
    (1, [ALTERNATE | {"breaks": [{"min_quantity": "1", "unit_price": "1.23456"}]}],
     "/lines/0/alternates/0/breaks/0/unit_price"),
    (1, [ALTERNATE | {"breaks": [{"min_quantity": "0", "unit_price": "1"}]}],
     "/lines/0/alternates/0/breaks/0/min_quantity"),
]  # fmt: skip


@pytest.mark.parametrize(("line_no", "alternates", "pointer"), NONSENSE, ids=[item[2] for item in NONSENSE])
async def test_alternates_that_make_no_sense(world: World, line_no: int, alternates: Any, pointer: str) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer, lines=[world.line(1, allow_alternates=True), world.line(2)])
    lines = world.quote_body(rfq, "70")["lines"]
    lines[line_no - 1]["alternates"] = alternates
    refused = await supplier.post(f"/v1/rfqs/{rfq['id']}/quotes", world.quote_body(rfq, lines=lines))
    assert (refused.status_code, [error["pointer"] for error in refused.json()["errors"]]) == (422, [pointer])


async def test_an_alternate_has_a_price_and_stands_beside_one(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer, lines=[world.line(1, allow_alternates=True), world.line(2, allow_alternates=True)])
    lines = world.quote_body(rfq, "70")["lines"]
    lines[0]["alternates"] = [ALTERNATE | {"breaks": []}]
    draft = await supplier.done("POST", f"/v1/rfqs/{rfq['id']}/quotes", world.quote_body(rfq, lines=lines))
    gap = await supplier.post(f"/v1/quotes/{draft['id']}/submit")
    assert (gap.json()["code"], gap.json()["errors"][0]["pointer"]) == ("incomplete", "/lines/0/alternates/0/breaks")
    lines[1] = {"line_no": 2, "answer": "declined", "decline_reason": "capacity_full", "alternates": [ALTERNATE]}
    refused = await supplier.request("PATCH", f"/v1/quotes/{draft['id']}", body={"lines": lines}, etag=draft["etag"])
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/lines/1/alternates"]


async def test_attachments_are_the_buyers_to_read_after_the_opening(world: World) -> None:
    buyer, supplier, rival, facilitator = await world.parties("buyer", "supplier", "supplier", "facilitator")
    rfq = await world.rfq(buyer)
    file = await upload(supplier)
    quote = await world.quote(supplier, rfq, attachments=[attached(file)])
    [shown] = quote["content"]["attachments"]
    assert shown == attached(file) | {
        "name": "mill.pdf", "media_type": "application/pdf", "size": len(PDF), "sha256": hashlib.sha256(PDF).hexdigest(),
    }  # fmt: skip
    paths = [f"/v1/files/{file['id']}", f"/v1/files/{file['id']}/content"]
    for party in (buyer, rival, facilitator):
        assert [(await party.get(path)).status_code for path in paths] == [404, 404], party.name
    assert (
        await world.owner.fetchval("SELECT count(*) FROM quote_attachment WHERE file_id = $1", read("file", file["id"]))
        == 0
    )
    await world.opened(buyer, rfq)
    assert (await buyer.get(paths[1])).content == PDF
    assert (await buyer.done("GET", paths[0]))["sha256"] == shown["sha256"]
    other = await world.party("buyer")
    for party in (rival, facilitator, other):
        assert [(await party.get(path)).status_code for path in paths] == [404, 404], party.name
    receipt = (await supplier.done("GET", f"/v1/quotes/{quote['id']}/receipts"))["items"][0]
    opened = (await buyer.done("GET", f"/v1/quotes/{quote['id']}"))["content"]
    assert commitment(canonical(opened), bytes.fromhex(receipt["nonce"])).hex() == receipt["commitment"]
    opened["attachments"][0]["sha256"] = "0" * 64
    assert commitment(canonical(opened), bytes.fromhex(receipt["nonce"])).hex() != receipt["commitment"], "covered"


async def test_only_ones_own_clean_files_are_attached(world: World) -> None:
    buyer, supplier, rival = await world.parties("buyer", "supplier", "supplier")
    rfq = await world.rfq(buyer)
    path, mine = f"/v1/rfqs/{rfq['id']}/quotes", await upload(supplier)
    for file_id in ((await upload(rival))["id"], "fil_" + "0" * 32, "nonsense"):
        body = world.quote_body(rfq, attachments=[attached(mine), attached({"id": file_id})])
        refused = await supplier.post(path, body)
        assert (refused.status_code, [error["pointer"] for error in refused.json()["errors"]]) == (
            422, ["/attachments/1/file_id"],
        )  # fmt: skip
    twice = await supplier.post(path, world.quote_body(rfq, attachments=[attached(mine), attached(mine)]))
    assert (twice.status_code, twice.json()["errors"][0]["pointer"]) == (422, "/attachments")
    await world.owner.execute("UPDATE file SET state = 'scanning' WHERE id = $1", read("file", mine["id"]))
    unclean = await supplier.post(path, world.quote_body(rfq, attachments=[attached(mine)]))
    assert (unclean.status_code, unclean.json()["code"]) == (409, "file_not_clean")
    # What the body says of the file's content is not even a member.
    lie = await supplier.post(path, world.quote_body(rfq, attachments=[attached(mine, sha256="0" * 64)]))
    assert (lie.status_code, lie.json()["code"]) == (422, "invalid_body")


async def test_no_award_below_the_minimum_order_value(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    quote = await world.quote(supplier, rfq, "50", minimum_order_value="1000")
    await world.opened(buyer, rfq)
    tab = await buyer.done("GET", f"/v1/rfqs/{rfq['id']}/comparison")
    assert tab["columns"][0]["minimum_order_value"] == "1000.0000"
    body = {"quote_id": quote["id"], "lines": [{"line_no": 1, "quantity": "19", "reason": "other"}]}
    refused = await buyer.post(f"/v1/rfqs/{rfq['id']}/awards", body)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/lines")
    body["lines"][0]["quantity"] = "20"
    await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/awards", body)


NEWER = ("minimum_order_value", "stated_total", "attachments"), ("alternates", "stated_total")
"""Members that content sealed before them lacks: of the quote, of its lines."""


async def test_what_was_sealed_before_still_opens_reads_and_verifies(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)

    def before(content: Any) -> bytes:
        old = msgspec.json.decode(canonical(content))
        for name in NEWER[0]:
            del old[name]
        for line in old["lines"]:
            for name in NEWER[1]:
                del line[name]
        return canonical(old)

    monkeypatch.setattr(envelope, "canonical", before)
    quote = await world.quote(supplier, rfq, "50")
    monkeypatch.undo()
    assert (await supplier.done("GET", f"/v1/quotes/{quote['id']}"))["content"]["attachments"] == []
    await world.opened(buyer, rfq)
    shown = await buyer.done("GET", f"/v1/quotes/{quote['id']}")
    assert (shown["content"]["stated_total"], shown["content"]["lines"][0]["alternates"]) == (None, [])
    assert shown["totals"]["computed_total"] == "5000"
    row = await world.owner.fetchrow(
        "SELECT content::text AS content, nonce FROM quote_opened WHERE quote_id = $1", read("quote", quote["id"])
    )
    assert row is not None
    kept = msgspec.json.decode(row["content"])
    assert not {*NEWER[0]} & kept.keys(), "nothing was added to what was committed to"
    assert commitment(canonical(kept), row["nonce"]).hex() == quote["commitment"]
    line = {"line_no": 1, "quantity": "1", "reason": "other"}
    await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/awards", {"quote_id": quote["id"], "lines": [line]})
