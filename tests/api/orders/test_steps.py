"""reject, hold, resume, short-close and cancel through HTTP, and what the database says to who goes around them."""

from typing import Any

import asyncpg
import pytest

from domain.actors import SYSTEM
from domain.ids import read
from domain.orders import sql
from world import Party, World

Scene = tuple[Party, Party, Any]
STEPS = {
    "reject": {"reason": "capacity_full"},
    "hold": {"reason": "quality_issue"},
    "resume": None,
    "short-close": {"reason": "demand_withdrawn"},
    "cancel": {"reason": "demand_withdrawn"},
}


async def scene(world: World, **more: Any) -> Scene:
    """(buyer, supplier, order)."""
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    return buyer, supplier, await world.order(buyer, supplier, **more)


async def replays(world: World, order: Any) -> None:
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await sql.get(tx, read("order", order["id"])))


async def test_the_supplier_rejects_an_issued_order(world: World) -> None:
    buyer, supplier, order = await scene(world, acknowledged=False)
    path = f"/v1/orders/{order['id']}"
    proposed = {"reason": "demand_changed", "lines": [{"line_no": 1, "quantity": "90"}]}
    change = await buyer.done("POST", f"{path}/changes", proposed)
    body = {"reason": "material_unavailable", "note": "Baja tidak ada"}
    first = await supplier.post(f"{path}/reject", body, key="k", etag=order["etag"])
    assert (first.status_code, first.json()["state"], first.json()["allowed_actions"]) == (200, "rejected", [])
    assert (first.json()["state_reason"], first.json()["state_note"]) == ("material_unavailable", "Baja tidak ada")
    again = await supplier.post(f"{path}/reject", body, key="k", etag=order["etag"])
    assert (again.content, again.headers["idempotent-replayed"]) == (first.content, "true")
    ended = await buyer.done("GET", f"{path}/changes/{change['id']}")
    assert (ended["state"], ended["answered"]["side"]) == ("withdrawn", "system"), "nothing is left waiting"
    told = (await world.feed(buyer, subject_id=read("order", order["id"])))[-1]
    assert (told.type, told.data["reason"], told.data["quantity_released"]) == (
        "order.rejected",
        "material_unavailable",
        False,
    )
    assert (await buyer.done("GET", f"/v1/awards/{order['award_id']}"))["state"] == "accepted"
    await replays(world, order)


@pytest.mark.parametrize("step", STEPS)
async def test_who_may_not(world: World, step: str) -> None:
    buyer, supplier, order = await scene(world, acknowledged=False)
    rival = await world.party("supplier")
    path, body = f"/v1/orders/{order['id']}/{step}", STEPS[step]
    other = buyer if step == "reject" else supplier
    assert (await rival.post(path, body)).status_code == 404
    assert (await other.post(path, body)).json()["code"] == "forbidden"
    reader = await world.key(buyer.organisation_id, "reader", scopes=["orders:read"])
    assert (await reader.post(path, body)).json()["code"] == "scope_missing"
    own = supplier if step == "reject" else buyer
    stale = await own.post(path, body, etag='"9"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    if body is not None:
        # A code is looked up once the state admits the step; a short close has to wait for a despatch.
        unknown = [{"reason": "nonsense"}] if step != "short-close" else []
        for hostile in (*unknown, {"reason": "x" * 999}, {"reason": 1}, {}, {"reason": "other", "x": 1}):
            assert (await own.post(path, hostile)).status_code == 422, hostile
    assert (await buyer.done("GET", f"/v1/orders/{order['id']}"))["etag"] == order["etag"]


async def test_a_held_order_sends_nothing_more_but_receives(world: World) -> None:
    buyer, supplier, order = await scene(world)
    path = f"/v1/orders/{order['id']}"
    sent = await world.despatch(supplier, order, (1, "L1", "100"))
    held = await buyer.done("POST", f"{path}/hold", {"reason": "quality_issue"})
    assert (held["state"], held["held_from"], held["state_reason"]) == ("on_hold", "in_progress", "quality_issue")
    lot = {"line_no": 1, "lot": "L2", "quantity": "1"}
    refused = await supplier.post(f"{path}/despatches", {"number": "SJ-9", "lines": [lot]})
    assert (refused.json()["code"], refused.json()["state"]) == ("wrong_state", "on_hold")
    receipt = await world.receipt(buyer, sent)
    found = {"lines": [{"line_no": 1, "lot": "L1", "accepted": "100"}]}
    await buyer.done("POST", f"/v1/receipts/{receipt['id']}/inspections", found)
    still = await buyer.done("GET", path)
    assert (still["state"], still["lines"][0]["accepted"]) == ("on_hold", "100")
    twice = await buyer.post(f"{path}/hold", {"reason": "quality_issue"})
    assert (twice.status_code, twice.json()["code"]) == (409, "wrong_state")
    resumed = await buyer.done("POST", f"{path}/resume")
    assert (resumed["state"], resumed["held_from"], resumed["state_reason"]) == ("completed", None, None)
    late = await buyer.post(f"{path}/resume")
    assert (late.json()["code"], late.json()["detail"]) == (
        "wrong_state",
        "Cannot resume while the order is completed; it has to be on_hold.",
    )
    await replays(world, order)


async def test_resuming_returns_to_where_it_was_held(world: World) -> None:
    for acknowledged, state in ((False, "issued"), (True, "acknowledged")):
        buyer, _, order = await scene(world, acknowledged=acknowledged)
        path = f"/v1/orders/{order['id']}"
        await buyer.done("POST", f"{path}/hold", {"reason": "demand_postponed"})
        assert (await buyer.done("POST", f"{path}/resume"))["state"] == state


async def test_a_short_close_pays_for_what_was_sent(world: World) -> None:
    buyer, supplier, order = await scene(world, quantities=("100", "50"), over_delivery_percent="10")
    path, body = f"/v1/orders/{order['id']}", {"reason": "demand_withdrawn"}
    early = await buyer.post(f"{path}/short-close", body)
    assert (early.json()["code"], early.json()["state"]) == ("wrong_state", "acknowledged")
    sent = await world.despatch(supplier, order, (1, "L1", "60"))
    closed = await buyer.done("POST", f"{path}/short-close", body)
    assert (closed["state"], closed["total"], closed["ppn"]) == ("short_closed", "6000", "660")
    assert [(line["ordered"], line["tolerance"], line["despatchable"]) for line in closed["lines"]] == [
        ("60", "0", "0"),
        ("0", "0", "0"),
    ]
    assert closed["allowed_actions"] == []
    more = {"number": "SJ-2", "lines": [{"line_no": 1, "lot": "L2", "quantity": "1"}]}
    assert (await supplier.post(f"{path}/despatches", more)).json()["code"] == "wrong_state"
    receipt = await world.receipt(buyer, sent)
    found = {"lines": [{"line_no": 1, "lot": "L1", "accepted": "58", "rejected": "2"}]}
    await buyer.done("POST", f"/v1/receipts/{receipt['id']}/inspections", found)
    whole = await buyer.done("GET", path)
    assert (whole["state"], whole["lines"][0]["accepted"]) == ("short_closed", "58")
    assert (await supplier.post(f"{path}/despatches", more)).json()["code"] == "wrong_state", "not even a replacement"
    told = next(e for e in await world.feed(supplier, subject_id=read("order", order["id"])) if "short" in e.type)
    assert told.data["lines"][0] == {"line_no": 1, "ordered": "60", "despatched": "60", "received": "0"}
    await replays(world, order)


async def test_there_has_to_be_something_to_close_short(world: World) -> None:
    buyer, supplier, order = await scene(world)
    sent = await world.despatch(supplier, order, (1, "L1", "100"))
    path, body = f"/v1/orders/{order['id']}/short-close", {"reason": "other"}
    assert (await buyer.post(path, body)).json()["code"] == "nothing_changed", "all of it was sent"
    await supplier.done("POST", f"/v1/despatches/{sent['id']}/cancel")
    assert (await buyer.post(path, body)).json()["code"] == "nothing_changed", "nothing of it was sent"
    cancelled = await buyer.done("POST", f"/v1/orders/{order['id']}/cancel", body)
    assert (cancelled["state"], cancelled["total"]) == ("cancelled", "10000")


async def test_one_side_cancels_only_what_was_not_sent(world: World) -> None:
    buyer, supplier, order = await scene(world)
    path, body = f"/v1/orders/{order['id']}/cancel", {"reason": "project_postponed", "note": "Tahun depan"}
    await world.despatch(supplier, order, (1, "L1", "30"))
    refused = await buyer.post(path, body)
    assert (refused.status_code, refused.json()["code"]) == (409, "below_despatched")
    assert "line 1 30 H87" in refused.json()["detail"], "it says what was already sent"
    other = await world.order(buyer, supplier)
    dry = await buyer.post(f"/v1/orders/{other['id']}/cancel", body, headers={"prefer": "dry-run"})
    assert (dry.status_code, dry.json()["state"]) == (200, "cancelled")
    done = await buyer.done("POST", f"/v1/orders/{other['id']}/cancel", body)
    assert (done["state"], done["state_reason"]) == ("cancelled", "project_postponed")
    await replays(world, other)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("state = 'in_progress'", "purchase_order_ended"),
        ("held_from = 'issued'", "purchase_order_held_from"),
        ("state_reason = NULL", "purchase_order_stopped_with_reason"),
        ("revision = -1", "purchase_order_revision_check"),
    ],
)
async def test_the_database_keeps_an_ended_order(world: World, change: str, constraint: str) -> None:
    buyer, _, order = await scene(world)
    await buyer.done("POST", f"/v1/orders/{order['id']}/cancel", {"reason": "other"})
    with pytest.raises(asyncpg.CheckViolationError) as caught:
        await world.owner.execute(f"UPDATE purchase_order SET {change} WHERE id = $1", read("order", order["id"]))
    assert caught.value.constraint_name == constraint


async def test_the_database_sends_nothing_of_a_held_order(world: World) -> None:
    buyer, supplier, order = await scene(world)
    sent = await world.despatch(supplier, order, (1, "L1", "10"))
    await buyer.done("POST", f"/v1/orders/{order['id']}/hold", {"reason": "other"})
    with pytest.raises(asyncpg.CheckViolationError) as caught:
        await world.owner.execute(
            "INSERT INTO despatch SELECT (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), "
            "'number', 'SJ-X'))).* FROM despatch d WHERE id = $1",
            read("despatch", sent["id"]),
        )
    assert caught.value.constraint_name == "despatch_of_stopped_order"


@pytest.mark.parametrize("change", ["ordered = 90", "unit_price = 1", "unit = 'SET'"])
async def test_the_database_lets_nobody_type_what_was_agreed(world: World, change: str) -> None:
    _, _, order = await scene(world)
    with pytest.raises(asyncpg.CheckViolationError) as caught:
        await world.owner.execute(f"UPDATE order_line SET {change} WHERE order_id = $1", read("order", order["id"]))
    assert caught.value.constraint_name == "order_line_agreed"
