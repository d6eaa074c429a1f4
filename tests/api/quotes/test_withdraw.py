"""withdraw_quote through HTTP."""

from world import World


async def test_a_quote_is_taken_back_and_may_return(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    quote = await world.quote(supplier, rfq)
    count = f"/v1/rfqs/{rfq['id']}/quotes"
    path = f"/v1/quotes/{quote['id']}"
    assert (await buyer.done("GET", count))["count"] == 1
    first = await supplier.post(f"{path}/withdraw", key="once", etag=quote["etag"])
    again = await supplier.post(f"{path}/withdraw", key="once", etag=quote["etag"])
    assert (first.status_code, first.json()["state"], again.content) == (200, "withdrawn", first.content)
    assert first.json()["has_unsubmitted_changes"]
    assert (await buyer.done("GET", count))["count"] == 0
    second = await supplier.post(f"{path}/withdraw")
    assert (second.status_code, second.json()["code"], second.json()["state"]) == (409, "wrong_state", "withdrawn")
    assert "submit_quote" in second.json()["allowed_actions"]
    back = await supplier.done("POST", f"{path}/submit")
    assert (back["state"], back["submitted_version"]) == ("submitted", 2)
    assert (await buyer.done("GET", count))["count"] == 1


async def test_what_is_withdrawn_at_the_deadline_lapses_and_is_never_opened(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    quote = await world.quote(supplier, rfq)
    path = f"/v1/quotes/{quote['id']}"
    await supplier.done("POST", f"{path}/withdraw")
    await world.opened(buyer, rfq)
    assert (await supplier.done("GET", path))["state"] == "lapsed"
    assert (await buyer.get(path)).status_code == 404
    page = await buyer.done("GET", f"/v1/rfqs/{rfq['id']}/quotes")
    assert (page["sealed"], page["count"], page["items"]) == (False, 0, [])


async def test_who_may_not_and_when(world: World) -> None:
    buyer, supplier, rival = await world.parties("buyer", "supplier", "supplier")
    rfq = await world.rfq(buyer)
    quote = await world.quote(supplier, rfq)
    path = f"/v1/quotes/{quote['id']}/withdraw"
    assert (await rival.post(path)).status_code == 404
    assert (await buyer.post(path)).json()["code"] == "still_sealed"
    assert (await supplier.post(path, etag='"1"')).json()["code"] == "stale_version"
    dry = await supplier.post(path, headers={"prefer": "dry-run"})
    assert (dry.status_code, dry.json()["state"]) == (200, "withdrawn")
    await world.pass_deadline(rfq)
    late = await supplier.post(path)
    assert (late.status_code, late.json()["code"]) == (409, "deadline_passed"), "nobody leaves after the closing"
    await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/open-quotes")
    assert (await buyer.post(path)).json()["code"] == "forbidden"
