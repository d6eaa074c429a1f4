"""record_receipt through HTTP: partial counts, each refusal, replay, the race, the last guard in the database."""

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from domain.actors import SYSTEM
from domain.deliveries import sql
from domain.errors import OverReceipt
from domain.ids import new_id, read, show
from domain.orders import sql as orders
from domain.quality import sql as quality
from world import Party, World

Scene = tuple[Party, Party, Any, Any]


async def under_way(world: World, *lots: tuple[int, str, str]) -> Scene:
    """(buyer, supplier, order, despatch of 60 in one lot, or of `lots`)."""
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(buyer, supplier)
    return buyer, supplier, order, await world.despatch(supplier, order, *(lots or ((1, "A", "60"),)))


def body(despatch: Any, *lots: tuple[str, str, str, str], **changes: Any) -> dict[str, Any]:
    """A body for `record_receipt` of (lot, received, short, damaged) of line 1."""
    lines = [
        {"line_no": 1, "lot": lot, "received": received, "short": short, "damaged": damaged}
        for lot, received, short, damaged in lots
    ]
    return {"despatch_id": despatch["id"], "lines": lines, **changes}


async def test_a_despatch_is_counted_in_parts(world: World) -> None:
    buyer, supplier, order, sent = await under_way(world, (1, "A", "60"), (1, "B", "20"))
    path = f"/v1/orders/{order['id']}/receipts"
    at = (datetime.now(UTC) - timedelta(days=2)).replace(microsecond=0)
    counted = body(sent, ("A", "50", "0", "2"), number="LPB-1", received_at=at.isoformat(), note="Wet")
    first = await buyer.post(path, counted, key="once")
    assert first.status_code == 201, first.text
    made = first.json()
    assert (made["state"], made["number"], made["note"]) == ("counted", "LPB-1", "Wet")
    assert made["received_at"] == at.isoformat().replace("+00:00", "Z")
    assert made["lines"] == [{"line_no": 1, "lot": "A", "received": "50", "short": "0", "damaged": "2"}]
    assert made["inspection_id"].startswith("ins_")
    again = await buyer.post(path, counted, key="once")
    assert (again.content, again.headers["idempotent-replayed"]) == (first.content, "true")
    assert (await buyer.post(path, body(sent, ("A", "1", "0", "0")), key="once")).status_code == 422
    partly = await supplier.done("GET", f"/v1/despatches/{sent['id']}")
    assert (partly["state"], [line["received"] for line in partly["lines"]]) == ("despatched", ["50", "0"])
    rest = await buyer.done("POST", path, body(sent, ("A", "9", "1", "0"), ("B", "20", "0", "0")))
    whole = await supplier.done("GET", f"/v1/despatches/{sent['id']}")
    assert (whole["state"], [line["short"] for line in whole["lines"]]) == ("received", ["1", "0"])
    line = (await supplier.done("GET", f"/v1/orders/{order['id']}"))["lines"][0]
    assert (line["despatched"], line["received"], line["short"], line["despatchable"]) == ("80", "79", "1", "21")
    found = (await supplier.done("GET", path))["items"]
    assert [item["id"] for item in found] == [made["id"], rest["id"]]
    page = await buyer.done("GET", f"{path}?limit=1")
    assert [item["id"] for item in page["items"]] == [made["id"]]
    page = await buyer.done("GET", f"{path}?limit=1&after={page['next_cursor']}")
    assert ([item["id"] for item in page["items"]], page["next_cursor"]) == ([rest["id"]], None)
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await orders.get(tx, read("order", order["id"])))
        await world.replays(await sql.get_despatch(tx, read("despatch", sent["id"])))
        for item in found:
            key = read("receipt", item["id"])
            await world.replays(await sql.get_receipt(tx, key))
            inspection = await quality.inspection_of(tx, key)
            assert inspection is not None
            await world.replays(inspection)
    types = [event.type for event in await world.feed(supplier, subject_id=read("despatch", sent["id"]))]
    assert types == ["despatch.created", "despatch.partly_received", "despatch.received"]


async def test_what_never_arrived_is_not_inspected(world: World) -> None:
    buyer, supplier, order, sent = await under_way(world)
    receipt = await buyer.done("POST", f"/v1/orders/{order['id']}/receipts", body(sent, ("A", "0", "60", "0")))
    assert receipt["inspection_id"] is None
    path = f"/v1/receipts/{receipt['id']}/inspections"
    assert (await supplier.done("GET", path))["items"] == []
    nothing = {"lines": [{"line_no": 1, "lot": "A", "accepted": "1"}]}
    assert (await buyer.post(path, nothing)).json()["code"] == "over_inspection"
    assert (await supplier.post(path, nothing)).json()["code"] == "forbidden"
    line = (await supplier.done("GET", f"/v1/orders/{order['id']}"))["lines"][0]
    assert (line["short"], line["received"], line["despatchable"]) == ("60", "0", "100"), "it may be sent again"


@pytest.mark.parametrize(
    ("lots", "status", "code", "pointers"),
    [
        ([("Z", "1", "0", "0")], 422, "invalid", ["/lines/0"]),
        ([("A", "0", "0", "0")], 422, "invalid", ["/lines/0"]),
        ([("A", "1.5", "0", "0")], 422, "invalid", ["/lines/0/received"]),
        ([("A", "1", "-1", "0")], 422, "invalid", ["/lines/0/short", "/lines/0"]),
        ([("A", "2", "-1", "0")], 422, "invalid", ["/lines/0/short"]),
        ([("A", "1", "0", "2")], 422, "invalid", ["/lines/0/damaged"]),
        ([("A", "1", "0", "0"), ("A", "1", "0", "0")], 422, "invalid", ["/lines/1/lot"]),
        ([("A", "61", "0", "0")], 409, "over_receipt", ["/lines/0"]),
        ([("A", "60", "1", "0")], 409, "over_receipt", ["/lines/0"]),
        ([], 422, "invalid_body", ["/lines"]),
    ],
)
async def test_a_receipt_that_does_not_fit(
    world: World, lots: list[tuple[str, str, str, str]], status: int, code: str, pointers: list[str]
) -> None:
    buyer, _, order, sent = await under_way(world)
    response = await buyer.post(f"/v1/orders/{order['id']}/receipts", body(sent, *lots))
    assert (response.status_code, response.json()["code"]) == (status, code), response.text
    assert [error["pointer"] for error in response.json()["errors"]] == pointers
    assert (await buyer.done("GET", f"/v1/orders/{order['id']}/receipts"))["items"] == []


@pytest.mark.parametrize("at", ["2999-01-01T00:00:00Z", "2001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00"])
async def test_goods_were_received_in_the_recent_past(world: World, at: str) -> None:
    buyer, _, order, sent = await under_way(world)
    counted = body(sent, ("A", "1", "0", "0"), received_at=at)
    response = await buyer.post(f"/v1/orders/{order['id']}/receipts", counted)
    assert (response.status_code, response.json()["errors"][0]["pointer"]) == (422, "/received_at")


async def test_who_may_not_and_when(world: World) -> None:
    buyer, supplier, order, sent = await under_way(world)
    rival = await world.party("buyer")
    path, counted = f"/v1/orders/{order['id']}/receipts", body(sent, ("A", "60", "0", "0"))
    assert (await rival.post(path, counted)).status_code == 404
    assert (await supplier.post(path, counted)).json()["code"] == "forbidden"
    reader = await world.key(buyer.organisation_id, "reader", scopes=["orders:read"])
    assert (await reader.post(path, counted)).json()["code"] == "scope_missing"
    assert (await world.http.post(path, json=counted)).status_code == 401
    assert (await buyer.post(path, counted, key="")).json()["code"] == "idempotency_key_required"
    for unknown in (show("despatch", new_id()), "dsp_x", order["id"]):
        assert (await buyer.post(path, counted | {"despatch_id": unknown})).status_code == 404
    other = await world.order(buyer, supplier)
    astray = await buyer.post(f"/v1/orders/{other['id']}/receipts", counted)
    assert (astray.status_code, astray.json()["code"]) == (404, "not_found"), "a despatch of another order"
    await buyer.done("POST", path, counted)
    twice = await buyer.post(path, counted)
    assert (twice.status_code, twice.json()["code"], twice.json()["state"]) == (409, "wrong_state", "received")
    withdrawn = await world.despatch(supplier, order, (1, "B", "5"))
    await supplier.done("POST", f"/v1/despatches/{withdrawn['id']}/cancel")
    assert (await buyer.post(path, body(withdrawn, ("B", "5", "0", "0")))).json()["state"] == "cancelled"


async def test_counts_at_once_do_not_exceed_the_despatch(world: World) -> None:
    buyer, supplier, order, sent = await under_way(world)
    path = f"/v1/orders/{order['id']}/receipts"
    *counts, cancelled = await asyncio.gather(
        *(buyer.post(path, body(sent, ("A", "20", "0", "0"))) for _ in range(5)),
        supplier.post(f"/v1/despatches/{sent['id']}/cancel"),
    )
    line = (await buyer.done("GET", f"/v1/orders/{order['id']}"))["lines"][0]
    if cancelled.is_success:
        assert [answer.status_code for answer in counts] == [409] * 5
        assert (line["despatched"], line["received"]) == ("0", "0")
    else:
        assert sorted(answer.status_code for answer in counts) == [201] * 3 + [409] * 2
        assert (line["despatched"], line["received"]) == ("60", "60")


async def test_the_database_refuses_what_a_rule_would_let_pass(world: World) -> None:
    _, _, _, sent = await under_way(world)
    with pytest.raises(OverReceipt):
        async with world.services.db.transaction(SYSTEM) as tx:
            before = await sql.get_despatch(tx, read("despatch", sent["id"]))
            line = replace(before.lines[0], received=Decimal(60), short=Decimal(1))
            await sql.save_despatch(tx, before, replace(before, version=2, lines=(line,)))


async def test_goods_on_the_way_are_counted_though_the_order_is_complete(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(buyer, supplier, over_delivery_percent="10")
    sent, late, lost = [
        await world.despatch(supplier, order, (1, lot, quantity))
        for lot, quantity in (("A", "100"), ("B", "5"), ("C", "5"))
    ]
    receipt = await world.receipt(buyer, sent)
    found = {"lines": [{"line_no": 1, "lot": "A", "accepted": "100"}]}
    await buyer.done("POST", f"/v1/receipts/{receipt['id']}/inspections", found)
    assert (await buyer.done("GET", f"/v1/orders/{order['id']}"))["state"] == "completed"
    receipt = await world.receipt(buyer, late)
    found = {"lines": [{"line_no": 1, "lot": "B", "accepted": "4", "rejected": "1"}]}
    await buyer.done("POST", f"/v1/receipts/{receipt['id']}/inspections", found)
    await supplier.done("POST", f"/v1/despatches/{lost['id']}/cancel")
    now = await buyer.done("GET", f"/v1/orders/{order['id']}")
    line = now["lines"][0]
    assert (now["state"], line["accepted"], line["despatched"], line["open"]) == ("completed", "104", "105", "0")
    more = {"number": "SJ-X", "lines": [{"line_no": 1, "lot": "D", "quantity": "1"}]}
    assert (await supplier.post(f"/v1/orders/{order['id']}/despatches", more)).json()["state"] == "completed"
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await orders.get(tx, read("order", order["id"])))
