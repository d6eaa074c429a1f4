"""A storm of one request under one key happens once."""

import asyncio

from world import World


async def test_two_hundred_posts_make_one_rfq_and_one_body(world: World) -> None:
    buyer = await world.party("buyer")
    body = world.rfq_body(external_reference="storm")

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
    assert [item["external_reference"] for item in page["items"]] == ["storm"]
    other = await buyer.post("/v1/rfqs", {**body, "title": "another"}, key="storm")
    assert (other.status_code, other.json().get("code")) == (422, "idempotency_key_reused")
