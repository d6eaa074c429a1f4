"""From an award to accepted pieces, and every refusal on the way."""

from typing import Any

import asyncpg
import pytest

from domain.ids import read
from world import Party, World

Scene = tuple[Party, Party, Any]


async def awarded(world: World, *, quantity: str = "100") -> Scene:
    """(buyer, supplier, award that is proposed)."""
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    rfq = await world.rfq(buyer)
    quote = await world.quote(supplier, rfq)
    await world.opened(buyer, rfq)
    body = {
        "quote_id": quote["id"],
        "lines": [{"line_no": 1, "quantity": quantity, "reason": "lowest_total_cost"}],
    }
    return buyer, supplier, await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/awards", body)


async def ordered(world: World) -> Scene:
    """(buyer, supplier, order that is acknowledged)."""
    buyer, supplier, award = await awarded(world)
    path = f"/v1/awards/{award['id']}"
    issued = await buyer.done("POST", f"{path}/issue", etag=award["etag"])
    accepted = await supplier.done("POST", f"{path}/accept", etag=issued["etag"])
    order = f"/v1/orders/{accepted['order_id']}"
    promise = {"lines": [{"line_no": 1, "promised_on": "2030-01-01"}]}
    return buyer, supplier, await supplier.done("POST", f"{order}/acknowledge", promise)


async def test_an_award_needs_what_it_needs(world: World) -> None:
    buyer, supplier, award = await awarded(world)
    path, stranger = f"/v1/awards/{award['id']}", await world.party("supplier")
    assert (await supplier.get(path)).status_code == 404, "a proposal is the buyer's own"
    assert (await buyer.post(f"{path}/issue")).json()["code"] == "version_required"
    assert (await buyer.post(f"{path}/issue", etag='"9"')).json()["code"] == "stale_version"
    issued = await buyer.done("POST", f"{path}/issue", etag=award["etag"])
    assert (await stranger.get(path)).status_code == 404
    assert (await stranger.post(f"{path}/accept", etag=issued["etag"])).status_code == 404
    declined = await supplier.post(f"{path}/decline", {"reason": "nonsense"})
    assert declined.json()["code"] == "invalid"
    await supplier.done("POST", f"{path}/decline", {"reason": "capacity_full"})
    rfq = await buyer.done("GET", f"/v1/rfqs/{award['rfq_id']}")
    assert (rfq["state"], rfq["lines"][0]["awarded"]) == ("evaluating", "0"), "declining frees the quantity"
    late = await supplier.post(f"{path}/accept", etag='"3"')
    assert (late.status_code, late.json()["code"], late.json()["state"]) == (409, "wrong_state", "declined")


async def test_four_eyes_where_the_buyer_demands_them(world: World) -> None:
    buyer, _, award = await awarded(world)
    organisation = await buyer.done("GET", f"/v1/organisations/{buyer.id}")
    policy = {"policy": {"four_eyes_awards": True}}
    path = f"/v1/organisations/{buyer.id}"
    assert (await buyer.request("PATCH", path, body=policy, etag=organisation["etag"])).status_code == 200
    issue = f"/v1/awards/{award['id']}/issue"
    assert (await buyer.post(issue, etag=award["etag"])).json()["code"] == "four_eyes_required"
    second = await world.key(buyer.organisation_id, "second", person="Bagus")
    assert (await second.post(issue, etag=award["etag"])).status_code == 200


async def test_pieces_are_sent_counted_inspected_and_the_order_completes(world: World) -> None:
    buyer, supplier, order = await ordered(world)
    path = f"/v1/orders/{order['id']}"
    stranger = await world.party("buyer")
    assert (await stranger.get(path)).status_code == 404
    lot = {"line_no": 1, "lot": "L1", "quantity": "60"}
    sent = await supplier.done("POST", f"{path}/despatches", {"number": "SJ-1", "lines": [lot]})
    twice = await supplier.post(f"{path}/despatches", {"number": "SJ-1", "lines": [lot | {"quantity": "1"}]})
    assert twice.json()["code"] == "duplicate"
    over = await supplier.post(f"{path}/despatches", {"number": "SJ-2", "lines": [lot | {"quantity": "41"}]})
    assert (over.status_code, over.json()["code"]) == (409, "over_despatch")
    assert (await buyer.post(f"{path}/despatches", {"number": "X", "lines": [lot]})).json()["code"] == "forbidden"
    counted = {"despatch_id": sent["id"], "lines": [{"line_no": 1, "lot": "L1", "received": "61"}]}
    assert (await buyer.post(f"{path}/receipts", counted)).json()["code"] == "over_receipt"
    counted["lines"] = [{"line_no": 1, "lot": "L1", "received": "59", "short": "1"}]
    receipt = (await buyer.post(f"{path}/receipts", counted, key="r")).json()
    assert (await buyer.post(f"{path}/receipts", counted, key="r")).json() == receipt
    judge = f"/v1/receipts/{receipt['id']}/inspections"
    found = {"lines": [{"line_no": 1, "lot": "L1", "accepted": "60"}]}
    assert (await buyer.post(judge, found)).json()["code"] == "over_inspection"
    found["lines"] = [{"line_no": 1, "lot": "L1", "accepted": "57", "rejected": "2"}]
    assert (await supplier.post(judge, found)).json()["code"] == "forbidden"
    done = await buyer.done("POST", judge, found)
    assert done["state"] == "done"
    [claim] = (await supplier.done("GET", f"{path}/nonconformances"))["items"]
    assert (claim["state"], claim["quantity"]) == ("open", "2")
    early = await buyer.post(f"{path}/nonconformances/{claim['id']}/close")
    assert early.status_code in {409, 422}
    # What was lost or rejected may be sent again: 40 + 1 + 2.
    rest = {"number": "SJ-3", "lines": [{"line_no": 1, "lot": "L2", "quantity": "43"}]}
    sent = await supplier.done("POST", f"{path}/despatches", rest)
    counted = {"despatch_id": sent["id"], "lines": [{"line_no": 1, "lot": "L2", "received": "43"}]}
    receipt = await buyer.done("POST", f"{path}/receipts", counted)
    found = {"lines": [{"line_no": 1, "lot": "L2", "accepted": "43"}]}
    await buyer.done("POST", f"/v1/receipts/{receipt['id']}/inspections", found)
    whole = await buyer.done("GET", path)
    line = whole["lines"][0]
    assert whole["state"] == "completed"
    figures = {name: line[name] for name in ("despatched", "short", "received", "accepted", "rejected")}
    assert figures == {"despatched": "103", "short": "1", "received": "102", "accepted": "100", "rejected": "2"}


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("despatched = 101", "order_line_despatched_within_order"),
        ("received = 1", "order_line_received_within_despatch"),
        ("accepted = 1", "order_line_inspected_within_receipt"),
    ],
)
async def test_the_database_says_so_too(world: World, change: str, constraint: str) -> None:
    _, _, order = await ordered(world)
    with pytest.raises(asyncpg.CheckViolationError) as caught:
        await world.owner.execute(f"UPDATE order_line SET {change} WHERE order_id = $1", read("order", order["id"]))
    assert caught.value.constraint_name == constraint


async def test_substitution_counts_what_was_accepted(world: World) -> None:
    buyer = await world.party("buyer")
    assert (await buyer.done("GET", "/v1/reports/import-substitution"))["total"]["potential_idr"] == "0"
    workshop = await world.party("supplier")
    assert (await workshop.get("/v1/reports/import-substitution")).json()["code"] == "forbidden"
    baseline = {
        "kind": "import", "origin": "CN", "hs_code": "8503.00", "currency": "USD", "cif_unit_price": "0.33",
        "duty_percent": "5", "annual_quantity": "80", "idr_rate": "16813", "idr_rate_on": "2026-11-02",
    }  # fmt: skip
    rfq = await buyer.done("POST", "/v1/rfqs", world.rfq_body() | {"lines": [world.line(baseline=baseline)]})
    await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/publish")
    seen = await workshop.done("GET", f"/v1/rfqs/{rfq['id']}")
    assert seen["lines"][0]["baseline"] is None, "the baseline is the buyer's own"
    total = (await buyer.done("GET", "/v1/reports/import-substitution"))["total"]
    # 80 of 100, as the annual quantity says: 80 x 0.33 x 16,813.
    assert total["potential_idr"] == "443863"
