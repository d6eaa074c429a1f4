"""update_quote through HTTP: the working content, beside what is submitted."""

from world import World

PRICE = [{"line_no": 1, "breaks": [{"min_quantity": "1", "unit_price": "7"}]}]


async def test_what_is_submitted_stays_in_force_until_it_is_submitted_again(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    quote = await world.quote(supplier, rfq, note="first")
    path = f"/v1/quotes/{quote['id']}"
    changed = await supplier.done("PATCH", path, {"lines": PRICE, "payment_days": 30}, etag=quote["etag"])
    assert (changed["state"], changed["submitted_version"], changed["has_unsubmitted_changes"]) == (
        "submitted",
        1,
        True,
    )
    assert changed["content"]["lines"][0]["breaks"][0]["unit_price"] == "7.0000"
    assert (changed["content"]["note"], changed["content"]["payment_days"]) == ("first", 30), "what is absent stays"
    cleared = await supplier.done("PATCH", path, {"note": None}, etag=changed["etag"])
    assert cleared["content"]["note"] is None
    assert cleared["commitment"] == quote["commitment"]
    await world.opened(buyer, rfq)
    seen = await buyer.done("GET", path)
    assert seen["content"]["lines"][0]["breaks"][0]["unit_price"] == "100.0000"
    assert (await supplier.done("GET", path))["content"] == seen["content"], "both read what was opened"


async def test_a_draft_may_be_incomplete_but_not_absurd(world: World) -> None:
    buyer, supplier = await world.parties("buyer", "supplier")
    rfq = await world.rfq(buyer)
    quote = await supplier.done("POST", f"/v1/rfqs/{rfq['id']}/quotes", world.quote_body(rfq) | {"lines": []})
    path = f"/v1/quotes/{quote['id']}"
    wrong = await supplier.request("PATCH", path, body={"lines": [PRICE[0] | {"line_no": 5}]}, etag=quote["etag"])
    assert (wrong.status_code, wrong.json()["code"]) == (422, "invalid")
    right = await supplier.done("PATCH", path, {"lines": PRICE}, etag=quote["etag"])
    assert right["content"]["lines"][0]["line_digest"] == rfq["lines"][0]["digest"]


async def test_who_may_not_and_when(world: World) -> None:
    buyer, supplier, rival = await world.parties("buyer", "supplier", "supplier")
    rfq = await world.rfq(buyer)
    quote = await world.quote(supplier, rfq)
    path, body = f"/v1/quotes/{quote['id']}", {"note": "x"}
    assert (await supplier.request("PATCH", path, body=body)).status_code == 428
    stale = await supplier.request("PATCH", path, body=body, etag='"1"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert (await rival.request("PATCH", path, body=body, etag='"1"')).status_code == 404
    sealed = await buyer.request("PATCH", path, body=body, etag='"1"')
    assert (sealed.status_code, sealed.json()["code"]) == (409, "still_sealed")
    reader = await world.key(supplier.organisation_id, "reader", scopes=["quotes:read"])
    assert (await reader.request("PATCH", path, body=body, etag=quote["etag"])).json()["code"] == "scope_missing"
    await world.pass_deadline(rfq)
    late = await supplier.request("PATCH", path, body=body, etag=quote["etag"])
    assert (late.status_code, late.json()["code"]) == (409, "deadline_passed")
    await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/open-quotes")
    assert (await buyer.request("PATCH", path, body=body, etag='"3"')).json()["code"] == "forbidden"
    assert (await supplier.request("PATCH", path, body=body, etag='"3"')).json()["code"] == "deadline_passed"
