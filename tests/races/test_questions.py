"""Asking against opening: no question is left open on an RFQ whose quotes were opened."""

import asyncio
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from domain.actors import Actor
from domain.credentials import queries as credentials
from domain.database import UNAVAILABLE
from domain.errors import DeadlineNotReached, DeadlinePassed, LimitReached, QuestionsUnanswered, WrongState
from domain.ids import read
from domain.openings import commands as openings
from domain.questions import commands, sql
from domain.questions.model import Asked
from domain.rfqs import sql as rfqs
from world import Party, World

RFQS = 24
ASKERS = 3
STALL = 0.04
"""Seconds before and after the deadline in which no question can be written."""
NOT_YET: tuple[type[BaseException], ...] = (DeadlineNotReached, *UNAVAILABLE)
AGAIN: tuple[type[BaseException], ...] = (LimitReached, *UNAVAILABLE)
QUESTION = Asked(question="Which steel?", line_no=None, characteristic_no=None)


async def _actor(world: World, party: Party) -> Actor:
    actor = await credentials.authenticate(world.services.db, party.secret)
    assert actor is not None
    return actor


async def _close_in(world: World, rfq_id: UUID, seconds: float) -> datetime:
    """Set the deadline by the database's clock, behind the back of the rule that lets it move only later."""
    async with world.owner.transaction():
        await world.owner.execute("SET LOCAL session_replication_role = replica")
        closes: datetime = await world.owner.fetchval(
            "UPDATE rfq SET quotes_close_at = clock_timestamp() + make_interval(secs => $2) WHERE id = $1 "
            "RETURNING quotes_close_at",
            rfq_id,
            seconds,
        )
    return closes


async def _wait_until(closes: datetime, seconds_ahead: float) -> None:
    await asyncio.sleep(max(0.0, (closes - datetime.now(closes.tzinfo)).total_seconds() - seconds_ahead))


async def _stall(world: World, closes: datetime, started: asyncio.Event) -> None:
    """Let no question be written from just before the deadline until shortly after it, as on a busy disk.

    That holds askers between reading the clock and the commit.
    """
    await _wait_until(closes, STALL)
    async with world.owner.transaction():
        await world.owner.execute("LOCK TABLE question IN SHARE MODE")
        started.set()
        await _wait_until(closes, -STALL)


async def _ask(world: World, actor: Actor, rfq_id: UUID) -> int:
    """How many questions were acknowledged until it was too late."""
    acknowledged = 0
    while True:
        try:
            await commands.ask(world.services.db, actor, rfq_id, QUESTION)
            acknowledged += 1
        except (DeadlinePassed, WrongState):
            return acknowledged
        except AGAIN:
            await asyncio.sleep(0.001)


async def _settle(world: World, buyer: Actor, rfq_id: UUID) -> None:
    async with world.services.db.read(buyer) as tx:
        waiting = await sql.open_of_rfq(tx, rfq_id)
    for question_id in waiting:
        await commands.decline(world.services.db, buyer, question_id, "other", published_question=None, expected=None)


async def _open(world: World, buyer: Actor, rfq_id: UUID) -> None:
    """The buyer acts at the first instant that it may, and settles what keeps it from it."""
    services = world.services
    while True:
        try:
            await openings.open_quotes(services.db.opener, buyer, services.sealer, rfq_id, expected=None)
        except QuestionsUnanswered:
            await _settle(world, buyer, rfq_id)
        except NOT_YET:
            await asyncio.sleep(0.001)
        else:
            return


async def races(world: World, count: int) -> tuple[int, int]:
    """(RFQs opened over a question, questions acknowledged) of `count` RFQs."""
    buyer = await world.party("buyer")
    acting = await _actor(world, buyer)
    parties = [await world.party("supplier") for _ in range(ASKERS)]
    askers = [await _actor(world, party) for party in parties]
    broken, acknowledged = 0, 0
    for _ in range(count):
        rfq = await world.rfq(buyer)
        key = read("rfq", rfq["id"])
        for party in parties:
            await party.done("POST", f"/v1/rfqs/{rfq['id']}/join")
        closes = await _close_in(world, key, 0.1)
        started = asyncio.Event()

        async def late(actor: Actor, rfq_id: UUID = key, stalled: asyncio.Event = started) -> int:
            await stalled.wait()
            return await _ask(world, actor, rfq_id)

        asking = [asyncio.create_task(late(actor)) for actor in askers]
        await asyncio.gather(_stall(world, closes, started), _open(world, acting, key))
        acknowledged += sum(await asyncio.gather(*asking))
        async with world.services.db.read(acting) as tx:
            broken += bool(await sql.count_open(tx, key))
    return broken, acknowledged


async def test_no_question_slips_in_behind_the_opening(world: World) -> None:
    broken, acknowledged = await races(world, RFQS)
    assert acknowledged > RFQS, "too few asked: the race did not take place"
    assert broken == 0


async def test_the_race_is_lost_without_the_lock(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rfqs, "SHARE", rfqs.GET)
    broken, _ = await races(world, RFQS // 4)
    assert broken, "the race would not notice that the lock is gone"


async def test_a_question_under_way_holds_the_opening_back(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock itself, without chance: while a participant that was in time asks, the opener waits, then is refused."""
    buyer, supplier = await world.parties("buyer", "supplier")
    acting = await _actor(world, supplier)

    async def answer_to_opening() -> Any:
        rfq = await world.rfq(buyer)
        key = read("rfq", rfq["id"])
        await supplier.done("POST", f"/v1/rfqs/{rfq['id']}/join")
        await _close_in(world, key, 0.3)
        async with world.services.db.transaction(acting) as tx:
            db = world.services.db.joined(tx)
            await commands.ask(db, acting, key, QUESTION)
            while not await world.owner.fetchval(
                "SELECT quotes_close_at <= clock_timestamp() FROM rfq WHERE id = $1", key
            ):
                await asyncio.sleep(0.01)
            opening = asyncio.create_task(buyer.post(f"/v1/rfqs/{rfq['id']}/open-quotes"))
            done, _ = await asyncio.wait([opening], timeout=0.3)
            assert not done or opening.result().status_code in {200, 503}
        return await opening

    answer = await answer_to_opening()
    assert (answer.status_code, answer.json()["code"]) == (409, "questions_unanswered")
    monkeypatch.setattr(rfqs, "SHARE", rfqs.GET)
    assert (await answer_to_opening()).status_code == 200, "the test would not notice that the lock is gone"
