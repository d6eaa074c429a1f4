"""A storm of one request under one key happens once."""

import asyncio
from typing import Any

import pytest

from domain.idempotency.commands import claim
from world import World


async def test_two_hundred_posts_make_one_rfq_and_one_body(world: World) -> None:
    buyer = await world.party("buyer")
    # No reference: nothing but the key says that all of them are one.
    body = world.rfq_body(title="Storm")

    async def post() -> bytes:
        for _ in range(200):
            response = await buyer.post("/v1/rfqs", body, key="storm")
            if response.status_code == 201:
                return response.content
            assert response.json()["code"] in {"idempotency_in_progress", "unavailable"}, response.text
            await asyncio.sleep(0.02)
        raise AssertionError("the key stayed in progress")

    bodies = await asyncio.gather(*(post() for _ in range(200)))
    assert len(set(bodies)) == 1
    page = await buyer.done("GET", "/v1/rfqs")
    assert [item["title"] for item in page["items"]] == ["Storm"]
    other = await buyer.post("/v1/rfqs", {**body, "title": "another"}, key="storm")
    assert (other.status_code, other.json().get("code")) == (422, "idempotency_key_reused")


async def test_a_storm_of_refusals_is_refused_alike(world: World) -> None:
    buyer = await world.party("buyer")
    body = world.rfq_body(external_reference="taken")
    await buyer.done("POST", "/v1/rfqs", body)

    async def post() -> bytes:
        for _ in range(200):
            response = await buyer.post("/v1/rfqs", body, key="again")
            if response.json()["code"] == "duplicate":
                assert response.status_code == 409
                return response.content
            assert response.json()["code"] in {"idempotency_in_progress", "unavailable"}, response.text
            await asyncio.sleep(0.02)
        raise AssertionError("the key stayed in progress")

    assert len(set(await asyncio.gather(*(post() for _ in range(40))))) == 1


async def test_a_key_that_was_used_while_its_refusal_was_undone_has_one_answer(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refusal is stored in a transaction of its own: what got in between, under the same key, is the answer of both."""
    buyer = await world.party("buyer")
    body = world.rfq_body(external_reference="taken")
    first = await buyer.done("POST", "/v1/rfqs", body)
    claims = 0
    between: list[bytes] = []

    async def claimed(*arguments: Any) -> Any:
        nonlocal claims
        claims += 1
        if claims == 2:
            monkeypatch.setattr("api.call.claim", claim)
            gone = await buyer.request("DELETE", f"/v1/rfqs/{first['id']}", etag=first["etag"])
            assert gone.status_code == 204, gone.text
            other = await buyer.post("/v1/rfqs", body, key="shared")
            assert other.status_code == 201
            between.append(other.content)
        return await claim(*arguments)

    monkeypatch.setattr("api.call.claim", claimed)
    answer = await buyer.post("/v1/rfqs", body, key="shared")
    assert (answer.status_code, answer.content) == (201, between[0])
    assert answer.headers["idempotent-replayed"] == "true"
