"""cancel_despatch through HTTP: quantities go back, but not once something arrived."""

from domain.actors import SYSTEM
from domain.deliveries import sql as deliveries
from domain.ids import read
from domain.orders import sql as orders
from world import World


async def test_what_is_taken_back_may_be_sent_again(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(buyer, supplier, quantities=("100", "50"))
    sent = await world.despatch(supplier, order, (1, "A", "60"), (1, "B", "40"), (2, "A", "50"))
    path = f"/v1/despatches/{sent['id']}/cancel"
    first = await supplier.post(path, key="once", etag=sent["etag"])
    assert (first.status_code, first.json()["state"], first.json()["allowed_actions"]) == (200, "cancelled", [])
    again = await supplier.post(path, key="once", etag=sent["etag"])
    assert (again.content, again.headers["idempotent-replayed"]) == (first.content, "true")
    now = await supplier.done("GET", f"/v1/orders/{order['id']}")
    assert (now["state"], [line["despatched"] for line in now["lines"]]) == ("in_progress", ["0", "0"])
    await world.despatch(supplier, order, (1, "A", "100"))
    twice = await supplier.post(path)
    assert (twice.status_code, twice.json()["state"]) == (409, "cancelled")
    number = {"number": sent["number"], "lines": [{"line_no": 2, "lot": "A", "quantity": "1"}]}
    used = await supplier.post(f"/v1/orders/{order['id']}/despatches", number)
    assert used.json()["code"] == "duplicate", "a number stays used"
    types = [event.type for event in await world.feed(buyer, subject_id=read("despatch", sent["id"]))]
    assert types == ["despatch.created", "despatch.cancelled"]
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await orders.get(tx, read("order", order["id"])))
        await world.replays(await deliveries.get_despatch(tx, read("despatch", sent["id"])))


async def test_not_once_something_arrived(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(buyer, supplier)
    sent = await world.despatch(supplier, order, (1, "A", "60"))
    counted = {"despatch_id": sent["id"], "lines": [{"line_no": 1, "lot": "A", "received": "1"}]}
    await buyer.done("POST", f"/v1/orders/{order['id']}/receipts", counted)
    seen = await supplier.done("GET", f"/v1/despatches/{sent['id']}")
    assert (seen["state"], seen["allowed_actions"]) == ("despatched", [])
    assert [(item["action"], item["code"]) for item in seen["blocked_actions"]] == [("cancel_despatch", "wrong_state")]
    late = await supplier.post(f"/v1/despatches/{sent['id']}/cancel")
    assert (late.status_code, late.json()["code"]) == (409, "wrong_state")
    assert "has been received" in late.json()["detail"]


async def test_who_may_not_and_when(world: World) -> None:
    buyer, supplier, rival = [await world.party(role) for role in ("buyer", "supplier", "supplier")]
    order = await world.order(buyer, supplier)
    sent = await world.despatch(supplier, order, (1, "A", "60"))
    path = f"/v1/despatches/{sent['id']}/cancel"
    assert (await rival.post(path)).status_code == 404
    assert (await rival.get(f"/v1/despatches/{sent['id']}")).status_code == 404
    assert (await supplier.post("/v1/despatches/none/cancel")).status_code == 404
    assert (await buyer.post(path)).json()["code"] == "forbidden"
    reader = await world.key(supplier.organisation_id, "reader", scopes=["orders:read"])
    assert (await reader.post(path)).json()["code"] == "scope_missing"
    assert (await world.http.post(path)).status_code == 401
    assert (await supplier.post(path, key="")).json()["code"] == "idempotency_key_required"
    stale = await supplier.post(path, etag='"7"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    dry = await supplier.post(path, headers={"prefer": "dry-run"})
    assert (dry.json()["state"], dry.headers["preference-applied"]) == ("cancelled", "dry-run")
    assert (await supplier.done("GET", f"/v1/despatches/{sent['id']}"))["state"] == "despatched"


async def test_despatches_are_listed_oldest_first(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(buyer, supplier)
    sent = [await world.despatch(supplier, order, (1, "A", "5")) for _ in range(3)]
    path = f"/v1/orders/{order['id']}/despatches?limit=2"
    page = await buyer.done("GET", path)
    assert [item["id"] for item in page["items"]] == [item["id"] for item in sent[:2]]
    rest = await buyer.done("GET", f"{path}&after={page['next_cursor']}")
    assert ([item["id"] for item in rest["items"]], rest["next_cursor"]) == ([sent[2]["id"]], None)
