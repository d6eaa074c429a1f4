"""Connections at hand: the one that was given back last is taken first, without a task, a timer or a round trip.

asyncpg's pool opens, counts and closes them. Taking one from it costs as much of the processor as sending a statement, so a
connection stays here between requests, and goes back to the pool when it was idle for long.
"""

import asyncio
import time
from collections import deque

import asyncpg

ACQUIRE_SECONDS = 1.0
IDLE_SECONDS = 60.0
"""After which a connection that nobody took goes back to the pool, which closes it five minutes later."""

CHECKED_EVERY = 1000
"""Of the times that one is given back: that one goes to the pool, which closes it after 50,000 statements."""


class Connections:
    """Up to as many as `pool` may have."""

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]") -> None:
        self._pool = pool
        self._most = pool.get_max_size()
        self._idle: list[tuple[asyncpg.pool.PoolConnectionProxy[asyncpg.Record], float]] = []
        self._had: dict[asyncpg.pool.PoolConnectionProxy[asyncpg.Record], int] = {}
        """Connections that are not with the pool, in use or idle here, each with the generation that it was opened in."""
        self._opening = self._given = 0
        self._generation = 0
        self._waiting: deque[asyncio.Future[asyncpg.pool.PoolConnectionProxy[asyncpg.Record] | None]] = deque()
        self._closing = False

    @property
    def usage(self) -> tuple[int, int, int]:
        """Connections: (in use, open, at most)."""
        return len(self._had) - len(self._idle), self._pool.get_size(), self._most

    async def take(self) -> "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]":
        """One for the caller alone, to be given back with `give`. Raises TimeoutError after a second of waiting."""
        while self._idle:
            connection = self._idle.pop()[0]
            if not _is_lost(connection):
                return connection
            await self._return(connection)
        ends = time.monotonic() + ACQUIRE_SECONDS
        while len(self._had) + self._opening >= self._most:
            given = await self._turn(ends)
            if given is not None:
                return given
        self._opening += 1
        opened = None
        try:
            opened = await self._pool.acquire(timeout=max(0.001, ends - time.monotonic()))
            self._had[opened] = self._generation
        finally:
            self._opening -= 1
            if opened is None:
                self._wake()
        return opened

    async def give(self, connection: "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]") -> None:
        """Take it back: for whoever waits longest, else to be taken next."""
        self._given += 1
        old = self._closing or self._had[connection] != self._generation
        if old or _is_lost(connection) or not self._given % CHECKED_EVERY:
            await self._return(connection)
            return
        while self._waiting:
            waiter = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(connection)
                return
        now = time.monotonic()
        self._idle.append((connection, now))
        if now - self._idle[0][1] > IDLE_SECONDS:
            await self._return(self._idle.pop(0)[0])

    async def renew(self) -> None:
        """Close every connection that is open now, those in use when they are given back."""
        self._generation += 1
        await self._pool.expire_connections()
        await self._empty()

    async def close(self) -> None:
        """Wait for what is in use, then close everything."""
        self._closing = True
        await self._empty()
        await self._pool.close()

    def terminate(self) -> None:
        """Cut everything."""
        self._pool.terminate()

    async def _turn(self, ends: float) -> "asyncpg.pool.PoolConnectionProxy[asyncpg.Record] | None":
        """What somebody gives back, or None when one may be opened. Raises TimeoutError."""
        waiter: asyncio.Future[asyncpg.pool.PoolConnectionProxy[asyncpg.Record] | None]
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.append(waiter)
        try:
            async with asyncio.timeout(ends - time.monotonic()):
                return await waiter
        except (TimeoutError, asyncio.CancelledError):
            # It may have been given one in the very moment in which it gave up.
            if waiter.done() and not waiter.cancelled() and (given := waiter.result()) is not None:
                await self.give(given)
            elif waiter.done() and not waiter.cancelled():
                self._wake()
            raise

    def _wake(self) -> None:
        """There is room: whoever waits longest may open a connection."""
        while self._waiting:
            waiter = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(None)
                return

    async def _return(self, connection: "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]") -> None:
        self._had.pop(connection, None)
        try:
            await self._pool.release(connection)
        finally:
            self._wake()

    async def _empty(self) -> None:
        idle, self._idle = self._idle, []
        for connection, _ in idle:
            await self._return(connection)


def _is_lost(connection: "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]") -> bool:
    try:
        return connection.is_closed()
    except asyncpg.InterfaceError:  # cut by ourselves: the pool has it already
        return True
