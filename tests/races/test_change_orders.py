"""A change order against what happens meanwhile: both sides sign what is, or nothing."""

import asyncio

from domain.actors import SYSTEM
from domain.change_orders import sql as change_orders
from domain.ids import read
from domain.orders import sql as orders
from world import World

ROUNDS = 10


async def test_signing_against_a_despatch(world: World) -> None:
    """100 become 40 while 60 are sent: one of the two is refused, whichever comes second."""
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    for number in range(ROUNDS):
        order = await world.order(buyer, supplier)
        path = f"/v1/orders/{order['id']}"
        body = {"reason": "demand_changed", "lines": [{"line_no": 1, "quantity": "40"}]}
        change = await buyer.done("POST", f"{path}/changes", body)
        sent = {"number": f"SJ-R{number}", "lines": [{"line_no": 1, "lot": "L1", "quantity": "60"}]}
        signed, despatched = await asyncio.gather(
            supplier.post(f"{path}/changes/{change['id']}/accept", etag=change["etag"]),
            supplier.post(f"{path}/despatches", sent),
        )
        codes = {answer.json().get("code") for answer in (signed, despatched)} - {None}
        assert sorted((signed.is_success, despatched.is_success)) == [False, True], (signed.text, despatched.text)
        assert codes <= {"below_despatched", "over_despatch"}
        line = (await buyer.done("GET", path))["lines"][0]
        assert (line["ordered"], line["despatched"]) == (("40", "0") if signed.is_success else ("100", "60"))
        async with world.services.db.read(SYSTEM) as tx:
            await world.replays(await orders.get(tx, read("order", order["id"])))
            await world.replays(await change_orders.get(tx, read("change_order", change["id"])))


async def test_signing_against_withdrawing(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    for _ in range(ROUNDS):
        order = await world.order(buyer, supplier)
        path = f"/v1/orders/{order['id']}"
        body = {"reason": "demand_changed", "lines": [{"line_no": 1, "quantity": "40"}]}
        change = await buyer.done("POST", f"{path}/changes", body)
        own = f"{path}/changes/{change['id']}"
        signed, withdrawn = await asyncio.gather(
            supplier.post(f"{own}/accept", etag=change["etag"]), buyer.post(f"{own}/withdraw")
        )
        assert sorted((signed.is_success, withdrawn.is_success)) == [False, True]
        shown = await buyer.done("GET", path)
        assert (shown["revision"], shown["lines"][0]["ordered"]) == ((1, "40") if signed.is_success else (0, "100"))


async def test_two_proposals_of_one_side_at_once(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    for _ in range(ROUNDS):
        order = await world.order(buyer, supplier)
        path = f"/v1/orders/{order['id']}/changes"
        body = {"reason": "demand_changed", "lines": [{"line_no": 1, "quantity": "40"}]}
        answers = await asyncio.gather(*(buyer.post(path, body) for _ in range(3)))
        assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
        assert len((await supplier.done("GET", path))["items"]) == 1


async def test_a_release_against_a_despatch(world: World) -> None:
    """Whatever comes first: no more is ever sent than was called off at that moment."""
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    schedule = [
        {"due_on": "2030-01-01", "quantity": "40", "certainty": "firm"},
        {"due_on": "2030-06-01", "quantity": "60", "certainty": "forecast"},
    ]
    for number in range(ROUNDS):
        order = await world.order(buyer, supplier, line={"schedule": schedule})
        path = f"/v1/orders/{order['id']}"
        etag = (await buyer.done("GET", f"{path}/schedule"))["etag"]
        firm = {"lines": [{"line_no": 1, "due_on": "2030-01-01", "quantity": "40"}]}
        firm["lines"].append({"line_no": 1, "due_on": "2030-06-01", "quantity": "60"})
        sent = {"number": f"SJ-S{number}", "lines": [{"line_no": 1, "lot": "L1", "quantity": "41"}]}
        released, despatched = await asyncio.gather(
            buyer.request("PUT", f"{path}/schedule", body=firm, etag=etag), supplier.post(f"{path}/despatches", sent)
        )
        assert released.status_code == 200
        assert despatched.status_code == 201 or despatched.json()["code"] == "over_despatch"
