"""The outbox under test: endpoints through HTTP, a dispatcher like that of `jembatan work`, time moved by hand."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from api.services import Services
from api.webhooks.dispatcher import Dispatcher, dispatching
from api.work import Duty, _keep_doing
from domain.ids import read
from world import Party, World

PAUSE = 0.02
PATIENCE = 20
"""Seconds until a test gives up: much, as machines are slow and transactions of other tests hold the feed back."""


async def forget_endpoints(world: World) -> None:
    """Nothing is sent to any endpoint any more."""
    await world.owner.execute(
        "UPDATE webhook_endpoint SET state = 'deleted', secret = NULL, previous_secret = NULL, previous_until = NULL, "
        "disabled_reason = NULL WHERE state <> 'deleted'"
    )


async def feed(party: Party, type_: str, count: int = 1, *, subject: str | None = None) -> list[Any]:
    """The party's events of one type, once the feed shows `count`.

    It waits for transactions of other tests, as a feed has to; and with `subject` it leaves out what they publish to all.
    """
    query = {"limit": "100", "types": type_} | ({} if subject is None else {"subject": subject})
    async with asyncio.timeout(PATIENCE):
        while True:
            found: list[Any] = (await party.done("GET", "/v1/events", params=query))["items"]
            if len(found) >= count:
                return found
            await asyncio.sleep(PAUSE)


class Outbox:
    """What the tests of webhooks do again and again."""

    def __init__(self, world: World, services: Services) -> None:
        self.world, self.services = world, services

    async def endpoint(self, party: Party, url: str, **more: Any) -> Any:
        """A new endpoint: its representation, with `secret` beside."""
        made = await party.done("POST", "/v1/webhook-endpoints", {"url": url, **more})
        return {**made["webhook_endpoint"], "secret": made["secret"]}

    async def deliveries(self, party: Party, endpoint: Any, **query: str) -> list[Any]:
        """What was sent or waits, oldest first."""
        path = f"/v1/webhook-endpoints/{endpoint['id']}/deliveries"
        return list(reversed((await party.done("GET", path, params={"limit": "100", **query}))["items"]))

    async def until(self, party: Party, endpoint: Any, condition: Callable[[list[Any]], bool]) -> list[Any]:
        """The deliveries, once `condition` holds."""
        async with asyncio.timeout(PATIENCE):
            while not condition(found := await self.deliveries(party, endpoint)):
                await asyncio.sleep(PAUSE)
        return found

    async def settled(self, party: Party, endpoint: Any, *, attempts: int) -> list[Any]:
        """The deliveries, once the oldest one has been attempted so often and nobody holds it."""
        key = read("webhook_endpoint", endpoint["id"])
        statement = "SELECT attempts FROM webhook_delivery WHERE endpoint_id = $1 AND claim IS NULL ORDER BY id LIMIT 1"
        async with asyncio.timeout(PATIENCE):
            while (await self.world.owner.fetchval(statement, key) or 0) < attempts:
                await asyncio.sleep(PAUSE)
        return await self.deliveries(party, endpoint)

    async def shown(self, party: Party, endpoint: Any) -> Any:
        """The endpoint as the list shows it."""
        items = (await party.done("GET", "/v1/webhook-endpoints"))["items"]
        return next(item for item in items if item["id"] == endpoint["id"])

    async def pass_time(self, endpoint: Any) -> None:
        """Let every waiting time of an endpoint, and every lease, have ended."""
        key = read("webhook_endpoint", endpoint["id"])
        await self.world.owner.execute(
            "UPDATE webhook_delivery SET next_attempt_at = now() - interval '1 s', claimed_until = "
            "CASE WHEN claim IS NULL THEN NULL ELSE now() - interval '1 s' END WHERE endpoint_id = $1",
            key,
        )
        await self.world.owner.execute(
            "UPDATE webhook_lane SET paused_until = NULL, due_at = now() WHERE endpoint_id = $1", key
        )

    def dispatcher(self) -> AbstractAsyncContextManager[Dispatcher]:
        """A dispatcher that does what it is told and no more."""
        return dispatching(self.services)

    @contextlib.asynccontextmanager
    async def at_work(self) -> AsyncIterator[Dispatcher]:
        """A dispatcher that works until the block ends."""
        stop = asyncio.Event()
        async with dispatching(self.services) as dispatcher:
            duties = [Duty("fan_out", PAUSE, dispatcher.fan_out), Duty("deliver", PAUSE, dispatcher.deliver)]
            tasks = [asyncio.create_task(_keep_doing(duty, stop)) for duty in duties]
            try:
                yield dispatcher
            finally:
                stop.set()
                await asyncio.gather(*tasks)
