"""acknowledge_order line by line: what the supplier does not accept waits for the buyer as a change order."""

from typing import Any

import pytest

from domain.actors import SYSTEM
from domain.change_orders import sql as change_orders
from domain.ids import read
from domain.orders import sql
from world import Party, World

SCHEDULE = [{"due_on": "2030-02-01", "quantity": "100", "certainty": "firm"}]


async def issued(world: World) -> tuple[Party, Party, Any]:
    """(buyer, supplier, order of three lines that is issued; the first is due on 1 February 2030)."""
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    lines = [
        world.line(1, quantity="100", schedule=SCHEDULE),
        world.line(2, quantity="50"),
        world.line(3, quantity="30"),
    ]
    order = await world.order(
        buyer,
        supplier,
        quantities=("100", "50", "30"),
        acknowledged=False,
        lines=lines,
        over_delivery_percent="10",
    )
    return buyer, supplier, order


def answers(*changes: dict[str, Any]) -> dict[str, Any]:
    """A body in which each line is accepted unless changed."""
    lines: dict[int, dict[str, Any]] = {no: {"line_no": no, "promised_on": "2030-02-01"} for no in (1, 2, 3)}
    for change in changes:
        lines[change["line_no"]] |= change
    return {"lines": list(lines.values())}


LATER = {"line_no": 1, "answer": "changed", "promised_on": "2030-02-15", "reason": "capacity_full"}
FEWER = {"line_no": 2, "answer": "changed", "quantity": "40", "reason": "material_unavailable"}
NONE = {"line_no": 3, "answer": "rejected", "promised_on": None, "reason": "machine_breakdown", "note": "Pecah"}


async def test_what_is_not_accepted_waits_for_the_buyer(world: World) -> None:
    buyer, supplier, order = await issued(world)
    path = f"/v1/orders/{order['id']}"
    body = answers(LATER, FEWER, NONE)
    answered = await supplier.post(f"{path}/acknowledge", body, key="once", etag=order["etag"])
    assert (answered.status_code, answered.json()["state"]) == (200, "issued"), answered.text
    assert answered.json()["acknowledged_at"] is None
    again = await supplier.post(f"{path}/acknowledge", body, key="once", etag=order["etag"])
    assert (again.content, again.headers["idempotent-replayed"]) == (answered.content, "true")
    shown = answered.json()["lines"]
    assert [line["ordered"] for line in shown] == ["100", "50", "30"], "nothing changes before the buyer agrees"
    assert [line["acknowledgement"]["answer"] for line in shown] == ["changed", "changed", "rejected"]
    assert shown[2]["acknowledgement"]["note"] == "Pecah"
    [change] = (await buyer.done("GET", f"{path}/changes"))["items"]
    assert (change["side"], change["acknowledges"], change["reason"]) == ("supplier", True, "acknowledged_with_changes")
    assert {item["pointer"]: (item["from"], item["to"]) for item in change["difference"]} == {
        "/lines/0/due_on": ("2030-02-01", "2030-02-15"),
        "/lines/0/promised_on": (None, "2030-02-15"),
        "/lines/1/ordered": ("50", "40"),
        "/lines/1/promised_on": (None, "2030-02-01"),
        "/lines/2/ordered": ("30", "0"),
    }
    assert change["allowed_actions"] == ["accept_change_order", "decline_change_order"]
    assert (order["total"], change["total_after"]) == ("18000", "14000")
    accepted = await buyer.done("POST", f"{path}/changes/{change['id']}/accept", etag=change["etag"])
    assert (accepted["state"], accepted["revision"], accepted["answered"]["side"]) == ("accepted", 1, "buyer")
    agreed = await supplier.done("GET", path)
    assert (agreed["state"], agreed["revision"], agreed["total"]) == ("acknowledged", 1, "14000")
    assert agreed["acknowledged_at"] is not None
    assert [(line["ordered"], line["tolerance"]) for line in agreed["lines"]] == [
        ("100", "10"),
        ("40", "4"),
        ("0", "0"),
    ]
    assert (agreed["lines"][0]["due_on"], agreed["lines"][0]["promised_on"]) == ("2030-02-15", "2030-02-15")
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await sql.get(tx, read("order", order["id"])))
        await world.replays(await change_orders.get(tx, read("change_order", change["id"])))


async def test_declined_the_supplier_answers_anew(world: World) -> None:
    buyer, supplier, order = await issued(world)
    path = f"/v1/orders/{order['id']}"
    await supplier.done("POST", f"{path}/acknowledge", answers(FEWER))
    [change] = (await buyer.done("GET", f"{path}/changes"))["items"]
    await buyer.done("POST", f"{path}/changes/{change['id']}/decline", {"note": "Perlu 50"})
    kept = await supplier.done("GET", path)
    assert (kept["state"], kept["lines"][1]["ordered"]) == ("issued", "50")
    done = await supplier.done("POST", f"{path}/acknowledge", answers())
    assert (done["state"], done["revision"]) == ("acknowledged", 0)


async def test_answering_anew_takes_the_former_answer_back(world: World) -> None:
    buyer, supplier, order = await issued(world)
    path = f"/v1/orders/{order['id']}"
    await supplier.done("POST", f"{path}/acknowledge", answers(FEWER))
    await supplier.done("POST", f"{path}/acknowledge", answers(LATER))
    first, second = (await buyer.done("GET", f"{path}/changes"))["items"]
    assert (first["state"], first["answered"]["side"], second["state"]) == ("withdrawn", "system", "proposed")
    late = await buyer.post(f"{path}/changes/{first['id']}/accept", etag=first["etag"])
    assert (late.status_code, late.json()["code"], late.json()["state"]) == (409, "wrong_state", "withdrawn")
    done = await supplier.done("POST", f"{path}/acknowledge", answers())
    assert done["state"] == "acknowledged"
    assert (await buyer.done("GET", f"{path}/changes?state=proposed"))["items"] == []


@pytest.mark.parametrize(
    ("change", "pointers"),
    [
        ({"line_no": 1, "promised_on": None}, ["/lines/0/promised_on"]),
        ({"line_no": 1, "quantity": "90"}, ["/lines/0/answer"]),
        (LATER | {"reason": "because"}, ["/lines/0/reason"]),
        (LATER | {"reason": None}, ["/lines/0/reason"]),
        (LATER | {"promised_on": "2030-02-01"}, ["/lines/0/answer"]),
        (FEWER | {"quantity": "50"}, ["/lines/1/answer"]),
        (FEWER | {"quantity": "0"}, ["/lines/1/quantity"]),
        (FEWER | {"quantity": "1.5"}, ["/lines/1/quantity"]),
        (NONE | {"promised_on": "2030-02-01"}, ["/lines/2/promised_on"]),
        (NONE | {"quantity": "1"}, ["/lines/2/quantity"]),
        (NONE | {"answer": "perhaps"}, ["/lines/2/answer"]),
    ],
)
async def test_an_answer_that_does_not_fit(world: World, change: dict[str, Any], pointers: list[str]) -> None:
    _, supplier, order = await issued(world)
    answer = await supplier.post(f"/v1/orders/{order['id']}/acknowledge", answers(change))
    assert answer.status_code == 422, answer.text
    assert [error["pointer"] for error in answer.json()["errors"]] == pointers
    assert (await supplier.done("GET", f"/v1/orders/{order['id']}"))["etag"] == order["etag"]


async def test_an_order_without_any_line_is_rejected_as_a_whole(world: World) -> None:
    _, supplier, order = await issued(world)
    body = {"lines": [NONE | {"line_no": no} for no in (1, 2, 3)]}
    answer = await supplier.post(f"/v1/orders/{order['id']}/acknowledge", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


async def test_a_held_order_is_acknowledged_when_it_goes_on(world: World) -> None:
    buyer, supplier, order = await issued(world)
    path = f"/v1/orders/{order['id']}"
    await supplier.done("POST", f"{path}/acknowledge", answers(FEWER))
    held = await buyer.done("POST", f"{path}/hold", {"reason": "engineering_change"})
    assert (held["state"], held["held_from"]) == ("on_hold", "issued")
    [change] = (await buyer.done("GET", f"{path}/changes"))["items"]
    await buyer.done("POST", f"{path}/changes/{change['id']}/accept", etag=change["etag"])
    assert (await buyer.done("GET", path))["held_from"] == "acknowledged"
    assert (await buyer.done("POST", f"{path}/resume"))["state"] == "acknowledged"
