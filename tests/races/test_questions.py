"""Asking against opening: no question is left open on an RFQ whose quotes were opened."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from domain.actors import Actor
from domain.credentials import queries as credentials
from domain.database import UNAVAILABLE
from domain.errors import DeadlineNotReached, DeadlinePassed, LimitReached, QuestionsUnanswered, WrongState
from domain.ids import read
from domain.openings import commands as openings
from domain.questions import commands
from domain.questions.model import Asked
from domain.rfqs import sql as rfqs
from world import Party, World

RFQS = 25
ASKERS = 3
NOT_YET: tuple[type[BaseException], ...] = (DeadlineNotReached, *UNAVAILABLE)
AGAIN: tuple[type[BaseException], ...] = (LimitReached, *UNAVAILABLE)
QUESTION = Asked(question="Which steel?", line_no=None, characteristic_no=None)


async def _actor(world: World, party: Party) -> Actor:
    actor = await credentials.authenticate(world.services.db, party.secret)
    assert actor is not None
    return actor


async def _close_in(world: World, rfq_id: UUID, seconds: float) -> None:
    async with world.owner.transaction():
        await world.owner.execute("SET LOCAL session_replication_role = replica")
        await world.owner.execute(
            "UPDATE rfq SET quotes_close_at = clock_timestamp() + make_interval(secs => $2) WHERE id = $1",
            rfq_id,
            seconds,
        )


async def race(world: World, rfq_id: UUID, buyer: Actor, askers: list[Actor]) -> tuple[int, bool]:
    """(questions acknowledged, whether the quotes were opened over one of them)."""
    services, acknowledged = world.services, 0

    async def ask(actor: Actor) -> None:
        nonlocal acknowledged
        while True:
            try:
                await commands.ask(services.db, actor, rfq_id, QUESTION)
                acknowledged += 1
            except (DeadlinePassed, WrongState):
                return
            except AGAIN:
                await asyncio.sleep(0.001)

    async def open_() -> None:
        while True:
            try:
                await openings.open_quotes(services.db.opener, buyer, services.sealer, rfq_id, expected=None)
            except QuestionsUnanswered:
                for question_id in await world.owner.fetch(
                    "SELECT id FROM question WHERE rfq_id = $1 AND state = 'asked'", rfq_id
                ):
                    await commands.answer(
                        services.db,
                        buyer,
                        question_id["id"],
                        "S45C.",
                        published_question=None,
                        addendum_revision=None,
                        expected=None,
                    )
            except NOT_YET:
                await asyncio.sleep(0.001)
            else:
                return

    await _close_in(world, rfq_id, 0.05)
    await asyncio.gather(open_(), *(ask(actor) for actor in askers))
    left = await world.owner.fetchval("SELECT count(*) FROM question WHERE rfq_id = $1 AND state = 'asked'", rfq_id)
    return acknowledged, bool(left)


async def test_no_question_slips_in_behind_the_opening(world: World) -> None:
    buyer = await world.party("buyer")
    acting = await _actor(world, buyer)
    parties = [await world.party("supplier") for _ in range(ASKERS)]
    askers = [await _actor(world, party) for party in parties]
    acknowledged, broken = 0, 0
    for _ in range(RFQS):
        rfq = await world.rfq(buyer)
        for party in parties:
            await party.done("POST", f"/v1/rfqs/{rfq['id']}/join")
        asked, left = await race(world, read("rfq", rfq["id"]), acting, askers)
        acknowledged += asked
        broken += left
    assert acknowledged > RFQS, "too few asked: the race did not take place"
    assert broken == 0


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
