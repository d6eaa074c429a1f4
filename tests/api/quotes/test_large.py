"""A quote of as many lines as an RFQ may have."""

from world import World


async def test_a_quote_of_500_lines_is_sealed_submitted_and_opened(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer, lines=500)
    steps = [{"min_quantity": str(least), "unit_price": f"{500 - least}.25"} for least in (1, 50, 100)]
    lines = [{"line_no": no, "breaks": steps, "note": "as drawn"} for no in range(1, 501)]
    made = await world.quote(supplier, rfq, lines=lines)
    again = await supplier.done("GET", f"/v1/quotes/{made['id']}")
    assert len(again["content"]["lines"]) == 500
    await world.opened(buyer, rfq)
    tab = await buyer.done("GET", f"/v1/rfqs/{rfq['id']}/comparison")
    assert tab["columns"][0]["lines_priced"] == 500
