"""The outbox at work: a lane for each endpoint, so that one that hangs keeps nobody waiting but itself.

A lane claims heads (each of another object), commits, posts, writes down how it ended, and ends when there is nothing
due. The database holds everything that matters: a dispatcher may be killed at any point, and several may run.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar
from uuid import UUID

import structlog

from api.services import Services
from api.webhooks.message import body_of, headers_of, id_of, render
from api.webhooks.sender import Sender
from domain.database import Database
from domain.ids import show
from domain.ledger.model import Event
from domain.outbox import commands, queries
from domain.outbox.model import EXCHANGE, Attempt, Claimed
from domain.sealing import Sealer
from domain.webhooks.model import BodyFormat

T = TypeVar("T")
Ended = tuple[Claimed, Attempt]
"""A delivery, and how the attempt at it ended."""
Secrets = dict[tuple[UUID, str, str | None], list[str]]
"""What a lane signs with, by what is stored of it: decrypted once while there is something to send, and gone with the lane."""
ROLE = "jembatan_dispatcher"
CONNECTIONS = 4
MAX_LANES = 400
"""Endpoints served at once by one process; one organisation has 20 at most."""
POLL_SECONDS = 0.25
TOGETHER_SECONDS = 0.005
"""How long an attempt that ended waits for others of its lane: they are written down in one transaction."""
NOT_SIGNED = "not_signed"
"""Why an attempt failed before anything was sent: the secret could not be read with this installation's key."""


class Dispatcher:
    """Fans events out and delivers them. `db` is a pool under the dispatcher's own role.

    `source` is what a CloudEvent calls this installation.
    """

    def __init__(self, db: Database, sealer: Sealer, sender: Sender, *, source: str) -> None:
        self._db, self._sealer, self._sender, self._source = db, sealer, sender, source
        self._lanes: dict[UUID, asyncio.Task[None]] = {}
        self._stopping = False
        # Lanes queue here, patiently, instead of failing at the pool's door.
        self._turn = asyncio.Semaphore(CONNECTIONS)
        self._log = structlog.get_logger("jembatan.webhooks")

    async def _ask(self, question: Callable[[], Awaitable[T]]) -> T:
        async with self._turn:
            return await question()

    async def fan_out(self) -> int:
        """Turn what was announced into deliveries; how many events were looked at."""
        return await self._ask(lambda: commands.fan_out(self._db, self._render))

    def _render(self, event: Event, body_format: BodyFormat) -> str:
        return render(event, body_format, self._source)

    async def forget(self) -> int:
        """Remove a batch of deliveries that ended long ago; how many."""
        return await self._ask(lambda: commands.purge(self._db))

    async def deliver(self) -> int:
        """Start a lane for every endpoint that has something due and no lane yet. Lanes run on by themselves: 0."""
        if not self._stopping:
            busy = list(self._lanes)
            for endpoint_id in await self._ask(lambda: queries.due(self._db, busy, MAX_LANES - len(busy))):
                lane = asyncio.create_task(self._serve(endpoint_id))
                self._lanes[endpoint_id] = lane
        return 0

    async def close(self) -> None:
        """Claim nothing more and let what is under way end: at most the time of one exchange."""
        self._stopping = True
        lanes = list(self._lanes.values())
        if lanes:
            await asyncio.wait(lanes, timeout=EXCHANGE.total_seconds() + 1)
        for lane in lanes:
            lane.cancel()
        await asyncio.gather(*lanes, return_exceptions=True)

    async def _serve(self, endpoint_id: UUID) -> None:
        attempts: set[asyncio.Task[Ended | None]] = set()
        done: set[asyncio.Task[Ended | None]] = set()
        secrets: Secrets = {}
        try:
            while not self._stopping:
                claimed = await self._record(endpoint_id, done, under_way=len(attempts))
                done = set()
                attempts |= {asyncio.create_task(self._attempt(delivery, secrets)) for delivery in claimed}
                if not attempts:
                    await self._ask(lambda: commands.park(self._db, endpoint_id))
                    return
                # Something else may become due for this endpoint while one attempt takes its time.
                done, attempts = await asyncio.wait(attempts, timeout=POLL_SECONDS, return_when=asyncio.FIRST_COMPLETED)
                if done and attempts:
                    more, attempts = await asyncio.wait(attempts, timeout=TOGETHER_SECONDS)
                    done |= more
            await self._last_turn(endpoint_id, done, attempts)
        except Exception as error:  # noqa: BLE001  the next round starts the lane again
            self._log.warning("lane_failed", endpoint=show("webhook_endpoint", endpoint_id), error=type(error).__name__)
            with contextlib.suppress(Exception):  # what could not be written down is sent again when its lease ends
                await self._last_turn(endpoint_id, done, attempts)
        finally:
            del self._lanes[endpoint_id]
            for attempt in attempts:
                attempt.cancel()
            await asyncio.gather(*attempts, return_exceptions=True)

    async def _last_turn(
        self,
        endpoint_id: UUID,
        done: set[asyncio.Task[Ended | None]],
        attempts: set[asyncio.Task[Ended | None]],
    ) -> None:
        """Let what is under way end, write it down, claim nothing more."""
        if attempts:
            await asyncio.wait(attempts)
        if done or attempts:
            await self._record(endpoint_id, done | attempts, under_way=0, claims=False)

    async def _record(
        self, endpoint_id: UUID, done: set[asyncio.Task[Ended | None]], *, under_way: int, claims: bool = True
    ) -> list[Claimed]:
        ended = [found for attempt in done if (found := attempt.result()) is not None]
        states, claimed = await self._ask(
            lambda: commands.turn(self._db, endpoint_id, ended, under_way=under_way, claims=claims)
        )
        for delivery, attempt in ended:
            self._say(delivery, attempt, states.get((delivery.id, delivery.claim)))
        return claimed

    async def _attempt(self, delivery: Claimed, secrets: Secrets) -> Ended | None:
        try:
            return delivery, await self._post(delivery, secrets)
        except Exception as error:  # noqa: BLE001  the lease ends, and somebody tries again
            self._told(delivery).warning("attempt_lost", error=type(error).__name__)
            return None

    def _told(self, delivery: Claimed) -> structlog.stdlib.BoundLogger:
        endpoint = show("webhook_endpoint", delivery.endpoint_id)
        bound: structlog.stdlib.BoundLogger = self._log.bind(
            endpoint=endpoint, message=id_of(delivery), attempt=delivery.attempts
        )
        return bound

    def _say(self, delivery: Claimed, attempt: Attempt, state: str | None) -> None:
        log = self._told(delivery)
        if attempt.error is None:
            log.info("delivered", status=attempt.status, ms=attempt.milliseconds)
        else:
            log.warning("failed", status=attempt.status, reason=attempt.error, ms=attempt.milliseconds, state=state)

    async def _post(self, delivery: Claimed, secrets: Secrets) -> Attempt:
        body = body_of(delivery, self._source)
        sealed = (delivery.organisation_id, delivery.secret, delivery.previous_secret)
        try:
            if sealed not in secrets:
                secrets[sealed] = commands.unseal(self._sealer, delivery)
        except Exception as error:  # noqa: BLE001  say, a key file of another installation: it waits like any failure
            self._log.error(
                "secret_unreadable", endpoint=show("webhook_endpoint", delivery.endpoint_id), error=type(error).__name__
            )
            return Attempt(status=None, error=NOT_SIGNED, milliseconds=0)
        headers = headers_of(id_of(delivery), body, secrets[sealed], delivery.at, delivery.body_format)
        return await self._sender.post(delivery.url, headers, body)


@contextlib.asynccontextmanager
async def dispatching(services: Services) -> AsyncIterator[Dispatcher]:
    """A dispatcher over a pool of its own, under the role that reads the feed and nothing else of anybody's."""
    db = await Database.connect(
        services.db.dsn,
        role=ROLE,
        application="jembatan dispatcher",
        size=CONNECTIONS,
        statement_cache=services.settings.statement_cache,
    )
    sender = Sender(loopback=services.settings.webhook_loopback)
    dispatcher = Dispatcher(db, services.sealer, sender, source=services.settings.issuer)
    try:
        yield dispatcher
    finally:
        await dispatcher.close()
        sender.close()
        await db.close()
