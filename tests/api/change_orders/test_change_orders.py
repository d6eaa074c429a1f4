"""Change orders through HTTP: proposed by one side, signed by the other, and every refusal on the way."""

from typing import Any

import asyncpg
import pytest

from domain.actors import SYSTEM
from domain.change_orders import sql as change_orders
from domain.ids import read
from domain.orders import sql
from world import Party, World

Scene = tuple[Party, Party, Any, str]


async def scene(world: World, **more: Any) -> Scene:
    """(buyer, supplier, acknowledged order of 100 and 50 pieces at 100, its path)."""
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    asked: dict[str, Any] = {"quantities": ("100", "50"), "over_delivery_percent": "10", "payment_days": 30}
    order = await world.order(buyer, supplier, **asked | more)
    return buyer, supplier, order, f"/v1/orders/{order['id']}"


def proposal(**changes: Any) -> dict[str, Any]:
    """A body: line 1 falls to 80."""
    return {"reason": "demand_changed", "lines": [{"line_no": 1, "quantity": "80"}], **changes}


async def test_either_side_proposes_and_the_other_signs(world: World) -> None:
    buyer, supplier, order, path = await scene(world)
    line = {"line_no": 1, "quantity": "80", "unit_price": "105.5", "promised_on": "2030-03-01", "due_on": "2030-03-02"}
    terms = {"incoterm": "DAP", "delivery_place": "Cikarang", "payment_days": 45}
    body = proposal(lines=[line], terms=terms, note="Harga baja naik")
    sent = await supplier.post(f"{path}/changes", body, key="once")
    assert sent.status_code == 201, sent.text
    change = sent.json()
    assert sent.headers["location"] == f"{path}/changes/{change['id']}"
    again = await supplier.post(f"{path}/changes", body, key="once")
    assert (again.content, again.headers["idempotent-replayed"]) == (sent.content, "true")
    assert (change["state"], change["side"], change["order_etag"], change["number"]) == (
        "proposed",
        "supplier",
        order["etag"],
        1,
    )
    assert (change["allowed_actions"], change["blocked_actions"]) == (["withdraw_change_order"], [])
    assert {item["pointer"]: (item["from"], item["to"]) for item in change["difference"]} == {
        "/lines/0/ordered": ("100", "80"),
        "/lines/0/unit_price": ("100.0000", "105.5000"),
        "/lines/0/due_on": (None, "2030-03-02"),
        "/lines/0/promised_on": ("2030-01-01", "2030-03-01"),
        "/incoterm": (None, "DAP"),
        "/delivery_place": (None, "Cikarang"),
        "/payment_days": ("30", "45"),
    }
    said = {item["pointer"]: (item["sentence_id"], item["sentence_en"]) for item in change["difference"]}
    assert said["/lines/0/ordered"] == (
        "Baris 1 (P-001): jumlah dari 100 menjadi 80 H87.",
        "Line 1 (P-001): quantity from 100 to 80 H87.",
    )
    assert said["/lines/0/unit_price"][1] == "Line 1 (P-001): unit price from 100.0000 to 105.5000 IDR."
    assert said["/payment_days"][0] == "Tempo pembayaran (hari) dari 30 menjadi 45."
    assert change["total_after"] == "13440", "80 x 105.5 + 50 x 100"
    seen = await buyer.get(f"{path}/changes/{change['id']}")
    assert seen.json()["allowed_actions"] == ["accept_change_order", "decline_change_order"]
    for pointer, value in {"/lines/0/ordered": "100", "/payment_days": 30}.items():
        assert at(await buyer.done("GET", path), pointer) == value, "a pointer points into the order"
    blind = await buyer.post(f"{path}/changes/{change['id']}/accept")
    assert (blind.status_code, blind.json()["code"]) == (428, "version_required")
    stale = await buyer.post(f"{path}/changes/{change['id']}/accept", etag='"5"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    signed = await buyer.done("POST", f"{path}/changes/{change['id']}/accept", {"note": "Baik"}, etag=change["etag"])
    assert (signed["state"], signed["revision"], signed["total_after"]) == ("accepted", 1, None)
    assert (signed["proposed"]["name"], signed["proposed"]["side"]) == (supplier.name, "supplier")
    assert (signed["answered"]["name"], signed["answered"]["side"], signed["answer_note"]) == (
        buyer.name,
        "buyer",
        "Baik",
    )
    agreed = await buyer.done("GET", path)
    assert (agreed["state"], agreed["revision"], agreed["etag"]) == ("acknowledged", 1, '"3"')
    assert (agreed["base"], agreed["total"], agreed["ppn"], agreed["total_with_ppn"]) == (
        "13440",
        "13440",
        "1478",
        "14918",
    ), "floor(13,440 x 12 % x 11/12) = floor(1,478.4)"
    first = agreed["lines"][0]
    assert (first["ordered"], first["tolerance"], first["unit_price"]) == ("80", "8", "105.5000")
    assert (first["due_on"], first["promised_on"]) == ("2030-03-02", "2030-03-01")
    assert (agreed["incoterm"], agreed["delivery_place"], agreed["payment_days"]) == ("DAP", "Cikarang", 45)
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await sql.get(tx, read("order", order["id"])))
        await world.replays(await change_orders.get(tx, read("change_order", change["id"])))


def at(document: Any, pointer: str) -> Any:
    """What a JSON Pointer points to."""
    for part in pointer.split("/")[1:]:
        document = document[int(part) if isinstance(document, list) else part]
    return document


async def test_no_event_tells_a_price(world: World) -> None:
    buyer, supplier, order, path = await scene(world)
    change = await buyer.done("POST", f"{path}/changes", proposal(lines=[{"line_no": 1, "unit_price": "77.7"}]))
    await supplier.done("POST", f"{path}/changes/{change['id']}/accept", etag=change["etag"])
    events = await world.feed(supplier, subject_id=read("change_order", change["id"]))
    events += await world.feed(supplier, subject_id=read("order", order["id"]))
    assert [event.type for event in events if "change" in event.type] == [
        "change_order.proposed",
        "change_order.accepted",
        "order.changed",
    ]
    assert events[0].data["price_changed"] is True
    assert not [event for event in events if "77.7" in str(event.data)]
    rival = await world.party("supplier")
    assert await world.feed(rival, subject_id=read("change_order", change["id"])) == []


async def test_who_may_not(world: World) -> None:
    buyer, supplier, _, path = await scene(world)
    rival = await world.party("supplier")
    assert (await rival.post(f"{path}/changes", proposal())).status_code == 404
    assert (await rival.get(f"{path}/changes")).status_code == 404
    reader = await world.key(buyer.organisation_id, "reader", scopes=["orders:read"])
    assert (await reader.post(f"{path}/changes", proposal())).json()["code"] == "scope_missing"
    change = await buyer.done("POST", f"{path}/changes", proposal())
    own = f"{path}/changes/{change['id']}"
    assert (await rival.get(own)).status_code == 404
    for step in ("accept", "decline", "withdraw"):
        assert (await rival.post(f"{own}/{step}", etag=change["etag"])).status_code == 404
    for party, step in ((buyer, "accept"), (buyer, "decline"), (supplier, "withdraw")):
        answer = await party.post(f"{own}/{step}", etag=change["etag"])
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), "nobody signs for both sides"
    _, _, _, other = await scene(world)
    assert (await buyer.get(f"{other}/changes/{change['id']}")).status_code == 404
    mine = await world.order(buyer, supplier)
    assert (await buyer.get(f"/v1/orders/{mine['id']}/changes/{change['id']}")).status_code == 404, "of another order"
    assert (
        await supplier.post(f"/v1/orders/{mine['id']}/changes/{change['id']}/accept", etag=change["etag"])
    ).status_code == 404
    assert (await buyer.get(f"{path}/changes/ord_1")).status_code == 404


async def test_one_of_each_side_at_a_time(world: World) -> None:
    buyer, supplier, _, path = await scene(world)
    first = await buyer.done("POST", f"{path}/changes", proposal())
    second = await buyer.post(f"{path}/changes", proposal())
    assert (second.status_code, second.json()["code"]) == (409, "duplicate")
    theirs = await supplier.done("POST", f"{path}/changes", proposal(lines=[{"line_no": 2, "quantity": "55"}]))
    withdrawn = await buyer.done("POST", f"{path}/changes/{first['id']}/withdraw")
    assert (withdrawn["state"], withdrawn["answered"]["side"], withdrawn["allowed_actions"]) == (
        "withdrawn",
        "buyer",
        [],
    )
    declined = await buyer.done("POST", f"{path}/changes/{theirs['id']}/decline", {"note": "Tidak"})
    assert (declined["state"], declined["answer_note"], declined["revision"]) == ("declined", "Tidak", None)
    again = await buyer.post(f"{path}/changes/{theirs['id']}/accept", etag=declined["etag"])
    assert (again.json()["code"], again.json()["state"]) == ("wrong_state", "declined")
    await buyer.done("POST", f"{path}/changes", proposal())
    listed = (await supplier.done("GET", f"{path}/changes?limit=2"))["items"]
    assert [item["number"] for item in listed] == [1, 2]
    assert [item["number"] for item in (await supplier.done("GET", f"{path}/changes?state=proposed"))["items"]] == [3]
    assert (await buyer.done("GET", path))["revision"] == 0


@pytest.mark.parametrize(
    ("changes", "status", "code", "pointers"),
    [
        ({"reason": "nonsense"}, 422, "invalid", ["/reason"]),
        ({"lines": []}, 422, "invalid", [""]),
        ({"cancels": True}, 422, "invalid", ["/cancels"]),
        ({"lines": [{"line_no": 9, "quantity": "1"}]}, 422, "invalid", ["/lines/0/line_no"]),
        ({"lines": [{"line_no": 1, "quantity": "1"}] * 2}, 422, "invalid", ["/lines/1/line_no"]),
        ({"lines": [{"line_no": 1, "quantity": "-1"}]}, 422, "invalid", ["/lines/0/quantity"]),
        ({"lines": [{"line_no": 1, "quantity": "1.5"}]}, 422, "invalid", ["/lines/0/quantity"]),
        ({"lines": [{"line_no": 1, "quantity": 80}]}, 422, "invalid_body", ["/lines/0/quantity"]),
        ({"lines": [{"line_no": 1, "unit_price": "-1"}]}, 422, "invalid", ["/lines/0/unit_price"]),
        ({"lines": [{"line_no": 1, "unit_price": "1.00001"}]}, 422, "invalid", ["/lines/0/unit_price"]),
        ({"lines": [{"line_no": 1, "due_on": "2001-01-01"}]}, 422, "invalid", ["/lines/0/due_on"]),
        ({"lines": [{"line_no": 1, "promised_on": "9999-12-31"}]}, 422, "invalid", ["/lines/0/promised_on"]),
        ({"lines": [{"line_no": 1, "quantity": "9", "reason": "x"}]}, 422, "invalid", ["/lines/0/reason"]),
        ({"lines": [], "terms": {"incoterm": "ZZZ"}}, 422, "invalid", ["/terms/incoterm"]),
        ({"lines": [], "terms": {"payment_days": 366}}, 422, "invalid_body", ["/terms/payment_days"]),
        ({"lines": [{"line_no": no, "quantity": "0"} for no in (1, 2)]}, 422, "invalid", ["/lines"]),
        ({"lines": [{"line_no": 1, "unit_price": "99999999999999"}]}, 422, "invalid", ["/lines"]),
        ({"lines": [{"line_no": 1, "quantity": "100"}]}, 409, "nothing_changed", []),
        ({"lines": [], "terms": {"payment_days": 30}}, 409, "nothing_changed", []),
        ({"note": "\0"}, 422, "invalid_body", ["/note"]),
        ({"surprise": 1}, 422, "invalid_body", ["/surprise"]),
    ],
)
async def test_a_proposal_that_does_not_fit(
    world: World, changes: dict[str, Any], status: int, code: str, pointers: list[str]
) -> None:
    buyer, _, _, path = await scene(world)
    answer = await buyer.post(f"{path}/changes", proposal(**changes))
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert [error["pointer"] for error in answer.json()["errors"] or []] == pointers
    assert (await buyer.done("GET", f"{path}/changes"))["items"] == []


async def test_no_line_falls_below_what_was_sent(world: World) -> None:
    buyer, supplier, order, path = await scene(world)
    early = await buyer.done("POST", f"{path}/changes", proposal(lines=[{"line_no": 1, "quantity": "40"}]))
    sent = await world.despatch(supplier, order, (1, "L1", "60"))
    late = await supplier.post(f"{path}/changes/{early['id']}/accept", etag=early["etag"])
    assert (late.status_code, late.json()["code"]) == (409, "below_despatched"), "more was sent in the meantime"
    shown = await supplier.done("GET", f"{path}/changes/{early['id']}")
    assert (shown["allowed_actions"], shown["total_after"]) == (["decline_change_order"], None)
    assert [(item["action"], item["code"]) for item in shown["blocked_actions"]] == [
        ("accept_change_order", "below_despatched")
    ]
    await buyer.done("POST", f"{path}/changes/{early['id']}/withdraw")
    below = await buyer.post(f"{path}/changes", proposal(lines=[{"line_no": 1, "quantity": "59"}]))
    assert (below.json()["code"], below.json()["errors"][0]["pointer"]) == ("below_despatched", "/lines/0/quantity")
    counted = {"despatch_id": sent["id"], "lines": [{"line_no": 1, "lot": "L1", "received": "55", "short": "5"}]}
    await buyer.done("POST", f"{path}/receipts", counted)
    exact = await buyer.done("POST", f"{path}/changes", proposal(lines=[{"line_no": 1, "quantity": "55"}]))
    await supplier.done("POST", f"{path}/changes/{exact['id']}/accept", etag=exact["etag"])
    line = (await buyer.done("GET", path))["lines"][0]
    assert (line["ordered"], line["tolerance"], line["despatchable"]) == ("55", "5", "5")


async def test_the_order_completes_when_a_change_leaves_nothing_open(world: World) -> None:
    buyer, supplier, order, path = await scene(world, quantities=("100",))
    sent = await world.despatch(supplier, order, (1, "L1", "60"))
    receipt = await world.receipt(buyer, sent)
    found = {"lines": [{"line_no": 1, "lot": "L1", "accepted": "60"}]}
    await buyer.done("POST", f"/v1/receipts/{receipt['id']}/inspections", found)
    waiting = await buyer.done("POST", f"{path}/changes", proposal(lines=[{"line_no": 1, "unit_price": "99"}]))
    change = await supplier.done("POST", f"{path}/changes", proposal(lines=[{"line_no": 1, "quantity": "60"}]))
    await buyer.done("POST", f"{path}/changes/{change['id']}/accept", etag=change["etag"])
    assert (await buyer.done("GET", path))["state"] == "completed"
    assert (await buyer.done("GET", f"{path}/changes/{waiting['id']}"))["state"] == "withdrawn"
    assert (await buyer.post(f"{path}/changes", proposal())).json()["code"] == "wrong_state"


async def test_what_changed_meanwhile_is_not_signed(world: World) -> None:
    buyer, supplier, _, path = await scene(world)
    ours = await buyer.done("POST", f"{path}/changes", proposal())
    theirs = await supplier.done("POST", f"{path}/changes", proposal(lines=[{"line_no": 1, "quantity": "120"}]))
    elsewhere = proposal(lines=[{"line_no": 2, "unit_price": "90"}])
    await buyer.done("POST", f"{path}/changes/{theirs['id']}/accept", etag=theirs["etag"])
    stale = await supplier.post(f"{path}/changes/{ours['id']}/accept", etag=ours["etag"])
    assert (stale.status_code, stale.json()["code"]) == (409, "change_outdated")
    assert stale.json()["errors"][0] == {
        "pointer": "/lines/0/ordered",
        "detail": "It was 100 when this was proposed and is 120 now.",
    }
    await buyer.done("POST", f"{path}/changes/{ours['id']}/withdraw")
    apart = await supplier.done("POST", f"{path}/changes", elsewhere)
    ours = await buyer.done("POST", f"{path}/changes", proposal())
    await supplier.done("POST", f"{path}/changes/{ours['id']}/accept", etag=ours["etag"])
    await buyer.done("POST", f"{path}/changes/{apart['id']}/accept", etag=apart["etag"])
    agreed = await buyer.done("GET", path)
    assert (agreed["revision"], agreed["total"]) == (3, "12500"), "80 x 100 + 50 x 90: they touch different lines"


async def test_both_sides_cancel_what_was_partly_sent(world: World) -> None:
    buyer, supplier, order, path = await scene(world)
    sent = await world.despatch(supplier, order, (1, "L1", "60"))
    change = await buyer.done(
        "POST", f"{path}/changes", {"cancels": True, "reason": "demand_changed", "note": "Lini ditutup"}
    )
    assert change["difference"][0]["sentence_en"].startswith("The order is cancelled; what was sent")
    assert change["total_after"] == "6000"
    await buyer.done("POST", f"{path}/hold", {"reason": "demand_postponed"})
    await supplier.done("POST", f"{path}/changes/{change['id']}/accept", etag=change["etag"])
    ended = await buyer.done("GET", path)
    assert (ended["state"], ended["total"], ended["state_reason"], ended["state_note"], ended["held_from"]) == (
        "cancelled",
        "6000",
        "demand_changed",
        "Lini ditutup",
        None,
    )
    told = (await world.feed(supplier, subject_id=read("order", order["id"])))[-1]
    assert (told.type, told.data["lines"][0]) == (
        "order.cancelled",
        {"line_no": 1, "ordered": "60", "despatched": "60", "received": "0"},
    )
    receipt = await world.receipt(buyer, sent)
    found = {"lines": [{"line_no": 1, "lot": "L1", "accepted": "60"}]}
    await buyer.done("POST", f"/v1/receipts/{receipt['id']}/inspections", found)
    assert (await buyer.done("GET", path))["lines"][0]["accepted"] == "60", "what was sent is still accepted"


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("state = 'accepted', answered_by = 'x', answered_side = 'buyer', answered_at = now()", "signed_by_both"),
        ("state = 'declined', answered_by = 'x', answered_side = 'buyer', answered_at = now()", "signed_by_both"),
        ("state = 'withdrawn'", "answered"),
        ("answered_at = now()", "answered"),
    ],
)
async def test_the_database_wants_both_signatures(world: World, change: str, constraint: str) -> None:
    buyer, _, _, path = await scene(world)
    made = await buyer.done("POST", f"{path}/changes", proposal())
    key = read("change_order", made["id"])
    with pytest.raises(asyncpg.CheckViolationError) as caught:
        await world.owner.execute(f"UPDATE change_order SET {change}, revision = NULL WHERE id = $1", key)
    assert caught.value.constraint_name == f"change_order_{constraint}"


async def test_the_database_keeps_what_was_proposed_and_answered(world: World) -> None:
    buyer, _, _, path = await scene(world)
    made = await buyer.done("POST", f"{path}/changes", proposal())
    key = read("change_order", made["id"])
    async with world.owner.transaction():
        await world.owner.execute("SET LOCAL ROLE jembatan_api")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with world.owner.transaction():
                await world.owner.execute("UPDATE change_order SET content = '{}' WHERE id = $1", key)
    await buyer.done("POST", f"{path}/changes/{made['id']}/withdraw")
    with pytest.raises(asyncpg.CheckViolationError) as caught:
        await world.owner.execute("UPDATE change_order SET state = 'declined' WHERE id = $1", key)
    assert caught.value.constraint_name == "change_order_answered_once"


async def test_a_signature_changes_the_order_once(world: World) -> None:
    buyer, supplier, order, path = await scene(world)
    change = await buyer.done("POST", f"{path}/changes", proposal())
    await supplier.done("POST", f"{path}/changes/{change['id']}/accept", etag=change["etag"])
    with pytest.raises(asyncpg.CheckViolationError) as caught:
        await world.owner.execute("UPDATE order_line SET ordered = 70 WHERE order_id = $1", read("order", order["id"]))
    assert caught.value.constraint_name == "order_line_agreed"


async def test_a_dropped_line_takes_its_tooling_with_it(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    rfq = await world.rfq(buyer, lines=2)
    body = world.quote_body(rfq)
    body["lines"][1]["tooling"] = {"cost": "2000000", "ownership": "buyer", "life_pieces": 1000}
    draft = await supplier.done("POST", f"/v1/rfqs/{rfq['id']}/quotes", body)
    quote = await supplier.done("POST", f"/v1/quotes/{draft['id']}/submit")
    await world.opened(buyer, rfq)
    lines = [{"line_no": no, "quantity": "100", "reason": "lowest_total_cost"} for no in (1, 2)]
    award = await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/awards", {"quote_id": quote["id"], "lines": lines})
    issued = await buyer.done("POST", f"/v1/awards/{award['id']}/issue", etag=award["etag"])
    accepted = await supplier.done("POST", f"/v1/awards/{award['id']}/accept", etag=issued["etag"])
    path = f"/v1/orders/{accepted['order_id']}"
    assert (await buyer.done("GET", path))["total"] == "2020000"
    change = await buyer.done("POST", f"{path}/changes", proposal(lines=[{"line_no": 2, "quantity": "0"}]))
    assert [(item["pointer"], item["from"], item["to"]) for item in change["difference"]] == [
        ("/lines/1/ordered", "100", "0"),
        ("/lines/1/tooling", "2000000.0000", "0.0000"),
    ]
    assert change["difference"][0]["sentence_en"] == "Line 2 (P-002): no longer ordered (it was 100 H87)."
    await supplier.done("POST", f"{path}/changes/{change['id']}/accept", etag=change["etag"])
    order = await buyer.done("GET", path)
    assert (order["total"], order["lines"][1]["tooling"]) == ("10000", "0.0000")
