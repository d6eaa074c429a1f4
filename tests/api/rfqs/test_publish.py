"""publish_rfq through HTTP: the story, each refusal, replay, stale ETag, dry run."""

import pytest

from world import World


async def test_publishing_announces_it_and_can_be_repeated(world: World) -> None:
    buyer, supplier = await world.party("buyer"), await world.party("supplier")
    draft = await world.draft(buyer)
    path = f"/v1/rfqs/{draft['id']}/publish"
    first = await buyer.post(path, key="once", etag=draft["etag"])
    again = await buyer.post(path, key="once", etag=draft["etag"])
    assert (first.status_code, first.json()["state"], first.json()["revision"]) == (200, "open", 1)
    assert again.content == first.content
    assert again.headers["idempotent-replayed"] == "true"
    seen = await supplier.done("GET", f"/v1/rfqs/{draft['id']}")
    assert seen["state"] == "open"
    assert draft["id"] in [card["id"] for card in (await supplier.done("GET", "/v1/rfqs"))["items"]]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"lines": []}, "/lines"),
        ({"quotes_close_at": None}, "/quotes_close_at"),
        ({"quotes_close_at": "2020-01-01T00:00:00Z"}, "/quotes_close_at"),
        ({"lines": [World.line(specification=None)]}, "/lines/0"),
        ({"evaluation": [{"criterion": "price", "percent": "60"}]}, "/evaluation"),
        ({"nda_required": True}, "/nda_text"),
    ],
)
async def test_an_incomplete_draft_is_refused(world: World, change: dict[str, object], pointer: str) -> None:
    buyer = await world.party("buyer")
    draft = await buyer.done("POST", "/v1/rfqs", world.rfq_body() | change)
    response = await buyer.post(f"/v1/rfqs/{draft['id']}/publish")
    problem = response.json()
    assert (response.status_code, problem["code"]) == (422, "incomplete"), response.text
    assert [error["pointer"] for error in problem["errors"]] == [pointer]
    assert (await buyer.done("GET", f"/v1/rfqs/{draft['id']}"))["etag"] == draft["etag"]


async def test_who_may_not_and_when(world: World) -> None:
    buyer, rival = await world.party("buyer"), await world.party("buyer")
    draft = await world.draft(buyer)
    path = f"/v1/rfqs/{draft['id']}/publish"
    assert (await rival.post(path)).status_code == 404
    reader = await world.key(buyer.organisation_id, "reader", scopes=["rfqs:read"])
    assert (await reader.post(path)).json()["code"] == "scope_missing"
    assert (await buyer.post(path, key="")).json()["code"] == "idempotency_key_required"
    assert (await buyer.post(path, etag='"7"')).json()["code"] == "stale_version"
    dry = await buyer.post(path, headers={"prefer": "dry-run"})
    assert (dry.status_code, dry.json()["state"], dry.headers["preference-applied"]) == (200, "open", "dry-run")
    assert (await buyer.done("GET", f"/v1/rfqs/{draft['id']}"))["state"] == "draft"
    await buyer.done("POST", path)
    second = await buyer.post(path)
    assert (second.status_code, second.json()["code"], second.json()["state"]) == (409, "wrong_state", "open")
    assert "extend_rfq" in second.json()["allowed_actions"]


async def test_an_unverified_buyer_cannot_publish(world: World) -> None:
    buyer = await world.party("buyer", state="registered")
    response = await buyer.post("/v1/rfqs", world.rfq_body())
    assert (response.status_code, response.json()["code"]) == (403, "organisation_not_verified")
