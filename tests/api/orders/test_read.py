"""get_order and list_orders through HTTP: what the two parties see, and nobody else."""

from uuid import UUID

from domain.actors import SYSTEM
from domain.database import Tx
from domain.ids import read
from domain.orders import sql
from world import World


async def test_an_order_shows_its_money_and_quantities(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    order = await world.order(
        buyer, supplier, quantities=("3", "40"), price="1234.5", acknowledged=False, over_delivery_percent="10"
    )
    assert (order["state"], order["state_label"]) == ("issued", "PO issued")
    assert (order["currency"], order["total"]) == ("IDR", "53084"), "43 x 1,234.5 = 53,083.5, half to even"
    assert order["ppn"] == "5839", "floor(53,083.5 x 12 % x 11/12) = floor(5,839.185)"
    first, second = order["lines"]
    assert (first["unit_price"], first["tooling"]) == ("1234.5000", "0.0000")
    names = ("ordered", "tolerance", "despatched", "short", "received", "accepted", "rejected", "open", "despatchable")
    assert [first[name] for name in names] == ["3", "0", "0", "0", "0", "0", "0", "3", "3"]
    assert [second[name] for name in names] == ["40", "4", "0", "0", "0", "0", "0", "40", "44"]
    assert (order["base"], order["total_with_ppn"]) == ("53083.5", "58923")
    supplier_may = ["acknowledge_order", "reject_order", "propose_change_order"]
    assert (order["allowed_actions"], order["blocked_actions"]) == (supplier_may, [])
    assert (order["revision"], order["held_from"], first["acknowledgement"]) == (0, None, None)
    assert order["number"] == f"PO-{order['created_at'][:4]}-{order['id'][-8:]}"
    seen = await buyer.get(f"/v1/orders/{order['id']}")
    assert seen.json() == order | {"allowed_actions": ["hold_order", "cancel_order", "propose_change_order"]}
    unchanged = await buyer.get(f"/v1/orders/{order['id']}", headers={"if-none-match": seen.headers["etag"]})
    assert unchanged.status_code == 304


async def test_its_parties_alone_see_it(world: World) -> None:
    buyer, supplier, rival = [await world.party(role) for role in ("buyer", "supplier", "supplier")]
    officials = await world.party("facilitator"), await world.party("operator")
    order = await world.order(buyer, supplier)
    path = f"/v1/orders/{order['id']}"
    for stranger in (rival, *officials):
        answer = await stranger.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
        assert (await stranger.done("GET", "/v1/orders"))["items"] == []
        for part in ("despatches", "receipts", "nonconformances"):
            assert (await stranger.get(f"{path}/{part}")).status_code == 404
    assert (await buyer.get(f"/v1/orders/{order['rfq_id']}")).status_code == 404, "an id of another kind"
    assert (await buyer.get("/v1/orders/none")).status_code == 404
    assert (await world.http.get(path)).status_code == 401
    blind = await world.key(buyer.organisation_id, "blind", scopes=["rfqs:read"])
    assert (await blind.get(path)).json()["code"] == "scope_missing"
    assert (await blind.get("/v1/orders")).json()["code"] == "scope_missing"


async def test_orders_are_listed_on_both_sides_page_by_page(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    orders = [await world.order(buyer, supplier, acknowledged=number == 1) for number in range(3)]
    newest_first = [order["id"] for order in reversed(orders)]
    for party in (buyer, supplier):
        found: list[str] = []
        path = "/v1/orders?limit=2"
        while True:
            page = await party.done("GET", path)
            found += [card["id"] for card in page["items"]]
            if page["next_cursor"] is None:
                break
            path = f"/v1/orders?limit=2&after={page['next_cursor']}"
        assert found == newest_first
    [card] = (await buyer.done("GET", "/v1/orders?state=acknowledged"))["items"]
    assert (card["id"], card["buyer_name"], card["supplier_name"]) == (newest_first[1], buyer.name, supplier.name)
    assert (card["total"], card["line_count"], card["complete_line_count"]) == ("10000", 1, 0)
    [card] = (await supplier.done("GET", f"/v1/orders?rfq_id={orders[0]['rfq_id']}"))["items"]
    assert card["id"] == orders[0]["id"]
    cursor = (await buyer.done("GET", "/v1/orders?limit=1"))["next_cursor"]
    assert (await buyer.get(f"/v1/orders?state=issued&after={cursor}")).json()["code"] == "invalid_parameter"


async def test_the_events_of_an_order_give_its_row_and_tell_no_price(world: World) -> None:
    buyer, supplier, rival = [await world.party(role) for role in ("buyer", "supplier", "supplier")]
    order = await world.order(buyer, supplier, price="4815162342")
    key = read("order", order["id"])
    async with world.services.db.read(SYSTEM) as tx:
        await world.replays(await sql.get(tx, key))
    issued, acknowledged = await world.feed(buyer, subject_id=key)
    assert (issued.type, acknowledged.type) == ("order.issued", "order.acknowledged")
    assert issued.data == {
        "rfq_id": order["rfq_id"],
        "award_id": order["award_id"],
        "buyer_id": buyer.id,
        "supplier_id": supplier.id,
        "number": order["number"],
        "zone": "WIB",
        "lines": [{"line_no": 1, "quantity": "100", "unit": "H87", "due_on": None}],
    }
    assert "4815162342" not in str(issued.data) + str(acknowledged.data)
    assert await world.feed(supplier, subject_id=key) == [issued, acknowledged]
    assert await world.feed(rival, subject_id=key) == []


async def test_the_list_leaves_out_strangers_by_its_own_condition(world: World) -> None:
    """Asked as the owner of the tables, whom no row policy holds: the statement alone decides."""
    buyer, supplier, stranger = [await world.party(role) for role in ("buyer", "supplier", "buyer")]
    order = await world.order(buyer, supplier)
    tx = Tx(world.owner)

    async def listed(organisation_id: UUID) -> list[UUID]:
        cards = await sql.list_of(tx, organisation_id, after=None, limit=100, state=None, rfq_id=None)
        return [card.id for card in cards]

    assert await listed(stranger.organisation_id) == []
    assert await listed(buyer.organisation_id) == await listed(supplier.organisation_id) == [read("order", order["id"])]
