"""create_rfq through HTTP."""

import pytest

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


@pytest.mark.parametrize("percent", ["60", "-1", "1.234"])
async def test_an_over_delivery_that_no_order_admits_is_refused(world: World, percent: str) -> None:
    buyer = await world.party("buyer")
    response = await buyer.post("/v1/rfqs", world.rfq_body(over_delivery_percent=percent))
    assert (response.status_code, response.json()["code"]) == (422, "invalid")
    assert [error["pointer"] for error in response.json()["errors"]] == ["/over_delivery_percent"]


async def test_an_erp_may_send_the_same_document_twice(world: World) -> None:
    buyer = await world.party("buyer")
    path, body = "/v1/rfqs/by-reference/PR-7", world.rfq_body()
    first = await buyer.request("PUT", path, body=body)
    again = await buyer.request("PUT", path, body=body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    blind = await buyer.request("PUT", path, body={**body, "title": "other"})
    assert (blind.status_code, blind.json()["code"]) == (428, "version_required")
    seen = await buyer.request("PUT", path, body={**body, "title": "other"}, etag=first.json()["etag"])
    assert (seen.status_code, seen.json()["title"]) == (200, "other")
    stale = await buyer.request("PUT", path, body=body, etag=first.json()["etag"])
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    taken = await buyer.post("/v1/rfqs", {**body, "external_reference": "PR-7"})
    assert (taken.status_code, taken.json()["code"]) == (409, "duplicate")
    written = await world.owner.fetch(
        "SELECT type FROM event WHERE organisation_id = $1 ORDER BY position", buyer.organisation_id
    )
    assert [event["type"] for event in written] == ["rfq.created", "rfq.updated"]
    gone = await buyer.request("PUT", "/v1/rfqs/by-reference/PR-8", body=body, etag='"3"')
    assert (gone.status_code, gone.json()["code"]) == (412, "stale_version")
    await buyer.done("POST", f"/v1/rfqs/{first.json()['id']}/publish")
    same = await buyer.request("PUT", path, body={**body, "title": "other"})
    assert (same.status_code, same.json()["state"]) == (200, "open")
    late = await buyer.request("PUT", path, body=body, etag=same.json()["etag"])
    assert (late.status_code, late.json()["code"]) == (409, "wrong_state")


async def test_a_draft_is_changed_and_thrown_away_with_its_version(world: World) -> None:
    buyer = await world.party("buyer")
    draft = await world.draft(buyer, description="old")
    path = f"/v1/rfqs/{draft['id']}"
    changed = await buyer.request("PATCH", path, body={"description": None}, etag=draft["etag"])
    assert (changed.json()["description"], changed.json()["title"]) == (None, draft["title"])
    assert (await buyer.request("DELETE", path)).json()["code"] == "version_required"
    assert (await buyer.request("DELETE", path, etag=draft["etag"])).json()["code"] == "stale_version"
    assert (await buyer.request("DELETE", path, etag=changed.json()["etag"])).status_code == 204
    assert (await buyer.get(path)).status_code == 404


async def test_a_deadline_moves_only_later(world: World) -> None:
    buyer = await world.party("buyer")
    rfq = await world.rfq(buyer)
    path = f"/v1/rfqs/{rfq['id']}/extend"
    assert (await buyer.post(path, {"quotes_close_at": "2020-01-01T00:00:00Z"})).json()["code"] == "invalid"
    naive = await buyer.post(path, {"quotes_close_at": "2035-01-01T00:00:00"})
    assert naive.json()["code"] == "invalid_body"
    moved = await buyer.done("POST", path, {"quotes_close_at": "2035-01-01T00:00:00Z"})
    assert moved["quotes_close_at"] == "2035-01-01T00:00:00Z"
    await world.pass_deadline(rfq)
    late = await buyer.post(path, {"quotes_close_at": "2036-01-01T00:00:00Z"})
    assert (late.status_code, late.json()["code"]) == (409, "deadline_passed")


async def test_what_has_ended_can_be_issued_again(world: World) -> None:
    buyer = await world.party("buyer")
    rfq = await world.rfq(buyer)
    path = f"/v1/rfqs/{rfq['id']}"
    assert (await buyer.post(f"{path}/reissue")).json()["code"] == "wrong_state"
    await buyer.done("POST", f"{path}/cancel", {"reason": "design_changed"})
    again = await buyer.done("POST", f"{path}/reissue")
    assert (again["state"], again["reissue_of"], again["quotes_close_at"]) == ("draft", rfq["id"], None)
