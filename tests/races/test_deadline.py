"""Quotes around the closing instant against the opener: none late, none invisible, none that appears afterwards.

Every RFQ is closed and opened while suppliers submit again and again, change their minds, and start quotes in the last
milliseconds. All of them commit for real. Around the deadline nothing can be written for a moment, as on a busy disk:
that holds suppliers between reading the clock and the commit, which is where quotes are lost without the RFQ's lock.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from samples import content, priced

from domain.actors import Actor
from domain.credentials import queries as credentials
from domain.database import UNAVAILABLE, Tx
from domain.errors import DeadlineNotReached, DeadlinePassed, Duplicate, StaleVersion, WrongState
from domain.ids import read
from domain.openings import commands as openings
from domain.participations import commands as participations
from domain.quotes import commands as quotes
from domain.quoting import sql as quoting
from domain.rfqs import sql as rfqs
from world import Party, World

RFQS = 40
AT_ONCE = 2
RETURNING, WAVERING, NEW = 2, 1, 3
LAST_MOMENTS = 0.04
"""Seconds before the deadline in which suppliers begin."""
STALL = 0.03
"""Seconds before the deadline from which on no quote can be written."""
FAR = date(2099, 1, 1)
NOT_YET: tuple[type[BaseException], ...] = (DeadlineNotReached, *UNAVAILABLE)
AGAIN: tuple[type[BaseException], ...] = (StaleVersion, *UNAVAILABLE)


class Broken(NamedTuple):
    """How many RFQs show each kind of breach."""

    late: int
    """A submission was accepted at or after the deadline."""
    invisible: int
    """An acknowledged submission was not opened."""
    afterwards: int
    """A quote was left that is neither opened nor lapsed: it got in behind the closing."""


class Race:
    """One RFQ and who quotes on it; `last` is what each supplier was told last: a submission's number, or 0."""

    def __init__(self, world: World, rfq: Any, buyer: Actor, suppliers: list[Actor]) -> None:
        self.world, self.buyer, self.suppliers = world, buyer, suppliers
        self.db, self.sealer = world.services.db, world.services.sealer
        self.id = read("rfq", rfq["id"])
        self.last: dict[UUID, int] = {}

    async def join(self) -> None:
        """Everybody takes part already, so that starting a quote touches nothing that refers to the RFQ's row before."""
        for supplier in self.suppliers:
            await participations.join(self.db, supplier, self.id, expected=None)

    async def draft(self, supplier: Actor) -> UUID:
        seen = await quotes.create(self.db, supplier, self.sealer, self.id, content(priced(1), valid_until=FAR))
        self.last.setdefault(seen.quote.id, 0)
        return seen.quote.id

    async def submit(self, supplier: Actor, quote_id: UUID) -> None:
        seen = await quotes.submit(self.db, supplier, self.sealer, quote_id, expected=None)
        self.last[quote_id] = seen.quote.submission

    async def waver(self, supplier: Actor, quote_id: UUID) -> None:
        await self.submit(supplier, quote_id)
        await quotes.withdraw(self.db, supplier, self.sealer, quote_id, expected=None)
        self.last[quote_id] = 0

    async def begin(self, supplier: Actor) -> bool:
        await self.submit(supplier, await self.draft(supplier))
        return True

    async def open(self) -> None:
        """The buyer acts at the first instant that it may."""
        while True:
            try:
                await openings.open_quotes(self.db.opener, self.buyer, self.sealer, self.id, expected=None)
            except NOT_YET:
                await asyncio.sleep(0.001)
            else:
                return

    async def run(self, drafts: list[UUID], closes: datetime) -> None:
        """Everybody at once, each from a moment of its own."""
        rng = random.Random(self.id.int)  # noqa: S311  repeatable, for an id

        async def supply(act: Callable[[], Awaitable[object]]) -> None:
            await _wait_until(closes, rng.uniform(0, LAST_MOMENTS))
            await _until_late(act)

        async def open_() -> None:
            await _wait_until(closes, 0)
            await self.open()

        acts: list[Callable[[], Awaitable[object]]] = [
            partial(self.begin, who) for who in self.suppliers[len(drafts) :]
        ]
        for place, (who, key) in enumerate(zip(self.suppliers, drafts, strict=False)):
            acts.append(partial(self.submit if place < RETURNING else self.waver, who, key))
        await asyncio.gather(open_(), *(supply(act) for act in acts))

    async def breaches(self) -> Broken:
        rows = await self.world.owner.fetch(
            "SELECT q.id, q.state, q.submission, o.quote_id IS NOT NULL AS opened, "
            "EXISTS (SELECT FROM quote_submission s WHERE s.quote_id = q.id AND s.submitted_at >= r.quotes_close_at) "
            "AS late FROM quote q JOIN rfq r ON r.id = q.rfq_id LEFT JOIN quote_opened o ON o.quote_id = q.id "
            "WHERE q.rfq_id = $1",
            self.id,
        )
        known = {row["id"]: row for row in rows}
        invisible = any(
            number and (not known[key]["opened"] or known[key]["submission"] < number)
            for key, number in self.last.items()
        )
        return Broken(
            late=any(row["late"] for row in rows),
            invisible=invisible,
            afterwards=any(row["state"] not in {"opened", "lapsed"} for row in rows),
        )


async def _until_late(act: Callable[[], Awaitable[object]]) -> None:
    """Act again and again until it is too late, or `act` says that it is done."""
    while True:
        try:
            if await act():
                return
        except (DeadlinePassed, WrongState, Duplicate):  # a duplicate: the draft was made, its submission cut off
            return
        except AGAIN:
            await asyncio.sleep(0)


async def _actor(world: World, party: Party) -> Actor:
    actor = await credentials.authenticate(world.services.db, party.secret)
    assert actor is not None
    return actor


async def _stall(world: World, closes: datetime, openers: int) -> None:
    """Let no quote be written from just before `closes` until every opener waits for something, or is through."""
    await _wait_until(closes, STALL)
    async with world.owner.transaction():
        await world.owner.execute("LOCK TABLE quote IN SHARE MODE")
        while datetime.now(closes.tzinfo) < closes + PATIENCE:
            if await world.owner.fetchval(WAITING) >= openers:
                break
            await asyncio.sleep(0.002)


WAITING = """
SELECT count(DISTINCT pid) FROM pg_locks JOIN pg_stat_activity USING (pid)
 WHERE NOT granted AND application_name = 'test opener' AND datname = current_database()
"""
PATIENCE = timedelta(seconds=0.1)


async def _wait_until(closes: datetime, seconds_ahead: float) -> None:
    left = (closes - datetime.now(closes.tzinfo)).total_seconds() - seconds_ahead
    await asyncio.sleep(max(0.0, left))


async def races(world: World, count: int) -> tuple[Broken, int]:
    """(breaches, acknowledged submissions that count) over `count` RFQs."""
    buyer = await world.party("buyer")
    the_buyer = await _actor(world, buyer)
    suppliers = [await _actor(world, await world.party("supplier")) for _ in range(RETURNING + WAVERING + NEW)]
    found: list[Broken] = []
    acknowledged = 0
    for first in range(0, count, AT_ONCE):
        group = [Race(world, await world.rfq(buyer), the_buyer, suppliers) for _ in range(min(AT_ONCE, count - first))]
        for race in group:
            await race.join()
        drafts = [[await race.draft(one) for one in suppliers[: RETURNING + WAVERING]] for race in group]
        closes = await _close_in(world, [race.id for race in group], 0.08)
        await asyncio.gather(
            _stall(world, closes, len(group)),
            *(race.run(mine, closes) for race, mine in zip(group, drafts, strict=True)),
        )
        found += [await race.breaches() for race in group]
        acknowledged += sum(1 for race in group for number in race.last.values() if number)
    return Broken(*(sum(column) for column in zip(*found, strict=True))), acknowledged


async def _close_in(world: World, rfq_ids: list[UUID], seconds: float) -> datetime:
    """Set one deadline by the database's clock, behind the back of the rule that lets it move only later."""
    closes: datetime = await world.owner.fetchval("SELECT clock_timestamp() + $1", timedelta(seconds=seconds))
    async with world.owner.transaction():
        await world.owner.execute("SET LOCAL session_replication_role = replica")
        await world.owner.execute("UPDATE rfq SET quotes_close_at = $2 WHERE id = ANY ($1)", rfq_ids, closes)
    return closes


async def test_no_quote_is_late_invisible_or_afterwards(world: World) -> None:
    broken, acknowledged = await races(world, RFQS)
    assert acknowledged > RFQS, "too few quoted: the race did not take place"
    assert broken == Broken(0, 0, 0)


async def test_the_race_is_lost_without_the_lock(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _unlock(monkeypatch)
    broken, _ = await races(world, RFQS // 4)
    assert any(broken), "the race would not notice that the lock is gone"


async def _start(tx: Tx, rfq_id: UUID, _: UUID) -> datetime:
    """As who starts a quote."""
    await rfqs.share(tx, rfq_id)
    return await tx.now()


async def _go_on(tx: Tx, _: UUID, quote_id: UUID) -> datetime:
    """As who submits one."""
    held = await quoting.hold(tx, quote_id, None)
    assert not isinstance(held, datetime)
    return held.now


def _unlock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rfqs, "SHARE", rfqs.GET)
    monkeypatch.setattr(quoting, "HOLD", quoting.HOLD.replace("FOR SHARE OF r", ""))


@pytest.mark.parametrize("hold", [_start, _go_on])
async def test_a_quote_under_way_holds_the_opening_back(
    world: World, monkeypatch: pytest.MonkeyPatch, hold: Callable[[Tx, UUID, UUID], Awaitable[datetime]]
) -> None:
    """The lock itself, without chance: the transaction of a supplier that was in time keeps the opener waiting."""
    # The RFQ's lock alone: that of a quote would keep the opener waiting too.
    monkeypatch.setattr(quoting, "HOLD", quoting.HOLD.replace("FOR NO KEY UPDATE OF q", ""))
    buyer, supplier = await world.parties("buyer", "supplier")
    acting = await _actor(world, supplier)

    async def opened_meanwhile() -> bool:
        rfq = await world.rfq(buyer)
        key = read("rfq", rfq["id"])
        quote = read(
            "quote", (await supplier.done("POST", f"/v1/rfqs/{rfq['id']}/quotes", world.quote_body(rfq)))["id"]
        )
        closes = await _close_in(world, [key], 0.2)
        async with world.services.db.transaction(acting) as tx:
            held = await hold(tx, key, quote)
            assert held < closes
            while await tx.now() < closes:
                await asyncio.sleep(0.01)
            return (await buyer.post(f"/v1/rfqs/{rfq['id']}/open-quotes")).status_code == 200

    assert not await opened_meanwhile()
    _unlock(monkeypatch)
    assert await opened_meanwhile(), "the test would not notice that the lock is gone"


LOCKED = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
"""Whether somebody waits for the transaction that asks."""


@pytest.mark.parametrize("table", ["rfq", "quote"])
async def test_the_clock_is_read_after_the_locks(world: World, monkeypatch: pytest.MonkeyPatch, table: str) -> None:
    """Locks and clock come with one statement: whoever waited for a row decides by the instant after it."""
    buyer, supplier = await world.parties("buyer", "supplier")
    acting = await _actor(world, supplier)
    rfq = await world.rfq(buyer)
    draft = await supplier.done("POST", f"/v1/rfqs/{rfq['id']}/quotes", world.quote_body(rfq))
    keys = {"rfq": read("rfq", rfq["id"]), "quote": read("quote", draft["id"])}

    async def waited() -> bool:
        """Whether the clock was read once the row's lock was let go."""

        async def held() -> datetime:
            async with world.services.db.transaction(acting) as tx:
                return await _go_on(tx, keys["rfq"], keys["quote"])

        async with world.owner.transaction():
            await world.owner.execute(f"SELECT FROM {table} WHERE id = $1 FOR UPDATE", keys[table])
            task = asyncio.create_task(held())
            async with asyncio.timeout(1):
                while not await world.owner.fetchval(LOCKED):
                    await asyncio.sleep(0.005)
            released: datetime = await world.owner.fetchval("SELECT clock_timestamp()")
        return await task > released

    assert await waited()
    monkeypatch.setattr(
        quoting, "HOLD", quoting.HOLD.replace("clock_timestamp() AS now", "statement_timestamp() AS now")
    )
    assert not await waited(), "the test would not notice that the clock is read first"


async def test_lines_are_read_after_the_lock(world: World) -> None:
    """What an addendum changed while its lock was waited for is what the supplier's command sees: row and lines alike."""
    buyer, supplier = await world.parties("buyer", "supplier")
    acting = await _actor(world, supplier)
    rfq = await world.rfq(buyer)
    draft = await supplier.done("POST", f"/v1/rfqs/{rfq['id']}/quotes", world.quote_body(rfq))

    async def held() -> tuple[int, int]:
        async with world.services.db.transaction(acting) as tx:
            found = await quoting.hold(tx, read("quote", draft["id"]), None)
            assert not isinstance(found, datetime)
            return found.rfq.revision, int(found.rfq.lines[0].quantity)

    async with world.owner.transaction():
        await world.owner.execute("SET LOCAL session_replication_role = replica")
        await world.owner.execute("UPDATE rfq SET revision = 7 WHERE id = $1", read("rfq", rfq["id"]))
        await world.owner.execute("UPDATE rfq_line SET quantity = 777 WHERE rfq_id = $1", read("rfq", rfq["id"]))
        task = asyncio.create_task(held())
        async with asyncio.timeout(1):
            while not await world.owner.fetchval(LOCKED):
                await asyncio.sleep(0.005)
    assert await task == (7, 777)
