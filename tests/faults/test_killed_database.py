"""PostgreSQL dies at once, as with its machine: what was acknowledged is there when it comes back."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

import asyncpg
import httpx
import pytest
from faults.storm.servers import Postgres, own_postgres

from api.app import create_app
from api.blobs import open_blobs
from api.runtime import APP_LOGIN, DATABASE
from api.services import Clock, Services
from api.settings import Settings
from domain.database import Database
from domain.ids import read
from domain.sealing import Sealer
from world import World

pytestmark = pytest.mark.slow
ROUNDS, WRITERS, WRITES = 4, 6, 40


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    """A server of this test's own, which it may kill."""
    with own_postgres("killed") as server:
        yield server


@asynccontextmanager
async def _world(postgres: Postgres, home: Path) -> AsyncIterator[World]:
    """The application over ASGI on that server."""
    settings = Settings(home=home, in_flight=1000, soon=0, rate_per_minute=0, expensive_per_minute=0)
    Sealer.create(settings.keys_folder)
    dsn = postgres.embedded.dsn(user=APP_LOGIN, database=DATABASE)
    opener = await Database.connect(dsn, role="jembatan_opener", application="test opener", size=2)
    db = await Database.connect(dsn, role="jembatan_api", application="test", size=WRITERS, opener=opener)
    sealer = Sealer.load(settings.keys_folder, opening=True)
    services = Services(settings, db, sealer, open_blobs(settings.storage_url), Clock())
    owner = await asyncpg.connect(postgres.owner_dsn)
    transport = httpx.ASGITransport(app=cast("Any", create_app(services)), raise_app_exceptions=True)
    async with httpx.AsyncClient(transport=transport, base_url="http://jembatan.test", timeout=30) as client:
        world = World(client, owner, services)
        try:
            yield world
        finally:
            world.owner.terminate()
            await db.close()


async def test_what_was_acknowledged_survives_a_kill_and_a_retry_happens_once(
    postgres: Postgres, tmp_path: Path
) -> None:
    await postgres.prepare()
    acknowledged: list[str] = []
    async with _world(postgres, tmp_path) as world:
        buyer = await world.party("buyer")
        for number in range(ROUNDS):
            enough = asyncio.Event()
            goal = len(acknowledged) + WRITES
            unanswered: dict[str, Any] = {}

            async def write(
                number: int = number, goal: int = goal, done: asyncio.Event = enough, left: dict[str, Any] = unanswered
            ) -> None:
                while not done.is_set():
                    body, key = world.rfq_body(title=f"{number} {uuid.uuid4()}"), str(uuid.uuid4())
                    answer = await buyer.post("/v1/rfqs", body, key=key)
                    if answer.status_code == 201:
                        acknowledged.append(answer.json()["id"])
                    else:
                        assert answer.status_code == 503, answer.text
                        left[key] = body
                        return
                    if len(acknowledged) >= goal:
                        done.set()

            writers = [asyncio.create_task(write()) for _ in range(WRITERS)]
            await enough.wait()
            killed = postgres.kill()  # at once: nothing lies between the last acknowledgement and this
            assert killed > 3
            await asyncio.gather(*writers)
            await asyncio.to_thread(postgres.start)
            world.owner.terminate()
            owner = world.owner = await asyncpg.connect(postgres.owner_dsn)
            there = await owner.fetch(
                "SELECT id FROM rfq WHERE id = ANY ($1)", [read("rfq", one) for one in acknowledged]
            )
            assert len(acknowledged) - len(there) == 0, "acknowledged and lost"
            for key, body in unanswered.items():
                answer = await _again(buyer, body, key)
                acknowledged.append(answer["id"])
                assert await owner.fetchval("SELECT count(*) FROM rfq WHERE title = $1", body["title"]) == 1


async def _again(buyer: Any, body: Any, key: str) -> Any:
    """A retry, until the pool has found the server again."""
    async with asyncio.timeout(20):
        while (answer := await buyer.post("/v1/rfqs", body, key=key)).status_code != 201:
            assert answer.status_code == 503, answer.text
            await asyncio.sleep(0.05)
    return answer.json()
