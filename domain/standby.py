"""Reads that may be a moment old, from a standby that is provably no older than its bound; else from the primary.

How old is known without trusting any clock but this process's: the primary is asked for the end of its write-ahead log, and once
the standby has replayed it, what the standby shows is no older than the question (`pg_current_wal_lsn`,
`pg_last_wal_replay_lsn`). A standby that was cut off grows old this way too, although it has replayed all that it received.
"""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from domain.actors import Actor
from domain.database import UNAVAILABLE, Database, Tx

PROBE_SECONDS = 0.5
"""How often the two are compared while there is something to read."""
PROBE_WAIT = 1.0
MAX_PENDING = 64
"""Ends of the log that the standby is still to reach: more than a bound of half a minute needs."""


class Standby(Database):
    """A pool of a standby and one of its primary. `lag` is how many seconds an answer may be behind."""

    def __init__(self, standby: Database, primary: Database, lag: float) -> None:
        self._standby, self._primary, self._bound = standby, primary, lag
        self._asked: deque[tuple[float, int]] = deque(maxlen=MAX_PENDING)
        self._as_of = self._probed = float("-inf")
        self._probing = asyncio.Lock()
        self.answered = {"standby": 0, "primary": 0}
        """Transactions by the server that took them."""

    @property
    def lag(self) -> float:
        """Seconds since the instant that the standby is known to show; infinite before the first look."""
        return time.monotonic() - self._as_of

    @asynccontextmanager
    async def read(self, actor: Actor, *, plan_once: bool = False) -> AsyncIterator[Tx]:
        """As `Database.read`. A standby that fails before the first statement is passed over; later, the caller tries again."""
        if actor.proof is not None and not actor.proof.is_good:
            # Whether a remembered caller still counts is the primary's to say: here a revocation may not have arrived.
            async with self._primary.read(actor, plan_once=True) as asking:
                await asking.fetchval("SELECT TRUE")
        async with AsyncExitStack() as stack:
            tx = None
            if await self._is_fresh():
                try:
                    tx = await stack.enter_async_context(self._standby.read(actor, plan_once=plan_once))
                except UNAVAILABLE:
                    self._give_up()
            self.answered["primary" if tx is None else "standby"] += 1
            if tx is None:
                yield await stack.enter_async_context(self._primary.read(actor, plan_once=plan_once))
                return
            try:
                yield tx
            except UNAVAILABLE:
                # Also a query that was cancelled because it stood in the way of the replay: the next one goes to the primary.
                self._give_up()
                raise

    @asynccontextmanager
    async def transaction(self, actor: Actor) -> AsyncIterator[Tx]:
        """As `Database.transaction`, on the primary."""
        async with self._primary.transaction(actor) as tx:
            yield tx

    @asynccontextmanager
    async def bare(self) -> AsyncIterator[Tx]:
        """As `Database.bare`, on the primary."""
        async with self._primary.bare() as tx:
            yield tx

    async def close(self) -> None:
        """Close the standby's pool; the primary's belongs to whoever opened it."""
        await self._standby.close()

    def _give_up(self) -> None:
        self._as_of = float("-inf")
        self._asked.clear()
        self._probed = time.monotonic()

    async def _is_fresh(self) -> bool:
        if time.monotonic() - self._probed > PROBE_SECONDS and not self._probing.locked():
            async with self._probing:
                await self._probe()
        return self.lag <= self._bound

    async def _probe(self) -> None:
        """Ask the primary how far it is, and the standby how far it has come."""
        asked = time.monotonic()
        try:
            async with asyncio.timeout(PROBE_WAIT):
                async with self._primary.bare() as tx:
                    end = await tx.fetchval("SELECT (pg_current_wal_lsn() - '0/0')::bigint")
                async with self._standby.bare() as tx:
                    # Promoted meanwhile, it is a primary, maybe of a history that is not ours: nothing is known of it.
                    reached = await tx.fetchval(
                        "SELECT (pg_last_wal_replay_lsn() - '0/0')::bigint WHERE pg_is_in_recovery()"
                    )
        except UNAVAILABLE:
            self._give_up()
            return
        self._probed = time.monotonic()
        if reached is None:
            self._give_up()
            return
        self._asked.append((asked, end))
        while self._asked and self._asked[0][1] <= reached:
            self._as_of = self._asked.popleft()[0]
