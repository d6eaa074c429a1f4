"""Followers of the feed over one connection each (server-sent events), and the one poll that wakes all of a process.

No connection to the database is held while nothing happens: a follower asks when the poll has seen the feed move.
"""

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from uuid import UUID

import msgspec

from api.refusals import Overloaded, TooManyStreams
from api.settings import Settings
from domain.actors import Actor
from domain.credentials.queries import is_in_force
from domain.database import UNAVAILABLE, Database
from domain.ledger import queries
from domain.ledger.model import START, Event, Place

MEDIA_TYPE = "text/event-stream"
POLL_SECONDS = 0.25
CHECK_SECONDS = 5.0
"""How long a connection is silent, and a revoked credential still told something, at most."""
RETRY_MILLISECONDS = 2000
BATCH = 100


class Follower(msgspec.Struct, kw_only=True):
    """Who follows, from where, with which filter."""

    actor: Actor
    place: Place
    types: Sequence[str] | None
    subject_id: UUID | None
    show: Callable[[Event], str]
    """An event as a message of the stream."""


class Streams:
    """All followers of one process."""

    def __init__(self, settings: Settings, db: Database) -> None:
        self._settings, self._db = settings, db
        self._open: Counter[UUID | None] = Counter()
        self._head = START
        self._moved = asyncio.Condition()
        self._poll: asyncio.Task[None] | None = None
        self._closing = False

    @property
    def count(self) -> int:
        """How many are followed now."""
        return self._open.total()

    async def close(self) -> None:
        """Let every follower end by itself: it goes on elsewhere, from the last id that it has."""
        self._closing = True
        async with self._moved:
            self._moved.notify_all()

    def admit(self, actor: Actor) -> None:
        """Refuse one stream more than this credential, or this process, may have. Raises TooManyStreams, Overloaded."""
        if self._open[actor.credential_id] >= self._settings.streams_per_credential:
            raise TooManyStreams(self._settings.streams_per_credential)
        if self._closing or self.count >= self._settings.streams:
            raise Overloaded("This worker follows the feed for as many as it can. Connect again in a second.")

    async def follow(self, follower: Follower) -> AsyncIterator[str]:
        """Events and heartbeats until the stream's time is up, the credential has ended or the server stops."""
        credential_id = follower.actor.credential_id
        try:
            # Between the handler and the first byte others had their turn. It is too late for a status then: the stream
            # ends at once, and the client that comes again is refused.
            self.admit(follower.actor)
        except (TooManyStreams, Overloaded):
            yield f"retry: {RETRY_MILLISECONDS}\n\n"
            return
        self._open[credential_id] += 1
        self._poll = self._poll or asyncio.create_task(self._watch())
        try:
            yield f"retry: {RETRY_MILLISECONDS}\n\n"
            with contextlib.suppress(*UNAVAILABLE):  # the follower comes again
                async for chunk in self._told(follower):
                    yield chunk
        finally:
            self._open[credential_id] -= 1
            if not self.count and self._poll is not None:
                self._poll.cancel()
                self._poll = None

    async def _told(self, follower: Follower) -> AsyncIterator[str]:
        ends = time.monotonic() + self._settings.stream_seconds
        checked = time.monotonic()
        while not self._closing and (now := time.monotonic()) < ends:
            if now - checked >= CHECK_SECONDS:
                if not await is_in_force(self._db, follower.actor):
                    return
                checked = now
            head = self._head
            events = await queries.feed(
                self._db,
                follower.actor,
                after=follower.place,
                limit=BATCH,
                types=follower.types,
                subject_id=follower.subject_id,
            )
            for event in events:
                follower.place = Place(event.xid, event.position)
                yield follower.show(event)
            if len(events) < BATCH and not await self._wait(head, ends):
                yield ": still here\n\n"

    async def _wait(self, head: Place, ends: float) -> bool:
        """Whether the feed has moved on from `head` before it is time for a heartbeat."""
        until = min(time.monotonic() + CHECK_SECONDS, ends)
        try:
            async with asyncio.timeout(until - time.monotonic()), self._moved:
                await self._moved.wait_for(lambda: self._head != head or self._closing)
        except TimeoutError:
            return False
        return True

    async def _watch(self) -> None:
        """Look where the feed ends, for all followers together."""
        while True:
            with contextlib.suppress(*UNAVAILABLE):
                head = await queries.head(self._db)
                if head != self._head:
                    self._head = head
                    async with self._moved:
                        self._moved.notify_all()
            await asyncio.sleep(POLL_SECONDS)
