"""record_inspection through HTTP: parts by lot, claims, completion, each refusal, replay, the race, the last guard."""

import asyncio
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from domain.actors import SYSTEM
from domain.errors import OverInspection
from domain.ids import read
from domain.nonconformances import sql as nonconformances
from domain.orders import sql as orders
from domain.quality import sql
from world import Party, World

Scene = tuple[Party, Party, Any, Any]
CHARACTERISTICS = [{"no": no, "name": "diameter", "nominal": "8"} for no in (3, 7)]


async def arrived(world: World, *lots: tuple[int, str, str], **changes: Any) -> Scene:
    """(buyer, supplier, order of 100, receipt of 60 in one lot, or of `lots`)."""
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(buyer, supplier, **changes)
    sent = await world.despatch(supplier, order, *(lots or ((1, "A", "60"),)))
    return buyer, supplier, order, await world.receipt(buyer, sent)


def body(*lots: tuple[str, str, str], line_no: int = 1, **changes: Any) -> dict[str, Any]:
    """A body for `record_inspection` of (lot, accepted, rejected)."""
    lines = [
        {"line_no": line_no, "lot": lot, "accepted": accepted, "rejected": rejected} for lot, accepted, rejected in lots
    ]
    return {"lines": lines, **changes}


async def test_an_inspection_is_recorded_in_parts(world: World) -> None:
    buyer, supplier, order, receipt = await arrived(
        world, (1, "A", "60"), (1, "B", "10"), line={"characteristics": CHARACTERISTICS}
    )
    path = f"/v1/receipts/{receipt['id']}/inspections"
    [pending] = (await buyer.done("GET", path))["items"]
    assert (pending["id"], pending["state"]) == (receipt["inspection_id"], "pending")
    assert (pending["allowed_actions"], pending["recordings"]) == (["record_inspection"], [])
    part = body(("A", "20", "3"), inspector="Sari", note="Bore gauge 4")
    part["lines"][0]["defects"] = [
        {"characteristic_no": 7, "code": "dimension_out_of_tolerance", "quantity": "2"},
        {"code": "burr", "quantity": "3", "note": "At the slot"},
    ]
    first = await buyer.post(path, part, key="once", etag=pending["etag"])
    assert first.status_code == 200, first.text
    made = first.json()
    assert (made["id"], made["state"], made["etag"]) == (pending["id"], "pending", '"2"')
    assert [(lot["lot"], lot["accepted"], lot["rejected"], lot["open"]) for lot in made["lots"]] == [
        ("A", "20", "3", "37"),
        ("B", "0", "0", "10"),
    ]
    [recording] = made["recordings"]
    assert (recording["inspector"], recording["note"]) == ("Sari", "Bore gauge 4")
    assert [defect["code"] for defect in recording["lines"][0]["defects"]] == ["dimension_out_of_tolerance", "burr"]
    again = await buyer.post(path, part, key="once", etag=pending["etag"])
    assert (again.content, again.headers["idempotent-replayed"]) == (first.content, "true")
    assert (await buyer.post(path, body(("A", "1", "0")), key="once")).status_code == 422
    done = await buyer.done("POST", path, body(("A", "37", "0"), ("B", "8", "2")))
    assert (done["state"], done["allowed_actions"], len(done["recordings"])) == ("done", [], 2)
    [seen] = (await supplier.done("GET", path))["items"]
    assert seen == done
    now = await supplier.done("GET", f"/v1/orders/{order['id']}")
    line = now["lines"][0]
    assert (now["state"], line["accepted"], line["rejected"]) == ("in_progress", "65", "5")
    assert (line["open"], line["despatchable"]) == ("35", "35")
    late = await buyer.post(path, body(("A", "1", "0")))
    assert (late.status_code, late.json()["code"], late.json()["state"]) == (409, "wrong_state", "done")
    claims = (await supplier.done("GET", f"/v1/orders/{order['id']}/nonconformances"))["items"]
    assert [(claim["lot"], claim["quantity"], len(claim["defects"])) for claim in claims] == [
        ("A", "3", 2),
        ("B", "2", 0),
    ], "one for each rejection of a lot"
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await orders.get(tx, read("order", order["id"])))
        inspection = await sql.inspection_of(tx, read("receipt", receipt["id"]))
        assert inspection is not None
        await world.replays(inspection)
        for claim in claims:
            key = read("nonconformance", claim["id"])
            await world.replays(await nonconformances.get(tx, read("order", order["id"]), key))


async def test_each_event_tells_of_its_own_recording(world: World) -> None:
    buyer, supplier, order, receipt = await arrived(world, (1, "A", "60"), (1, "B", "40"))
    path = f"/v1/receipts/{receipt['id']}/inspections"
    await buyer.done("POST", path, body(("A", "20", "1")))
    await buyer.done("POST", path, body(("A", "39", "0"), ("B", "40", "0")))
    ids = {"order_id": order["id"], "rfq_id": order["rfq_id"], "receipt_id": receipt["id"]}
    requested, recorded, finished = await world.feed(supplier, subject_id=read("inspection", receipt["inspection_id"]))
    assert [event.type for event in (requested, recorded, finished)] == [
        "inspection.requested",
        "inspection.recorded",
        "inspection.finished",
    ]
    assert recorded.data == {**ids, "lines": [{"line_no": 1, "lot": "A", "accepted": "20", "rejected": "1"}]}
    assert finished.data == {
        **ids,
        "lines": [
            {"line_no": 1, "lot": "A", "accepted": "39", "rejected": "0"},
            {"line_no": 1, "lot": "B", "accepted": "40", "rejected": "0"},
        ],
    }
    for party in (buyer, supplier):
        types = [event.type for event in await world.feed(party)]
        assert types.count("nonconformance.opened") == 1


async def test_the_order_completes_with_the_last_piece_of_its_last_line(world: World) -> None:
    buyer, supplier, order, receipt = await arrived(world, (1, "A", "10"), (2, "A", "5"), quantities=("10", "5"))
    path, seen = f"/v1/receipts/{receipt['id']}/inspections", f"/v1/orders/{order['id']}"
    await buyer.done("POST", path, body(("A", "10", "0")))
    assert (await buyer.done("GET", seen))["state"] == "in_progress"
    [card] = (await buyer.done("GET", "/v1/orders"))["items"]
    assert (card["line_count"], card["complete_line_count"]) == (2, 1)
    await buyer.done("POST", path, body(("A", "5", "0"), line_no=2))
    now = await supplier.done("GET", seen)
    assert (now["state"], now["completed_at"] is not None, now["allowed_actions"]) == ("completed", True, [])
    types = [event.type for event in await world.feed(supplier, subject_id=read("order", order["id"]))]
    assert types[-2:] == ["order.quantities_inspected", "order.completed"]


def defective(**changes: Any) -> dict[str, Any]:
    """A body with one defect."""
    found = body(("A", "1", "1"))
    found["lines"][0]["defects"] = [{"code": "burr", "quantity": "1"} | changes]
    return found


@pytest.mark.parametrize(
    ("found", "status", "code", "pointer"),
    [
        (body(("Z", "1", "0")), 422, "invalid", "/lines/0"),
        (body(("A", "1", "0"), line_no=9), 422, "invalid", "/lines/0"),
        (body(("A", "0", "0")), 422, "invalid", "/lines/0"),
        (body(("A", "0.5", "0")), 422, "invalid", "/lines/0/accepted"),
        (body(("A", "3", "-1")), 422, "invalid", "/lines/0/rejected"),
        (body(("A", "1", "0"), ("A", "1", "0")), 422, "invalid", "/lines/1/lot"),
        (defective(quantity="2"), 422, "invalid", "/lines/0/defects/0/quantity"),
        (defective(code="ugly"), 422, "invalid", "/lines/0/defects/0/code"),
        (defective(code=None), 422, "invalid", "/lines/0/defects/0"),
        (defective(characteristic_no=4), 422, "invalid", "/lines/0/defects/0/characteristic_no"),
        (body(("A", "61", "0")), 409, "over_inspection", "/lines/0"),
        (body(("A", "59", "2")), 409, "over_inspection", "/lines/0"),
        (body(), 422, "invalid_body", "/lines"),
    ],
)
async def test_an_inspection_that_does_not_fit(
    world: World, found: dict[str, Any], status: int, code: str, pointer: str
) -> None:
    buyer, _, order, receipt = await arrived(world, line={"characteristics": CHARACTERISTICS})
    path = f"/v1/receipts/{receipt['id']}/inspections"
    response = await buyer.post(path, found)
    assert (response.status_code, response.json()["code"]) == (status, code), response.text
    assert [error["pointer"] for error in response.json()["errors"]] == [pointer]
    [pending] = (await buyer.done("GET", path))["items"]
    assert (pending["etag"], pending["recordings"]) == ('"1"', [])
    assert (await buyer.done("GET", f"/v1/orders/{order['id']}/nonconformances"))["items"] == []


async def test_who_may_not_and_when(world: World) -> None:
    buyer, supplier, _, receipt = await arrived(world)
    rival, official = await world.party("buyer"), await world.party("facilitator")
    path, found = f"/v1/receipts/{receipt['id']}/inspections", body(("A", "60", "0"))
    for stranger in (rival, official):
        assert (await stranger.post(path, found)).status_code == 404
        assert (await stranger.get(path)).status_code == 404
    assert (await buyer.post("/v1/receipts/none/inspections", found)).status_code == 404
    assert (await supplier.post(path, found)).json()["code"] == "forbidden"
    reader = await world.key(buyer.organisation_id, "reader", scopes=["orders:read"])
    assert (await reader.post(path, found)).json()["code"] == "scope_missing"
    assert (await world.http.post(path, json=found)).status_code == 401
    assert (await buyer.post(path, found, key="")).json()["code"] == "idempotency_key_required"
    stale = await buyer.post(path, found, etag='"7"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    dry = await buyer.post(path, found, headers={"prefer": "dry-run"})
    assert (dry.json()["state"], dry.headers["preference-applied"]) == ("done", "dry-run")
    [pending] = (await supplier.done("GET", path))["items"]
    assert (pending["state"], pending["allowed_actions"]) == ("pending", [])


async def test_inspections_at_once_do_not_exceed_the_receipt(world: World) -> None:
    buyer, _, order, receipt = await arrived(world)
    path = f"/v1/receipts/{receipt['id']}/inspections"
    answers = await asyncio.gather(*(buyer.post(path, body(("A", "15", "5"))) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200] * 3 + [409] * 2
    line = (await buyer.done("GET", f"/v1/orders/{order['id']}"))["lines"][0]
    assert (line["accepted"], line["rejected"]) == ("45", "15")


async def test_the_database_refuses_what_a_rule_would_let_pass(world: World) -> None:
    _, _, _, receipt = await arrived(world)
    with pytest.raises(OverInspection):
        async with world.services.db.transaction(SYSTEM) as tx:
            before = await sql.inspection_of(tx, read("receipt", receipt["id"]))
            assert before is not None
            lot = replace(before.lots[0], accepted=Decimal(60), rejected=Decimal(1))
            await sql.save_inspection(tx, before, replace(before, version=2, lots=(lot,)))
