"""create_despatch through HTTP: the story, each refusal, replay, the race, the last guard in the database."""

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from domain.actors import SYSTEM
from domain.deliveries import sql as deliveries
from domain.errors import OverDespatch, OverInspection, OverReceipt, Refusal
from domain.ids import read
from domain.orders import sql as orders
from world import World


def body(number: str = "SJ-1", *lots: tuple[int, str, str], **changes: Any) -> dict[str, Any]:
    """A body for `create_despatch`; 60 of line 1 when no lots are given."""
    lines = [{"line_no": no, "lot": lot, "quantity": quantity} for no, lot, quantity in lots or ((1, "L1", "60"),)]
    return {"number": number, "lines": lines, **changes}


async def test_the_first_despatch_sets_the_order_going(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(buyer, supplier, quantities=("100", "50"))
    path = f"/v1/orders/{order['id']}/despatches"
    eta = datetime.now(UTC).replace(hour=2, minute=0, second=0, microsecond=0) + timedelta(days=30)
    sent = body("SJ-7", (1, "A", "40"), (1, "B", "20"), (2, "A", "5"), carrier="JNE", packages=3)
    sent |= {
        "vehicle": "N 1234 AB",
        "eta": eta.isoformat().replace("02:00:00+00:00", "09:00:00+07:00"),
        "note": "Top up",
    }
    sent["lines"][0]["heat_number"] = "H-99"
    first = await supplier.post(path, sent, key="once")
    made = first.json()
    assert first.status_code == 201, first.text
    assert first.headers["location"] == f"/v1/despatches/{made['id']}"
    assert first.headers["etag"] == made["etag"] == '"1"'
    assert (made["state"], made["number"], made["carrier"], made["packages"]) == ("despatched", "SJ-7", "JNE", 3)
    assert made["eta"] == eta.isoformat().replace("+00:00", "Z")
    assert [line["heat_number"] for line in made["lines"]] == ["H-99", None, None]
    again = await supplier.post(path, sent, key="once")
    assert (again.content, again.headers["idempotent-replayed"]) == (first.content, "true")
    other = await supplier.post(path, body("SJ-8"), key="once")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert await buyer.done("GET", f"/v1/despatches/{made['id']}") == made | {"allowed_actions": ["record_receipt"]}
    now = await buyer.done("GET", f"/v1/orders/{order['id']}")
    assert (now["state"], [line["despatched"] for line in now["lines"]]) == ("in_progress", ["60", "5"])
    assert [line["despatchable"] for line in now["lines"]] == ["40", "45"]
    await world.despatch(supplier, order, (1, "C", "1"))
    key = read("order", order["id"])
    types = [event.type for event in await world.feed(buyer, subject_id=key)]
    assert types[2:] == ["order.started", "order.quantities_despatched", "order.quantities_despatched"]
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await orders.get(tx, key))
        await world.replays(await deliveries.get_despatch(tx, read("despatch", made["id"])))


@pytest.mark.parametrize(
    ("sent", "code", "pointers"),
    [
        (body("S", (9, "A", "1")), "invalid", ["/lines/0/line_no"]),
        (body("S", (1, "A", "0")), "invalid", ["/lines/0/quantity"]),
        (body("S", (1, "A", "1.5")), "invalid", ["/lines/0/quantity"]),
        (body("S", (1, "A", "1"), (1, "A", "1")), "invalid", ["/lines/1/lot"]),
        (body("S", eta="2001-01-01T00:00:00Z"), "invalid", ["/eta"]),
        (body("S", eta="0001-01-01T00:00:00+14:00"), "invalid", ["/eta"]),
        (body("S", lines=[]), "invalid_body", ["/lines"]),
        (body("S", lines=body()["lines"] * 201), "invalid_body", ["/lines"]),
        (body(""), "invalid_body", ["/number"]),
        (body("S", packages=0), "invalid_body", ["/packages"]),
    ],
)
async def test_a_despatch_that_does_not_fit(world: World, sent: dict[str, Any], code: str, pointers: list[str]) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(buyer, supplier)
    response = await supplier.post(f"/v1/orders/{order['id']}/despatches", sent)
    assert (response.status_code, response.json()["code"]) == (422, code), response.text
    assert [error["pointer"] for error in response.json()["errors"]] == pointers


async def test_no_more_than_ordered_with_its_tolerance(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(buyer, supplier, over_delivery_percent="5")
    path = f"/v1/orders/{order['id']}/despatches"
    over = await supplier.post(path, body("S", (1, "A", "60"), (1, "B", "46")))
    assert (over.status_code, over.json()["code"]) == (409, "over_despatch")
    assert "105 that are left" in over.json()["detail"]
    assert (await supplier.done("GET", f"/v1/orders/{order['id']}"))["state"] == "acknowledged", "nothing changed"
    await world.despatch(supplier, order, (1, "A", "60"), (1, "B", "45"))
    seen = await supplier.done("GET", f"/v1/orders/{order['id']}")
    assert [item["code"] for item in seen["blocked_actions"]] == ["over_despatch"]
    assert (await supplier.post(path, body("S", (1, "C", "1")))).json()["code"] == "over_despatch"


async def test_what_is_weighed_is_sent_in_fractions(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(buyer, supplier, quantities=("2.5",), line={"unit": "KGM"}, over_delivery_percent="10")
    assert order["lines"][0]["tolerance"] == "0.25"
    sent = await world.despatch(supplier, order, (1, "A", "2.750000"))
    assert sent["lines"][0]["quantity"] == "2.75"
    receipt = await world.receipt(buyer, sent)
    found = {"lines": [{"line_no": 1, "lot": "A", "accepted": "2.5", "rejected": "0.25"}]}
    await buyer.done("POST", f"/v1/receipts/{receipt['id']}/inspections", found)
    now = await buyer.done("GET", f"/v1/orders/{order['id']}")
    assert (now["state"], now["lines"][0]["accepted"], now["lines"][0]["rejected"]) == ("completed", "2.5", "0.25")
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await orders.get(tx, read("order", order["id"])))


async def test_a_delivery_note_has_one_number(world: World) -> None:
    buyer, supplier, rival = [await world.party(role) for role in ("buyer", "supplier", "supplier")]
    first, second = await world.order(buyer, supplier), await world.order(buyer, supplier)
    await supplier.done("POST", f"/v1/orders/{first['id']}/despatches", body("SJ-1", (1, "A", "1")))
    taken = await supplier.post(f"/v1/orders/{second['id']}/despatches", body("SJ-1", (1, "A", "1")))
    assert (taken.status_code, taken.json()["code"]) == (409, "duplicate")
    other = await world.order(buyer, rival)
    await rival.done("POST", f"/v1/orders/{other['id']}/despatches", body("SJ-1", (1, "A", "1")))


async def test_who_may_not_and_when(world: World) -> None:
    buyer, supplier, rival = [await world.party(role) for role in ("buyer", "supplier", "supplier")]
    order = await world.order(buyer, supplier, acknowledged=False)
    path = f"/v1/orders/{order['id']}/despatches"
    early = await supplier.post(path, body())
    assert (early.status_code, early.json()["code"]) == (409, "wrong_state")
    assert early.json()["allowed_actions"] == ["acknowledge_order", "reject_order"]
    assert (await rival.post(path, body())).status_code == 404
    assert (await buyer.post(path, body())).json()["code"] == "forbidden"
    reader = await world.key(supplier.organisation_id, "reader", scopes=["orders:read"])
    assert (await reader.post(path, body())).json()["code"] == "scope_missing"
    assert (await world.http.post(path, json=body())).status_code == 401
    assert (await supplier.post(path, body(), key="")).json()["code"] == "idempotency_key_required"


async def test_despatches_at_once_do_not_exceed_the_order(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(buyer, supplier)
    path = f"/v1/orders/{order['id']}/despatches"
    answers = await asyncio.gather(*(supplier.post(path, body(f"SJ-{no}", (1, "A", "30"))) for no in range(8)))
    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [409] * 5
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"over_despatch"}
    assert (await buyer.done("GET", f"/v1/orders/{order['id']}"))["lines"][0]["despatched"] == "90"


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"despatched": "101"}, OverDespatch),
        ({"received": "61"}, OverReceipt),
        ({"received": "60", "accepted": "61"}, OverInspection),
    ],
)
async def test_the_database_refuses_what_a_rule_would_let_pass(
    world: World, change: dict[str, str], refusal: type[Refusal]
) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(buyer, supplier)
    await world.despatch(supplier, order, (1, "A", "60"))
    with pytest.raises(refusal):
        async with world.services.db.transaction(SYSTEM) as tx:
            before = await orders.lock(tx, read("order", order["id"]))
            line = replace(before.lines[0], **{name: Decimal(value) for name, value in change.items()})
            await orders.save(tx, before, replace(before, version=before.version + 1, lines=(line,)))
