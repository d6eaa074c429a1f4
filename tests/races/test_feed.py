"""Nobody who follows the feed misses an event, however late its transaction commits, or sees a subject go backwards."""

import asyncio
import random
from collections import defaultdict
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from event_streams import Stream

from api.app import create_app
from domain.actors import Actor, Role
from domain.database import Database, Tx
from domain.ids import read
from domain.ledger import record
from domain.lifecycle import RFQ, advance
from domain.rfqs import sql as rfqs
from world import Party, World

EVENTS = 3000
WRITERS = 32
SUBJECTS = 24


class Streamed:
    """Follows the feed over connections that are cut every second."""

    def __init__(self, world: World, party: Party) -> None:
        self.app, self.party = create_app(world.services), party
        self.last: str | None = None
        self.cuts = 0
        self.seen: list[tuple[str, int]] = []

    async def follow(self, written: asyncio.Event) -> None:
        """Until a connection after everything was `written` brings nothing."""
        while True:
            finished = written.is_set()
            stream = await Stream(self.app, self.party).read(1, last=self.last, types="rfq.updated")
            self.cuts += 1
            told = list(stream.events())
            if told:
                self.last = told[-1][0]
            self.seen += [(event["subject_id"], event["subject_version"]) for _, _, event in told]
            if finished and not told:
                return


class Follower:
    """Reads the feed page by page."""

    def __init__(self, party: Party, filters: str) -> None:
        self.party, self.filters = party, filters
        self.cursor: str | None = None
        self.patience = 100
        self.seen: list[tuple[str, int]] = []

    async def page(self) -> int:
        """Read on; how much there was."""
        after = "" if self.cursor is None else f"&after={self.cursor}"
        answer = await self.party.get(f"/v1/events?limit=17{self.filters}{after}")
        if answer.status_code == 503 and self.patience:  # the writers have every connection: asked again, as told
            self.patience -= 1
            return 1
        assert answer.status_code == 200, answer.text
        page = answer.json()
        self.cursor = page["next_cursor"]
        changes = [event for event in page["items"] if event["type"] == "rfq.updated"]
        self.seen += [(event["subject_id"], event["subject_version"]) for event in changes]
        return len(page["items"])

    async def follow(self, written: asyncio.Event) -> None:
        """Until nothing comes any more after everything was `written`."""
        while True:
            finished = written.is_set()
            if await self.page() == 0 and finished:
                return
            await asyncio.sleep(0)


async def _touch(tx: Tx, actor: Actor, rfq_id: UUID) -> None:
    before = await rfqs.lock(tx, rfq_id)
    now = await tx.now()
    after = advance(before, RFQ["update"], now, title=f"Version {before.version + 1}")
    await rfqs.save(tx, before, after)
    await record(tx, RFQ["update"], actor, before=before, after=after, at=now, audience=[before.buyer_id])


async def _write(db: Database, actor: Actor, subjects: list[UUID], left: list[int], dice: random.Random) -> None:
    """Transactions of random length over one to three subjects each; every tenth is rolled back."""
    while left[0] > 0:
        several = sorted(dice.sample(subjects, min(dice.randint(1, 3), left[0])))
        rolls_back = dice.random() < 0.1
        if not rolls_back:
            left[0] -= len(several)
        try:
            async with db.transaction(actor) as tx:
                for subject in several:
                    await _touch(tx, actor, subject)
                    await asyncio.sleep(dice.random() * 0.02)
                if rolls_back:
                    raise InterruptedError  # noqa: TRY301  what undoes a transaction is an exception out of its block
        except InterruptedError:
            continue
        except asyncpg.LockNotAvailableError:
            # Nothing of it happened: on a slow machine a writer waits too long, and comes again.
            left[0] += len(several)


async def _naive(dsn: str, subjects: list[UUID], written: asyncio.Event) -> int:
    """How many events a reader sees that asks for positions above the last one."""
    connection = await asyncpg.connect(dsn)
    last, seen = 0, 0
    try:
        while True:
            finished = written.is_set()
            rows = await connection.fetch(
                "SELECT position FROM event WHERE position > $1 AND type = 'rfq.updated' AND subject_id = ANY ($2) "
                "ORDER BY position LIMIT 17",
                last,
                subjects,
            )
            if not rows and finished:
                return seen
            last = rows[-1]["position"] if rows else last
            seen += len(rows)
            await asyncio.sleep(0)
    finally:
        await connection.close()


def _backwards(seen: list[tuple[str, int]]) -> int:
    """How often a version came after a later one of the same subject."""
    latest: dict[str, int] = defaultdict(int)
    found = 0
    for subject, version in seen:
        found += version < latest[subject]
        latest[subject] = max(latest[subject], version)
    return found


async def _scene(world: World) -> tuple[Party, Actor, list[UUID]]:
    buyer = await world.party("buyer")
    drafts: list[Any] = [await world.draft(buyer) for _ in range(SUBJECTS)]
    actor = Actor(credential_id=None, organisation_id=buyer.organisation_id, name="race", roles=frozenset({Role.BUYER}))
    return buyer, actor, [read("rfq", draft["id"]) for draft in drafts]


@pytest.mark.slow
async def test_three_thousand_events_from_32_writers_arrive_once_and_in_order(world: World, owner_dsn: str) -> None:
    buyer, actor, subjects = await _scene(world)
    seed = random.randrange(2**32)  # noqa: S311  a race needs no secret
    print(f"seed {seed}")  # noqa: T201  pytest shows it when the race is lost
    dice, left, written = random.Random(seed), [EVENTS], asyncio.Event()  # noqa: S311
    everything, filtered = Follower(buyer, ""), Follower(buyer, "&types=rfq.updated")

    async def writers() -> None:
        await asyncio.gather(*(_write(world.services.db, actor, subjects, left, dice) for _ in range(WRITERS)))
        await world.feed(buyer)  # no transaction elsewhere holds the feed back any more
        written.set()

    streamed = Streamed(world, buyer)
    _, _, _, _, naive = await asyncio.gather(
        writers(),
        everything.follow(written),
        filtered.follow(written),
        streamed.follow(written),
        _naive(owner_dsn, subjects, written),
    )
    assert streamed.cuts > 2
    for follower in (everything, filtered, streamed):
        assert len(set(follower.seen)) == len(follower.seen) == EVENTS
        assert _backwards(follower.seen) == 0
    assert naive < EVENTS, "the race was none: even a reader that trusts positions missed nothing"


async def test_a_transaction_that_began_before_the_change_it_waited_for_comes_after_it(world: World) -> None:
    """Its id is the lower one: ordered by that alone, the feed would show version 3 before version 2."""
    buyer, actor, (first, second, *_) = await _scene(world)
    db = world.services.db
    async with db.transaction(actor) as early:
        await _touch(early, actor, first)
        async with db.transaction(actor) as late:
            await _touch(late, actor, second)
        await _touch(early, actor, second)
    versions = [event.subject_version for event in await world.feed(buyer, subject_id=second)]
    assert versions == [1, 2, 3]


async def test_nothing_is_shown_past_a_transaction_that_still_runs(world: World) -> None:
    buyer, actor, (first, second, *_) = await _scene(world)
    follower = Follower(buyer, "")
    while await follower.page():
        pass
    db = world.services.db
    async with db.transaction(actor) as early:
        await _touch(early, actor, first)
        async with db.transaction(actor) as late:
            await _touch(late, actor, second)
        cursor = follower.cursor
        assert await follower.page() == 0
        assert follower.cursor == cursor, "where nothing is new, the cursor stays"
    await world.feed(buyer)
    while await follower.page():
        pass
    assert {subject for subject, _ in follower.seen} == {f"rfq_{first.hex}", f"rfq_{second.hex}"}
