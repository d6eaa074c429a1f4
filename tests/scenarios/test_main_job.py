"""A component from a published RFQ to opened quotes, every step by its own party."""

from world import World


async def test_from_draft_to_comparison(world: World) -> None:
    buyer, one, two = await world.party("buyer"), await world.party("supplier"), await world.party("supplier")
    rfq = await world.rfq(buyer)
    quotes = [await world.quote(supplier, rfq, price=price) for supplier, price in ((one, "120.5"), (two, "99.25"))]
    sealed = await buyer.done("GET", f"/v1/rfqs/{rfq['id']}/quotes")
    assert (sealed["sealed"], sealed["count"], sealed["items"]) == (True, 2, [])
    early = await buyer.post(f"/v1/rfqs/{rfq['id']}/open-quotes")
    assert (early.status_code, early.json()["code"]) == (409, "deadline_not_reached")
    await world.pass_deadline(rfq)
    opened = await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/open-quotes")
    assert opened["state"] == "evaluating"
    tab = await buyer.done("GET", f"/v1/rfqs/{rfq['id']}/comparison")
    ranks = {column["quote_id"]: column["rank"] for column in tab["columns"]}
    assert ranks == {quotes[0]["id"]: 2, quotes[1]["id"]: 1}
