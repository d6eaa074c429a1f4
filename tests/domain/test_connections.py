"""Connections at hand: taken last in first out, waited for in turn, and none lost whatever happens to whoever waits."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from domain import connections
from domain.connections import Connections


@pytest.fixture
async def two(app_dsn: str) -> AsyncIterator[Connections]:
    """Room for two."""
    pool = await asyncpg.create_pool(app_dsn, min_size=0, max_size=2, statement_cache_size=0)
    made = Connections(pool)
    yield made
    made.terminate()


async def backend(connection: object) -> int:
    return int(await connection.fetchval("SELECT pg_backend_pid()"))  # type: ignore[attr-defined]


async def test_the_last_one_is_taken_first(two: Connections) -> None:
    first, second = await two.take(), await two.take()
    assert two.usage == (2, 2, 2)
    await two.give(second)
    await two.give(first)
    assert two.usage == (0, 2, 2)
    assert await two.take() is first
    assert await two.take() is second


async def test_whoever_waits_longest_is_next(two: Connections) -> None:
    held = [await two.take(), await two.take()]
    order: list[int] = []

    async def wait(number: int) -> None:
        connection = await two.take()
        order.append(number)
        await two.give(connection)

    waiting = [asyncio.create_task(wait(number)) for number in range(5)]
    await asyncio.sleep(0)
    await two.give(held.pop())
    await asyncio.gather(*waiting)
    assert order == [0, 1, 2, 3, 4]
    assert two.usage == (1, 2, 2)


async def test_nobody_waits_longer_than_a_second(two: Connections, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "ACQUIRE_SECONDS", 0.05)
    held = [await two.take(), await two.take()]
    with pytest.raises(TimeoutError):
        await two.take()
    for connection in held:
        await two.give(connection)
    assert two.usage == (0, 2, 2)
    assert await two.take() is held[1]


async def test_what_is_given_to_one_who_has_just_given_up_is_not_lost(two: Connections) -> None:
    held = [await two.take(), await two.take()]
    waiting = asyncio.create_task(two.take())
    await asyncio.sleep(0)
    await two.give(held[0])  # it is the waiter's from here on
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert two.usage == (1, 2, 2)
    assert await two.take() is held[0]


async def test_a_connection_that_broke_is_replaced(two: Connections) -> None:
    broken = await two.take()
    broken.terminate()
    waiting = [asyncio.create_task(two.take()) for _ in range(2)]
    await asyncio.sleep(0)
    await two.give(broken)
    assert len({await backend(connection) for connection in await asyncio.gather(*waiting)}) == 2
    for task in waiting:
        idle = task.result()
        await two.give(idle)
        idle.terminate()
    assert await backend(await two.take()), "one that broke while nobody used it"


async def test_all_are_renewed_those_in_use_when_they_come_back(two: Connections) -> None:
    used, idle = await two.take(), await two.take()
    before = {await backend(used), await backend(idle)}
    await two.give(idle)
    await two.renew()
    assert await backend(used) in before, "whoever uses it goes on"
    await two.give(used)
    after = [await two.take(), await two.take()]
    assert not before & {await backend(connection) for connection in after}


async def test_one_that_nobody_takes_goes_back(two: Connections, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = await two.take(), await two.take()
    await two.give(first)
    monkeypatch.setattr(connections, "IDLE_SECONDS", -1.0)
    await two.give(second)
    monkeypatch.undo()
    assert await two.take() is second
    assert two.usage == (1, 2, 2)


async def test_closing_waits_for_what_is_in_use(two: Connections) -> None:
    used = await two.take()
    closing = asyncio.create_task(two.close())
    ended, _ = await asyncio.wait({closing}, timeout=0.05)
    assert not ended
    assert await backend(used)
    await two.give(used)
    await asyncio.wait_for(closing, 5)
