"""create_rfq through HTTP."""

from world import World


async def test_a_buyer_starts_a_draft_that_only_it_sees(world: World) -> None:
    buyer, rival = await world.party("buyer"), await world.party("supplier")
    response = await buyer.post("/v1/rfqs", world.rfq_body(lines=2, external_reference="PR-1"))
    assert response.status_code == 201, response.text
    rfq = response.json()
    assert (rfq["state"], rfq["external_reference"], len(rfq["lines"])) == ("draft", "PR-1", 2)
    assert response.headers["location"] == f"/v1/rfqs/{rfq['id']}"
    assert response.headers["etag"] == rfq["etag"] == '"1"'
    assert "publish_rfq" in rfq["allowed_actions"]
    assert (await buyer.get(f"/v1/rfqs/{rfq['id']}")).json() == rfq
    hidden = await rival.get(f"/v1/rfqs/{rfq['id']}")
    assert (hidden.status_code, hidden.json()["code"]) == (404, "not_found")
