"""P1: a write whose standby is silent is not acknowledged, not by a retry either, until the standby has it."""

import asyncio
import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import httpx
from server_process import served

from api.embedded_postgres import EmbeddedPostgres


def set_standby(dsn: str, name: str) -> None:
    """Which standby has to have what is committed; '' for none."""

    async def run() -> None:
        admin = await asyncpg.connect(dsn)
        await admin.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{name}'")
        await admin.execute("SELECT pg_reload_conf()")
        await admin.close()

    asyncio.run(run())


def test_a_commit_that_waits_for_its_standby_is_never_cancelled(tmp_path: Path) -> None:
    body = {"title": "waits", "visibility": "open", "lines": []}
    body["quotes_close_at"] = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    headers = {"idempotency-key": str(uuid.uuid4())}
    # A busy server counts what is asked in the table of rates, which commits as well: it has none here.
    with served(tmp_path, JEMBATAN_RATE_PER_MINUTE="0") as server, server.client() as client:

        def attempt() -> httpx.Response:
            return client.post("/v1/rfqs", json=body, headers=headers)

        with EmbeddedPostgres.start(tmp_path) as database:
            dsn = database.dsn(user="postgres", database="jembatan")
            set_standby(dsn, "nobody")
            first = attempt()
            assert (first.status_code, first.json()["code"]) == (503, "unavailable"), first.text
            second = attempt()
            assert (second.status_code, second.json()["code"]) == (409, "idempotency_in_progress"), second.text
            assert client.get("/v1/rfqs").json()["items"] == []
            set_standby(dsn, "")
            ends = time.monotonic() + 20
            while (last := attempt()).status_code == httpx.codes.CONFLICT:
                assert time.monotonic() < ends, last.text
                time.sleep(0.1)
            assert last.status_code == httpx.codes.CREATED, last.text
            assert last.headers["idempotent-replayed"] == "true"
            assert [rfq["id"] for rfq in client.get("/v1/rfqs").json()["items"]] == [last.json()["id"]]
