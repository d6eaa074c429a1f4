"""What one key may ask is counted in the database: by every worker together, exactly, and told in every answer."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any, cast

import httpx
import msgspec
import pytest

from api.app import create_app
from api.services import Services
from domain.rate_limits import commands
from domain.rate_limits.model import Policy
from world import Party, World

Workers = Callable[..., list[httpx.AsyncClient]]


@pytest.fixture
async def workers(services: Services) -> AsyncIterator[Workers]:
    """Applications of their own over one database, as the workers of a server are, with other settings."""
    async with AsyncExitStack() as stack:

        def start(count: int = 2, **limits: int) -> list[httpx.AsyncClient]:
            known = msgspec.structs.replace(services.settings, **limits)
            clients = []
            for _ in range(count):
                parts = Services(known, services.db, services.sealer, services.blobs, services.clock)
                transport = httpx.ASGITransport(app=cast("Any", create_app(parts)))
                client = httpx.AsyncClient(transport=transport, base_url="http://jembatan.test")
                stack.push_async_callback(client.aclose)
                clients.append(client)
            return clients

        yield start


def at(client: httpx.AsyncClient, party: Party) -> Party:
    """The same key, asking another worker."""
    return Party(client, party.secret, party.organisation_id, party.name)


async def test_two_workers_count_together_and_exactly(world: World, workers: Workers) -> None:
    buyer = await world.party("buyer")
    both = [at(client, buyer) for client in workers(rate_per_minute=1, rate_burst=10)]
    answers = await asyncio.gather(*(both[n % 2].get("/v1/me") for n in range(30)))
    assert sorted(answer.status_code for answer in answers) == [200] * 10 + [429] * 20
    refused = next(answer for answer in answers if answer.status_code == 429)
    problem = refused.json()
    assert problem["code"] == "rate_limited"
    assert "Wait" in problem["detail"]
    assert 50 <= int(refused.headers["retry-after"]) <= 60
    assert refused.headers["ratelimit-policy"] == '"default";q=10;w=600'
    assert refused.headers["ratelimit"].startswith('"default";r=0;t=')


async def test_every_answer_says_what_is_left(world: World, workers: Workers) -> None:
    buyer = await world.party("buyer")
    [client] = workers(1, rate_per_minute=60, rate_burst=5)
    left = [(await at(client, buyer).get("/v1/me")).headers["ratelimit"] for _ in range(3)]
    assert [text.split(";")[1] for text in left] == ["r=4", "r=3", "r=2"]


async def test_a_key_is_not_slowed_by_another(world: World, workers: Workers) -> None:
    [client] = workers(1, rate_per_minute=1, rate_burst=1)
    loud, quiet = at(client, await world.party("buyer")), at(client, await world.party("supplier"))
    assert [(await loud.get("/v1/me")).status_code for _ in range(3)] == [200, 429, 429]
    assert (await quiet.get("/v1/me")).status_code == 200


async def test_the_allowance_is_earned_again_and_no_refusal_is_counted(world: World, workers: Workers) -> None:
    buyer = await world.party("buyer")
    [client] = workers(1, rate_per_minute=60, rate_burst=1)
    party = at(client, buyer)
    assert (await party.get("/v1/me")).status_code == 200
    refused = [await party.get("/v1/me") for _ in range(20)]
    assert {answer.status_code for answer in refused} == {429}
    assert int(refused[-1].headers["retry-after"]) == 1
    # Time passes in the table, not in the test: what was to come a second ago has come.
    await world.owner.execute(
        "UPDATE rate_limit SET arrival = arrival - interval '1 second' WHERE subject LIKE 'crd:%'"
    )
    assert (await party.get("/v1/me")).status_code == 200


async def test_a_refused_change_is_not_kept_under_its_key(world: World, workers: Workers) -> None:
    buyer = await world.party("buyer")
    [client] = workers(1, rate_per_minute=1, rate_burst=1)
    party, key = at(client, buyer), str(uuid.uuid4())
    body = {"name": "ERP", "scopes": ["rfqs:read"]}
    assert (await party.get("/v1/me")).status_code == 200
    assert (await party.post("/v1/credentials", body, key=key)).status_code == 429
    again = await buyer.post("/v1/credentials", body, key=key)
    assert again.status_code == 201, again.text
    assert "idempotent-replayed" not in again.headers


async def test_expensive_operations_have_a_count_of_their_own(world: World, workers: Workers) -> None:
    buyer = await world.party("buyer")
    [client] = workers(1, rate_per_minute=600, rate_burst=100, expensive_per_minute=1, expensive_burst=2)
    party = at(client, buyer)
    report = "/v1/reports/import-substitution"
    answers = [await party.get(report) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "to this operation" in answers[-1].json()["detail"]
    assert answers[0].headers["ratelimit-policy"] == '"default";q=100;w=10, "expensive";q=2;w=120'
    assert (await party.get("/v1/me")).status_code == 200, "only that operation is used up"
    nothing = await party.get(f"/v1/rfqs/rfq_{uuid.uuid4().hex}/matches")
    assert nothing.status_code == 404, "another expensive operation has its own"


async def test_registrations_are_counted_by_address(workers: Workers) -> None:
    first, second = workers(2, expensive_per_minute=1, expensive_burst=3)
    answers = [
        await client.post("/v1/registrations", json={}, headers={"idempotency-key": str(uuid.uuid4())})
        for client in (first, second, first, second)
    ]
    assert [answer.status_code for answer in answers] == [422, 422, 422, 429]


async def test_who_asks_in_vain_is_refused_for_the_key_first(workers: Workers) -> None:
    [client] = workers(1, rate_per_minute=1, rate_burst=1)
    answers = [await client.get("/v1/me", headers={"authorization": "Bearer jbt_x"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [401, 401, 401]


async def test_what_has_passed_is_swept(services: Services, world: World) -> None:
    policy = Policy(name="default", per_minute=60, burst=10)
    gone, held = f"test:{uuid.uuid4().hex}", f"test:{uuid.uuid4().hex}"
    for subject in (gone, held):
        assert (await commands.take(services.db, subject, policy)).left == 9
    await world.owner.execute("UPDATE rate_limit SET arrival = arrival - interval '1 hour' WHERE subject = $1", gone)
    assert await commands.purge(services.db) >= 1
    kept = await world.owner.fetch("SELECT subject FROM rate_limit WHERE subject = ANY ($1)", [gone, held])
    assert [row["subject"] for row in kept] == [held]


@pytest.mark.parametrize(
    ("ahead", "left", "wait"),
    [(0, 10, 1), (1, 9, 1), (9.2, 0, 1), (10, 0, 1), (12.5, 0, 4)],
)
def test_the_arithmetic_of_an_allowance(ahead: float, left: int, wait: int) -> None:
    policy = Policy(name="default", per_minute=60, burst=10)
    assert policy.after(timedelta(seconds=ahead)).left == left
    assert policy.refused(timedelta(seconds=ahead)).wait == wait


async def test_requests_at_once_share_a_block(world: World) -> None:
    """While one counts ahead the others wait for what it counted: a busy key is one write for many requests."""
    blocks, policy = commands.Blocks(), Policy(name="default", per_minute=6000, burst=1000)
    subject = f"test:{uuid.uuid4()}"
    await blocks.take(world.services.db, subject, policy)
    writes = 0
    one_by_one = commands.take

    async def counted(*arguments: Any) -> Any:
        nonlocal writes
        writes += 1
        return await one_by_one(*arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commands, "take", counted)
        allowances = await asyncio.gather(*(blocks.take(world.services.db, subject, policy) for _ in range(64)))
    assert all(allowance.wait == 0 for allowance in allowances)
    assert writes == 64 // commands.AHEAD
    assert len({allowance.left for allowance in allowances}) >= 64 // 2, "each is told what is left after itself"


async def test_who_waits_for_a_block_that_could_not_be_counted_counts_itself(world: World) -> None:
    blocks, policy = commands.Blocks(), Policy(name="default", per_minute=6000, burst=1000)
    subject = f"test:{uuid.uuid4()}"
    await blocks.take(world.services.db, subject, policy)
    one_by_one, failed = commands.take, False

    async def fails_once(*arguments: Any) -> Any:
        nonlocal failed
        await asyncio.sleep(0)
        if not failed:
            failed = True
            raise TimeoutError
        return await one_by_one(*arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commands, "take", fails_once)
        taken = await asyncio.gather(
            *(blocks.take(world.services.db, subject, policy) for _ in range(8)), return_exceptions=True
        )
    assert [isinstance(one, TimeoutError) for one in taken] == [True] + [False] * 7
