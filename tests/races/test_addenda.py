"""An addendum against submissions: what priced the old line is moved or refused, and never silently current."""

import asyncio
import random
from typing import Any

import pytest
from addendum_scene import Scene

from domain.quoting import sql as quoting
from world import World

ROUNDS = 25
SUPPLIERS = 4
SPREAD = 0.03
"""Seconds within which everybody begins: far more than one request takes, so that each comes first now and then."""


async def test_a_submission_is_moved_or_refused(world: World) -> None:
    rng = random.Random(31)  # noqa: S311  repeatable
    scene = await Scene.set(world)
    suppliers = [await world.party("supplier") for _ in range(SUPPLIERS)]
    outcomes: dict[str, int] = {"moved": 0, "refused": 0}
    for number in range(ROUNDS):
        rfq = await world.rfq(scene.buyer)
        one = Scene(world, scene.buyer, rfq)
        path = f"/v1/rfqs/{rfq['id']}/quotes"
        drafts = [await supplier.done("POST", path, world.quote_body(rfq)) for supplier in suppliers]

        async def submit(place: int, drafts: list[Any] = drafts) -> str:
            await asyncio.sleep(rng.uniform(0, SPREAD))
            answer = await suppliers[place].post(f"/v1/quotes/{drafts[place]['id']}/submit")
            return "ok" if answer.is_success else str(answer.json()["code"])

        async def change(one: Scene = one, quantity: str = str(200 + number)) -> str:
            await asyncio.sleep(rng.uniform(0, SPREAD))
            return str((await one.published(set_lines=[one.line(1, quantity=quantity)]))["revision"])

        _, *answers = await asyncio.gather(change(), *(submit(place) for place in range(SUPPLIERS)))
        states = await one.states(*zip(suppliers, drafts, strict=True))
        for answer, state in zip(answers, states, strict=True):
            if answer == "ok":
                assert state == ("needs_reconfirmation", [1]), number
                outcomes["moved"] += 1
            else:
                assert (answer, state) == ("outdated_line", ("draft", [])), number
                outcomes["refused"] += 1
    assert min(outcomes.values()) > 0, f"the race did not take place: {outcomes}"


async def test_a_submission_under_way_holds_the_addendum_back(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock itself, without chance: a supplier is between its checks and the commit when the buyer comes."""
    hold = quoting.hold

    async def meets() -> tuple[str, list[int]]:
        scene = await Scene.set(world)
        supplier = await world.party("supplier")
        draft = await supplier.done("POST", f"/v1/rfqs/{scene.rfq['id']}/quotes", world.quote_body(scene.rfq))
        publishing: list[asyncio.Task[Any]] = []

        async def with_addendum(*arguments: Any) -> Any:
            held = await hold(*arguments)
            task = asyncio.create_task(scene.post(set_lines=[scene.line(1, quantity="120")]))
            publishing.append(task)
            # Until it is published, or waits for the lock that this transaction holds.
            while not task.done() and not await _waits(world):
                await asyncio.sleep(0.005)
            return held

        monkeypatch.setattr(quoting, "hold", with_addendum)
        submitted = await supplier.post(f"/v1/quotes/{draft['id']}/submit")
        monkeypatch.setattr(quoting, "hold", hold)
        assert (submitted.status_code, (await publishing[0]).status_code) == (200, 201)
        return (await scene.states((supplier, draft)))[0]

    assert await meets() == ("needs_reconfirmation", [1])
    monkeypatch.setattr(quoting, "HOLD", quoting.HOLD.replace("FOR SHARE OF r", ""))
    assert await meets() == ("submitted", []), "the test would not notice that the lock is gone"


async def _waits(world: World) -> bool:
    """Whether somebody waits for the row of an RFQ; bounded by the lock timeout of 1.5 s."""
    waiting: bool = await world.owner.fetchval(
        "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' "
        "AND query LIKE '%FOR NO KEY UPDATE OF r%')"
    )
    return waiting
