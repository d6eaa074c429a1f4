"""A dispatcher killed in the middle loses nothing: the lease ends, and the same message is sent again."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from outbox import Outbox
from receivers import hang, receiver, refuse

from domain.ids import read
from world import World

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def worker(app_dsn: str, home: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """`jembatan work`, a process of its own; killed at the end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "api",
        "work",
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": app_dsn,
            "JEMBATAN_HOME": str(home),
            "JEMBATAN_WEBHOOK_LOOPBACK": "1",
        },
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_a_killed_dispatcher_is_taken_over_with_the_same_id(world: World, outbox: Outbox, app_dsn: str) -> None:
    buyer = await world.party("buyer")
    home = outbox.services.settings.home
    async with receiver(hang) as partner:
        endpoint = await outbox.endpoint(buyer, partner.url, event_types=["rfq.created"])
        await world.draft(buyer)
        async with worker(app_dsn, home) as process:
            await partner.until(1, within=40)
            process.send_signal(signal.SIGKILL)
            await process.wait()
        partner.behave = refuse(204)
        async with outbox.dispatcher() as dispatcher:
            await dispatcher.deliver()
            (item,) = await outbox.deliveries(buyer, endpoint)
            assert (item["state"], item["attempts"]) == ("pending", 1), "the lease of the dead process still runs"
        await outbox.pass_time(endpoint)
        async with outbox.at_work():
            (item,) = await outbox.until(buyer, endpoint, lambda items: items[0]["state"] == "succeeded")
    assert [request.id for request in partner.requests] == [item["event_id"]] * 2
    assert item["attempts"] == 2


async def test_the_worker_delivers_and_stops_when_told(world: World, outbox: Outbox, app_dsn: str) -> None:
    buyer = await world.party("buyer")
    async with receiver() as partner, worker(app_dsn, outbox.services.settings.home) as process:
        await outbox.endpoint(buyer, partner.url, event_types=["rfq.created"])
        await world.draft(buyer)
        await partner.until(1, within=40)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 10) == 0


async def test_a_result_that_comes_after_the_lease_changes_nothing(world: World, outbox: Outbox) -> None:
    """Another dispatcher has taken over: what the first one has to say is too late."""
    buyer = await world.party("buyer")
    taken_over = asyncio.Event()

    async def slowly(_: object) -> tuple[int, dict[str, str]]:
        await taken_over.wait()
        return 500, {}

    async with receiver(slowly) as partner:
        endpoint = await outbox.endpoint(buyer, partner.url, event_types=["rfq.created"])
        await world.draft(buyer)
        async with outbox.at_work():
            await outbox.until(buyer, endpoint, lambda items: [item["attempts"] for item in items] == [1])
            await world.owner.execute(
                "UPDATE webhook_delivery SET claim = gen_random_uuid() WHERE endpoint_id = $1",
                read("webhook_endpoint", endpoint["id"]),
            )
            taken_over.set()
            await partner.until(1)
        (item,) = await outbox.deliveries(buyer, endpoint)
    assert (item["state"], item["last_status"], item["attempts"]) == ("pending", None, 1)


async def test_fan_out_by_two_at_once_makes_one_delivery_of_each(world: World, outbox: Outbox) -> None:
    buyer = await world.party("buyer")
    endpoint = await outbox.endpoint(buyer, "https://erp.example.com/", event_types=["rfq.created"])
    for _ in range(10):
        await world.draft(buyer)
    async with outbox.dispatcher() as one, outbox.dispatcher() as two:
        while len(await outbox.deliveries(buyer, endpoint)) < 10:
            await asyncio.gather(*(each.fan_out() for each in (one, two, one, two)))
    found = await outbox.deliveries(buyer, endpoint)
    assert len({item["event_id"] for item in found}) == len(found) == 10


async def test_a_lane_that_fails_does_not_stop_the_others(world: World, outbox: Outbox) -> None:
    """Say its row is locked by a long transaction, or what it gets cannot be written down."""
    broken, healthy = await world.party("buyer"), await world.party("buyer")
    async with receiver() as partner, outbox.dispatcher() as dispatcher:
        bad = await outbox.endpoint(broken, "https://erp.example.com/", event_types=["rfq.created"])
        good = await outbox.endpoint(healthy, partner.url, event_types=["rfq.created"])
        await world.owner.execute(
            "ALTER TABLE webhook_delivery ADD CONSTRAINT broken CHECK (endpoint_id <> '{}') NOT VALID".format(
                read("webhook_endpoint", bad["id"])
            )
        )
        try:
            await world.draft(broken)
            await world.draft(healthy)
            with pytest.raises(ExceptionGroup, match="lanes failed"):
                for _ in range(1000):
                    await dispatcher.fan_out()
            async with asyncio.timeout(5):
                while not await outbox.deliveries(healthy, good):
                    with pytest.raises(ExceptionGroup):
                        await dispatcher.fan_out()
        finally:
            await world.owner.execute("ALTER TABLE webhook_delivery DROP CONSTRAINT broken")
