"""What counts as accepted, when it is tried again, and when it is given up."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from outbox import Outbox, feed
from receivers import Answer, Behaviour, Received, receiver, refuse

from domain.ids import read
from world import World


def seconds_until(shown: Any) -> float:
    """How long until the next attempt."""
    return (datetime.fromisoformat(shown) - datetime.now(UTC)).total_seconds()


async def one(
    world: World, outbox: Outbox, behave: Behaviour, *, attempts: int = 1
) -> tuple[Any, Any, int, list[Received]]:
    """(delivery, endpoint, connections, requests) after the first `attempts` to a partner that behaves like that."""
    buyer = await world.party("buyer")
    async with receiver(behave) as partner:
        endpoint = await outbox.endpoint(buyer, partner.url, event_types=["rfq.created"])
        await world.draft(buyer)
        async with outbox.at_work():
            for attempt in range(1, attempts + 1):
                if attempt > 1:
                    await outbox.pass_time(endpoint)
                (item,) = await outbox.settled(buyer, endpoint, attempts=attempt)
            return item, await outbox.shown(buyer, endpoint), partner.connections, partner.requests


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
async def test_any_2xx_is_success(status: int, world: World, outbox: Outbox) -> None:
    item, endpoint, _, _ = await one(world, outbox, refuse(status))
    assert (item["state"], item["last_status"], item["last_error"]) == ("succeeded", status, None)
    assert item["next_attempt_at"] is None
    assert item["finished_at"] is not None
    assert item["response_ms"] >= 0
    assert (endpoint["failing_since"], endpoint["last_success_at"] is None) == (None, False)


@pytest.mark.parametrize("status", [301, 302, 307, 308, 304])
async def test_a_redirect_is_a_failure_and_not_followed(status: int, world: World, outbox: Outbox) -> None:
    async with receiver() as elsewhere:
        item, _, _, _ = await one(world, outbox, refuse(status, location=elsewhere.url))
        assert elsewhere.connections == 0
    assert (item["state"], item["last_status"], item["last_error"]) == ("pending", status, "redirect")


@pytest.mark.parametrize("status", [400, 404, 429, 500, 503])
async def test_anything_else_is_tried_again_in_five_seconds(status: int, world: World, outbox: Outbox) -> None:
    item, endpoint, _, _ = await one(world, outbox, refuse(status))
    assert (item["state"], item["last_status"], item["last_error"]) == ("pending", status, "status")
    assert 3 < seconds_until(item["next_attempt_at"]) < 5.6
    assert endpoint["failing_since"] is not None


async def test_a_retry_has_the_same_id_and_body_and_its_own_time(world: World, outbox: Outbox) -> None:
    item, _, _, requests = await one(world, outbox, refuse(500), attempts=3)
    assert len({(request.id, request.body) for request in requests}) == 1
    assert item["attempts"] == 3
    assert 1500 < seconds_until(item["next_attempt_at"]) < 2000, "30 minutes"


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(("asked", "least", "most"), [("120", 110, 121), ("10000000", 86_000, 86_401), ("soon", 3, 6)])
async def test_retry_after_is_honoured_within_bounds(
    status: int, asked: str, least: float, most: float, world: World, outbox: Outbox
) -> None:
    item, endpoint, _, _ = await one(world, outbox, refuse(status, retry_after=asked))
    assert least < seconds_until(item["next_attempt_at"]) < most
    assert (endpoint["paused_until"] is None) == (asked == "soon")


async def test_retry_after_may_be_a_date_and_pauses_the_whole_endpoint(world: World, outbox: Outbox) -> None:
    buyer = await world.party("buyer")
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=300), usegmt=True)
    async with receiver(refuse(503, retry_after=later)) as partner:
        endpoint = await outbox.endpoint(buyer, partner.url, event_types=["rfq.created"])
        await world.draft(buyer)
        async with outbox.at_work():
            (item,) = await outbox.settled(buyer, endpoint, attempts=1)
        assert 280 < seconds_until(item["next_attempt_at"]) < 301
        async with receiver() as control:
            await outbox.endpoint(buyer, control.url, event_types=["rfq.created"])
            await world.draft(buyer)  # another object
            async with outbox.at_work():
                await control.until(1)
                await outbox.until(buyer, endpoint, lambda items: len(items) == 2)
        assert len(partner.requests) == 1
        assert 280 < seconds_until((await outbox.shown(buyer, endpoint))["paused_until"]) < 301


async def test_what_an_abandoned_address_answers_counts_for_nothing(world: World, outbox: Outbox) -> None:
    """The owner moved while an attempt was under way: it comes again to the new address, and the old 410 is no matter."""
    buyer = await world.party("buyer")
    moved = asyncio.Event()

    async def gone_later(_: Received) -> Answer:
        await moved.wait()
        return 410, {}

    async with receiver(gone_later) as old, receiver() as new:
        endpoint = await outbox.endpoint(buyer, old.url, event_types=["rfq.created"])
        await world.draft(buyer)
        async with outbox.at_work():
            await outbox.until(buyer, endpoint, lambda items: [item["attempts"] for item in items] == [1])
            body = {"url": new.url}
            await buyer.done("PATCH", f"/v1/webhook-endpoints/{endpoint['id']}", body, etag=endpoint["etag"])
            await new.until(1)
            moved.set()
            await old.until(1)
            (item,) = await outbox.until(buyer, endpoint, lambda items: items[0]["state"] == "succeeded")
    assert (await outbox.shown(buyer, endpoint))["state"] == "active"
    assert (item["attempts"], item["last_status"], old.requests[0].id) == (1, 204, new.requests[0].id)


async def test_gone_disables_the_endpoint_and_says_so_in_the_feed(world: World, outbox: Outbox) -> None:
    buyer = await world.party("buyer")
    async with receiver(refuse(410)) as partner:
        endpoint = await outbox.endpoint(buyer, partner.url, event_types=["rfq.created"])
        await world.draft(buyer)
        async with outbox.at_work():
            (item,) = await outbox.settled(buyer, endpoint, attempts=1)
        shown = await outbox.shown(buyer, endpoint)
        assert (shown["state"], shown["disabled_reason"]) == ("disabled", "gone")
        assert (item["state"], item["last_status"]) == ("pending", 410), (
            "what waits is kept for when it is enabled again"
        )
        (told,) = await feed(buyer, "webhook_endpoint.disabled")
        assert (told["subject_id"], told["actor_name"]) == (endpoint["id"], "system")
        assert told["data"] == {"disabled_reason": "gone"}
        partner.behave = refuse(200)
        path = f"/v1/webhook-endpoints/{endpoint['id']}"
        enabled = await buyer.done("PATCH", path, {"enabled": True}, etag=shown["etag"])
        assert (enabled["state"], enabled["disabled_reason"]) == ("active", None)
        async with outbox.at_work():
            await outbox.until(buyer, endpoint, lambda items: items[0]["state"] == "succeeded")


async def test_after_the_last_attempt_it_is_dead_and_so_is_an_endpoint_that_took_nothing(
    world: World, outbox: Outbox
) -> None:
    buyer = await world.party("buyer")
    async with receiver(refuse(500)) as partner:
        endpoint = await outbox.endpoint(buyer, partner.url, event_types=["rfq.created"])
        await world.draft(buyer)
        await world.draft(buyer)
        async with outbox.at_work():
            await outbox.until(buyer, endpoint, lambda items: len(items) == 2)
        await world.owner.execute(
            "UPDATE webhook_delivery SET attempts = 9, claim = NULL, claimed_until = NULL WHERE endpoint_id = $1",
            read("webhook_endpoint", endpoint["id"]),
        )
        await outbox.pass_time(endpoint)
        async with outbox.at_work():
            items = await outbox.until(buyer, endpoint, lambda found: "dead" in {item["state"] for item in found})
            while (await outbox.shown(buyer, endpoint))["state"] == "active":
                pass
        shown = await outbox.shown(buyer, endpoint)
        assert (shown["state"], shown["disabled_reason"]) == ("disabled", "failing")
        dead = next(item for item in items if item["state"] == "dead")
        assert (dead["attempts"], dead["last_error"], dead["next_attempt_at"]) == (10, "status", None)
        assert [item["id"] for item in await outbox.deliveries(buyer, endpoint, state="dead")]
        # Mended: from the dead one on everything comes, in its order.
        partner.behave = refuse(204)
        path = f"/v1/webhook-endpoints/{endpoint['id']}"
        await buyer.done("POST", f"{path}/redeliver", {"from_event_id": min(item["event_id"] for item in items)})
        await buyer.done("PATCH", path, {"enabled": True}, etag=shown["etag"])
        async with outbox.at_work():
            await outbox.until(buyer, endpoint, lambda found: {item["state"] for item in found} == {"succeeded"})


async def test_a_dead_delivery_of_a_healthy_endpoint_disables_nothing(world: World, outbox: Outbox) -> None:
    buyer = await world.party("buyer")
    async with receiver(refuse(400)) as partner:
        endpoint = await outbox.endpoint(buyer, partner.url, event_types=["rfq.created"])
        await world.draft(buyer)
        async with outbox.at_work():
            await outbox.settled(buyer, endpoint, attempts=1)
        key = read("webhook_endpoint", endpoint["id"])
        await world.owner.execute("UPDATE webhook_delivery SET attempts = 9 WHERE endpoint_id = $1", key)
        await world.owner.execute("UPDATE webhook_lane SET last_success_at = now() WHERE endpoint_id = $1", key)
        await outbox.pass_time(endpoint)
        async with outbox.at_work():
            await outbox.until(buyer, endpoint, lambda items: items[0]["state"] == "dead")
        assert (await outbox.shown(buyer, endpoint))["state"] == "active"


async def test_a_failed_test_is_not_repeated(world: World, outbox: Outbox) -> None:
    buyer = await world.party("buyer")
    async with receiver(refuse(500)) as partner:
        endpoint = await outbox.endpoint(buyer, partner.url, event_types=["rfq.created"])
        await buyer.done("POST", f"/v1/webhook-endpoints/{endpoint['id']}/test")
        async with outbox.at_work():
            (item,) = await outbox.until(buyer, endpoint, lambda items: items[0]["state"] == "dead")
    assert (item["attempts"], item["last_status"], len(partner.requests)) == (1, 500, 1)


async def test_a_secret_that_cannot_be_read_sends_nothing_and_is_seen(world: World, outbox: Outbox) -> None:
    buyer = await world.party("buyer")
    async with receiver() as partner:
        endpoint = await outbox.endpoint(buyer, partner.url, event_types=["rfq.created"])
        key = read("webhook_endpoint", endpoint["id"])
        await world.owner.execute("UPDATE webhook_endpoint SET secret = 'not ours' WHERE id = $1", key)
        await world.draft(buyer)
        async with outbox.at_work():
            (item,) = await outbox.settled(buyer, endpoint, attempts=1)
    assert (item["state"], item["last_error"], partner.connections) == ("pending", "not_signed", 0)
