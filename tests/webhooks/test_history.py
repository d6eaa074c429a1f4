"""What each attempt of a delivery came to stays readable: several failures, a success, and what a redelivery adds."""

from datetime import datetime

from outbox import Outbox
from receivers import receiver, refuse, scripted

from domain.ids import read
from domain.webhooks.model import KEPT_ATTEMPTS
from world import World


async def test_every_attempt_is_listed_with_how_it_ended(world: World, outbox: Outbox) -> None:
    buyer, rival = await world.party("buyer"), await world.party("buyer")
    async with receiver(scripted(500, 301, 404)) as partner:
        endpoint = await outbox.endpoint(buyer, partner.url, event_types=["rfq.created"])
        await world.draft(buyer)
        async with outbox.at_work():
            for attempt in range(1, 5):
                await outbox.settled(buyer, endpoint, attempts=attempt)
                await outbox.pass_time(endpoint)
            (item,) = await outbox.until(buyer, endpoint, lambda items: items[0]["state"] == "succeeded")
            history = item["history"]
            assert [(tried["status"], tried["error"]) for tried in history] == [
                (500, "status"), (301, "redirect"), (404, "status"), (204, None),
            ]  # fmt: skip
            times = [datetime.fromisoformat(tried["at"]) for tried in history]
            assert times == sorted(times)
            stamps = [request.headers["webhook-timestamp"] for request in partner.requests]
            assert stamps == [str(int(time.timestamp())) for time in times]
            assert history[-1]["at"] == item["last_attempt_at"]
            assert history[-1]["response_ms"] == item["response_ms"]
            await buyer.done("POST", f"/v1/webhook-endpoints/{endpoint['id']}/redeliver", {"delivery_id": item["id"]})
            (item,) = await outbox.until(buyer, endpoint, lambda items: len(items[0]["history"]) == 5)
    assert (item["attempts"], item["history"][:4]) == (1, history), "attempts count anew, the history goes on"
    hidden = await rival.get(f"/v1/webhook-endpoints/{endpoint['id']}/deliveries")
    assert hidden.status_code == 404


async def test_an_attempt_without_an_answer_has_no_status(world: World, outbox: Outbox) -> None:
    buyer = await world.party("buyer")
    async with receiver() as partner:
        endpoint = await outbox.endpoint(buyer, partner.url, event_types=["rfq.created"])
    await world.draft(buyer)  # nobody listens there any more
    async with outbox.at_work():
        (item,) = await outbox.settled(buyer, endpoint, attempts=1)
    (tried,) = item["history"]
    assert (tried["status"], tried["error"]) == (None, "connection_failed")


async def test_the_newest_are_kept_and_go_with_their_delivery(world: World, outbox: Outbox) -> None:
    buyer = await world.party("buyer")
    async with receiver(refuse(500)) as partner:
        endpoint = await outbox.endpoint(buyer, partner.url, event_types=["rfq.created"])
        await world.draft(buyer)
        async with outbox.at_work():
            (item,) = await outbox.settled(buyer, endpoint, attempts=1)
            key = read("webhook_delivery", item["id"])
            await world.owner.execute(
                "INSERT INTO webhook_attempt (delivery_id, at, status, response_ms) "
                "SELECT $1, now() - n * interval '1 minute', 200 + n, 1 FROM generate_series(1, $2) n",
                key,
                KEPT_ATTEMPTS - 1,
            )
            await outbox.pass_time(endpoint)
            (item,) = await outbox.settled(buyer, endpoint, attempts=2)
    statuses = [tried["status"] for tried in item["history"]]
    assert len(statuses) == KEPT_ATTEMPTS
    assert (statuses[-2:], statuses[0]) == ([500, 500], 200 + KEPT_ATTEMPTS - 2), "the oldest one went"
    await world.owner.execute("DELETE FROM webhook_delivery WHERE id = $1", key)
    assert await world.owner.fetchval("SELECT count(*) FROM webhook_attempt WHERE delivery_id = $1", key) == 0
