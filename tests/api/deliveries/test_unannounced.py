"""Goods that came without a despatch, and certificates of lots, through HTTP."""

import uuid
from typing import Any

import pytest
from gated_scene import file_of, gated

from domain.actors import SYSTEM
from domain.deliveries import sql
from domain.ids import read
from domain.orders import sql as orders
from world import Party, World


def body(*lots: tuple[int, str, str], **changes: Any) -> dict[str, Any]:
    """A count without a despatch."""
    return {"lines": [{"line_no": no, "lot": lot, "received": quantity} for no, lot, quantity in lots], **changes}


async def scene(world: World, **changes: Any) -> tuple[Party, Party, Any, str]:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(buyer, supplier, over_delivery_percent="10", **changes)
    return buyer, supplier, order, f"/v1/orders/{order['id']}"


async def test_goods_without_notice_are_counted_inspected_and_followed(world: World) -> None:
    buyer, supplier, order, path = await scene(world)
    first = await buyer.post(f"{path}/receipts", body((1, "A", "30"), (1, "B", "20")), key="once")
    receipt = first.json()
    assert first.status_code == 201, first.text
    assert (
        await buyer.post(f"{path}/receipts", body((1, "A", "30"), (1, "B", "20")), key="once")
    ).content == first.content
    [despatch] = (await supplier.done("GET", f"{path}/despatches"))["items"]
    assert (despatch["id"], despatch["announced"], despatch["state"]) == (receipt["despatch_id"], False, "received")
    assert [(lot["lot"], lot["received"]) for lot in despatch["lines"]] == [("A", "30"), ("B", "20")]
    seen = await supplier.done("GET", path)
    line = seen["lines"][0]
    assert (seen["state"], line["despatched"], line["received"], line["accepted"]) == ("in_progress", "50", "50", "0")
    found = {"lines": [{"line_no": 1, "lot": "A", "accepted": "28", "rejected": "2"}]}
    await buyer.done("POST", f"/v1/receipts/{receipt['id']}/inspections", found)
    assert (await buyer.done("GET", path))["lines"][0]["rejected"] == "2"
    over = await buyer.post(f"{path}/receipts", body((1, "C", "63")))
    assert (over.status_code, over.json()["code"]) == (409, "over_receipt"), "100 + 10 + 2 rejected - 50 under way"
    assert "62 were due" in over.json()["detail"]
    await buyer.done("POST", f"{path}/receipts", body((1, "C", "62")))
    late = {"number": "SJ-1", "lines": [{"line_no": 1, "lot": "A", "quantity": "1"}]}
    assert (await supplier.post(f"{path}/despatches", late)).json()["code"] == "over_despatch", "it was sent already"
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await orders.get(tx, read("order", order["id"])))
        await world.replays(await sql.get_despatch(tx, read("despatch", despatch["id"])))


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [
        (body((2, "A", "1")), "/lines/0/line_no"),
        (body((1, "A", "0")), "/lines/0/received"),
        (body((1, "A", "0.5")), "/lines/0/received"),
        ({"lines": [{"line_no": 1, "lot": "A", "received": "1", "short": "1"}]}, "/lines/0/short"),
        (body((1, "A", "1"), (1, "A", "1")), "/lines/1/lot"),
        ({"lines": [{"line_no": 1, "lot": "A", "received": "1", "damaged": "2"}]}, "/lines/0/damaged"),
        (body((1, "A", "1"), received_at="2001-01-01T00:00:00Z"), "/received_at"),
    ],
)
async def test_a_count_that_does_not_fit_changes_nothing(world: World, sent: dict[str, Any], pointer: str) -> None:
    buyer, _, _, path = await scene(world)
    answer = await buyer.post(f"{path}/receipts", sent)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), answer.text
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert (await buyer.done("GET", f"{path}/despatches"))["items"] == []


async def test_who_may_count_and_when(world: World) -> None:
    buyer, supplier, _, path = await scene(world)
    stranger = await world.party("buyer")
    assert (await supplier.post(f"{path}/receipts", body((1, "A", "1")))).json()["code"] == "forbidden"
    assert (await stranger.post(f"{path}/receipts", body((1, "A", "1")))).status_code == 404
    issued = await world.order(buyer, supplier, acknowledged=False)
    early = await buyer.post(f"/v1/orders/{issued['id']}/receipts", body((1, "A", "1")))
    assert (early.status_code, early.json()["code"]) == (409, "wrong_state")


async def test_the_gate_holds_for_goods_without_notice_too(world: World) -> None:
    buyer, _, order = await gated(world)
    answer = await buyer.post(f"/v1/orders/{order['id']}/receipts", body((1, "A", "1")))
    assert (answer.status_code, answer.json()["code"]) == (409, "first_article_required")


async def test_certificates_of_lots_are_read_by_both_parties(world: World) -> None:
    buyer, supplier, _, path = await scene(world)
    stranger = await world.party("buyer")
    own, theirs = await file_of(supplier, "mill.pdf"), await file_of(stranger, "x.pdf")
    lot = {"line_no": 1, "lot": "A", "quantity": "5", "heat_number": "H-1", "certificates": [own]}
    sent = {"number": f"SJ-{uuid.uuid4().hex[:8]}", "lines": [lot]}
    assert (await buyer.get(f"/v1/files/{own}/content")).status_code == 404
    wrong = await supplier.post(f"{path}/despatches", sent | {"lines": [lot | {"certificates": [theirs]}]})
    assert (wrong.json()["code"], wrong.json()["errors"][0]["pointer"]) == ("invalid", "/lines/0/certificates/0")
    made = await supplier.done("POST", f"{path}/despatches", sent)
    assert made["lines"][0]["certificates"] == [own]
    assert (await buyer.get(f"/v1/files/{own}/content")).status_code == 200
    assert (await stranger.get(f"/v1/files/{own}/content")).status_code == 404
