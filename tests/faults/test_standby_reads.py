"""Reads that may lag, with a real standby: near enough it answers; behind, stopped or promoted it is passed over."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

import asyncpg
import httpx
import pytest
from faults.storm.servers import Postgres, Standby, own_postgres

from api import runtime
from api.app import create_app
from api.runtime import APP_LOGIN, DATABASE
from api.services import Services
from api.settings import Settings
from domain.actors import SCOPES
from domain.sealing import Sealer
from world import Party, World

pytestmark = pytest.mark.slow
REPORT = "/v1/reports/import-substitution"
BASELINE = {
    "kind": "import", "origin": "CN", "hs_code": "8503.00", "currency": "USD", "cif_unit_price": "0.33",
    "duty_percent": "5", "annual_quantity": "80", "idr_rate": "16813", "idr_rate_on": "2026-11-02",
}  # fmt: skip
BOUND = 2.0


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    """A primary of this test's own."""
    with own_postgres("reads") as server:
        yield server


@asynccontextmanager
async def _world(postgres: Postgres, standby: Standby, home: Path) -> AsyncIterator[tuple[World, Services]]:
    reads = standby.owner_dsn.replace("postgres@", f"{APP_LOGIN}@")
    settings = Settings(home=home, rate_per_minute=0, expensive_per_minute=0, read_database_url=reads, read_lag=BOUND)
    Sealer.create(settings.keys_folder)
    dsn = postgres.embedded.dsn(user=APP_LOGIN, database=DATABASE)
    owner = await asyncpg.connect(postgres.owner_dsn)
    async with runtime.services(settings, dsn, application="reads") as services:
        transport = httpx.ASGITransport(app=cast("Any", create_app(services)), raise_app_exceptions=True)
        async with httpx.AsyncClient(transport=transport, base_url="http://jembatan.test", timeout=30) as http:
            try:
                yield World(http, owner, services), services
            finally:
                await owner.close()


async def _until(holds: Callable[[], Awaitable[bool]], says: str) -> None:
    for _ in range(200):
        if await holds():
            return
        await asyncio.sleep(0.05)
    pytest.fail(says)


async def _publish(world: World, buyer: Party, number: int) -> None:
    line = world.rfq_body()["lines"][0] | {"part_number": f"PN-{number}", "baseline": BASELINE}
    rfq = await buyer.done("POST", "/v1/rfqs", world.rfq_body(lines=[line]))
    await buyer.done("POST", f"/v1/rfqs/{rfq['id']}/publish", etag=rfq["etag"])


async def test_a_standby_answers_while_it_is_near_and_the_primary_when_it_is_not(
    postgres: Postgres, tmp_path: Path
) -> None:
    await postgres.prepare()
    standby = Standby(postgres)
    await standby.start()
    try:
        async with _world(postgres, standby, tmp_path) as (world, services):
            reads = services.standby
            assert reads is not None
            buyer = await world.party("buyer")

            async def lines(**headers: str) -> int:
                answer = await buyer.get(REPORT, headers=headers)
                assert answer.status_code == 200, answer.text
                return len(answer.json()["lines"])

            async def by_standby() -> bool:
                before = reads.answered["standby"]
                await lines()
                return reads.answered["standby"] > before

            async def shows_two() -> bool:
                return await lines() == 2

            leaver = await world.key(buyer.organisation_id, "leaver", scopes=SCOPES)
            assert (await leaver.get(REPORT)).status_code == 200
            await _publish(world, buyer, 1)
            await _until(by_standby, "the standby is never asked")
            assert reads.lag <= BOUND
            before = reads.answered.copy()
            await buyer.get("/v1/rfqs")
            assert reads.answered == before, "what is not marked is the primary's"

            copy = await asyncpg.connect(standby.owner_dsn)
            await copy.execute("SELECT pg_wal_replay_pause()")
            await world.owner.execute(
                "UPDATE credential SET state = 'revoked' WHERE organisation_id = $1 AND name = 'leaver'",
                buyer.organisation_id,
            )
            assert (await leaver.get(REPORT)).status_code == 401, "revoked, though the standby does not know it"
            before = reads.answered.copy()
            await _publish(world, buyer, 2)
            assert await lines(**{"cache-control": "no-cache"}) == 2
            assert reads.answered == before, "asked for the newest, it is the primary's"
            began = asyncio.get_running_loop().time()
            await _until(shows_two, "a standby that stands still is asked for ever")
            took = asyncio.get_running_loop().time() - began
            assert not await by_standby(), f"it showed the newest after {took:.1f} s, and not from the primary"
            assert took <= BOUND + 1

            await copy.execute("SELECT pg_wal_replay_resume()")
            await _until(by_standby, "it caught up, and is not asked again")
            assert await lines() == 2
            await copy.close()

            standby.stop()
            statuses = [(await buyer.get(REPORT)).status_code for _ in range(5)]
            assert set(statuses[1:]) == {200}, statuses  # what was under way may be told to come again
            assert statuses[0] in {200, 503}
            assert not await by_standby()
    finally:
        standby.stop()


async def test_a_server_starts_without_its_standby(postgres: Postgres, tmp_path: Path) -> None:
    await postgres.prepare()
    standby = Standby(postgres)
    try:
        async with _world(postgres, standby, tmp_path) as (world, services):
            buyer = await world.party("buyer")
            assert (await buyer.get(REPORT)).status_code == 200
            assert services.standby is not None
            assert services.standby.answered == {"standby": 0, "primary": 1}
    finally:
        standby.stop()
