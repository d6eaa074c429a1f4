"""A command whose connection dies is answered with 503, and only its caller decides whether it is tried again."""

import asyncio

import httpx

from domain.ids import read
from world import World

WAITING = """
SELECT pid FROM pg_stat_activity
 WHERE application_name = 'test' AND datname = current_database() AND wait_event_type = 'Lock'
"""


async def _cut(world: World) -> None:
    """End the one session of the application that waits for a lock."""
    async with asyncio.timeout(10):
        while not (found := await world.owner.fetch(WAITING)):
            await asyncio.sleep(0.01)
    assert len(found) == 1
    assert await world.owner.fetchval("SELECT pg_terminate_backend($1, 5000)", found[0]["pid"])


async def test_what_was_cut_off_did_not_happen_and_is_not_tried_behind_the_callers_back(world: World) -> None:
    buyer = await world.party("buyer")
    draft = await world.draft(buyer)
    path = f"/v1/rfqs/{draft['id']}/publish"

    async def publish() -> httpx.Response:
        return await buyer.post(path, key="once")

    async with world.owner.transaction():
        await world.owner.execute("SELECT FROM rfq WHERE id = $1 FOR UPDATE", read("rfq", draft["id"]))
        asking = asyncio.create_task(publish())
        await _cut(world)
    answer = await asking
    assert (answer.status_code, answer.json().get("code")) == (503, "unavailable"), answer.text
    assert int(answer.headers["retry-after"]) >= 1
    assert (await buyer.done("GET", f"/v1/rfqs/{draft['id']}"))["state"] == "draft"
    again = await publish()
    assert (again.status_code, again.json()["state"]) == (200, "open")
    assert "idempotent-replayed" not in again.headers
