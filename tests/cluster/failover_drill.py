"""`make patroni`: the leader of three is killed under load, then changed in peace; nothing acknowledged is lost.

Whoever runs the tests does not run this: it takes minutes and Debian's packages of Patroni and etcd. Clients do what a
careful ERP does: the same key again until an answer comes.
"""

import asyncio
import os
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, Self

import httpx
import msgspec
import psutil
import pytest
from patroni import MISSING, PASSWORD, ROOT, Cluster, binaries, cluster
from server_process import answering, verified

from domain import connecting

CLIENTS = 8
CALM_SECONDS = 4.0
"""Of load before and after each event."""
BACK_SECONDS = 30.0
"""In which writes have to be taken again."""
WORKERS = 2

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        bool(MISSING) or binaries() is None, reason=f"not installed: {', '.join(MISSING) or 'PostgreSQL of Debian'}"
    ),
]


class Served(NamedTuple):
    """A running installation over the cluster."""

    url: str
    process: "subprocess.Popen[bytes]"
    buyer: str

    def pids(self) -> set[int]:
        """Of the server, its workers, and the clock."""
        server = psutil.Process(self.process.pid)
        return {server.pid, *(child.pid for child in server.children(recursive=True))}


class Load:
    """Clients that write one draft after another, each with a key of its own."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self.acknowledged: dict[str, str] = {}
        """Title to id, of everything that was answered with 201."""
        self.refusals: Counter[str] = Counter()
        self.sent_and_done: list[tuple[float, float]] = []
        self._stop = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        headers = {"authorization": f"Bearer {self._served.buyer}", "content-type": "application/json"}
        self._http = httpx.AsyncClient(base_url=self._served.url, headers=headers, timeout=20, trust_env=False)
        self._tasks = [asyncio.create_task(self._write(number)) for number in range(CLIENTS)]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stop.set()
        try:
            async with asyncio.timeout(BACK_SECONDS):
                await asyncio.gather(*self._tasks)
        finally:
            for task in self._tasks:
                task.cancel()
            await self._http.aclose()

    async def _write(self, client: int) -> None:
        count = 0
        while not self._stop.is_set():
            count += 1
            title = f"drill {client}-{count}"
            closes = (datetime.now(UTC) + timedelta(days=30)).isoformat()
            body = msgspec.json.encode({"title": title, "visibility": "open", "quotes_close_at": closes, "lines": []})
            self.acknowledged[title] = await self._until_done(body, str(uuid.uuid4()))
            await asyncio.sleep(0.02)

    async def _until_done(self, body: bytes, key: str) -> str:
        while True:
            sent = time.monotonic()
            try:
                answer = await self._http.post("/v1/rfqs", content=body, headers={"idempotency-key": key})
            except httpx.TransportError as error:
                self.refusals[type(error).__name__] += 1
                await asyncio.sleep(0.2)
                continue
            if answer.status_code == httpx.codes.CREATED:
                self.sent_and_done.append((sent, time.monotonic()))
                return str(answer.json()["id"])
            code = answer.json()["code"]
            self.refusals[f"{answer.status_code} {code}"] += 1
            assert code in {"unavailable", "idempotency_in_progress"}, answer.text
            assert answer.headers["retry-after"].isdecimal(), answer.headers
            await asyncio.sleep(0.2)

    async def back_after(self, moment: float) -> float:
        """Seconds from `moment` until a write that was sent later was acknowledged."""
        ends = moment + BACK_SECONDS
        while not (done := [at for sent, at in self.sent_and_done if sent > moment]):
            assert time.monotonic() < ends, f"no write within {BACK_SECONDS:.0f} s: {self.refusals}"
            await asyncio.sleep(0.1)
        return min(done) - moment


@contextmanager
def serving(nodes: Cluster, home: Path) -> Iterator[Served]:
    """`jembatan serve` with two workers and the clock over all hosts of the cluster."""
    asyncio.run(_prepare(nodes))
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PG")},
        "JEMBATAN_HOME": str(home),
        "JEMBATAN_RATE_PER_MINUTE": "0",
        "JEMBATAN_MIGRATION_URL": nodes.dsn("postgres", "jembatan"),
        "DATABASE_URL": nodes.dsn("jembatan_app", "jembatan"),
    }
    command = [sys.executable, "-m", "api"]

    def run(*words: str) -> str:
        done = subprocess.run(
            [*command, *words], check=False, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("keys")
    run("migrate")
    operator = run("init").split()[0]
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "serve", "--port", "0", "--all-in-one", "--workers", str(WORKERS)],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            url = answering(process, home / "server.log", 180)
            with httpx.Client(base_url=url, trust_env=False, timeout=20) as client:
                yield Served(url, process, verified(client, operator, "PT Besar", "buyer"))
        finally:
            process.terminate()
            try:
                process.wait(40)
            finally:
                process.kill()


async def _prepare(nodes: Cluster) -> None:
    admin = await connecting.connect(nodes.dsn("postgres", "postgres"))
    await admin.execute(f"CREATE ROLE jembatan_app LOGIN PASSWORD '{PASSWORD}'")
    await admin.execute("CREATE DATABASE jembatan")
    await admin.close()


async def _kept(nodes: Cluster) -> tuple[dict[str, list[str]], int]:
    """(ids of each title, how many of them have other than one event of their creation)."""
    owner = await connecting.connect(nodes.dsn("postgres", "jembatan"))
    try:
        rows = await owner.fetch(
            "SELECT r.title, r.id, (SELECT count(*) FROM event e WHERE e.subject_id = r.id AND e.type = 'rfq.created') AS told "
            "FROM rfq r WHERE r.title LIKE 'drill %'"
        )
    finally:
        await owner.close()
    ids: dict[str, list[str]] = {}
    for row in rows:
        ids.setdefault(row["title"], []).append(row["id"])
    return ids, sum(row["told"] != 1 for row in rows)


async def _play(nodes: Cluster, served: Served) -> dict[str, Any]:
    async with Load(served) as load:
        await asyncio.sleep(CALM_SECONDS)
        before = served.pids()
        leader = nodes.leader()
        assert leader is not None
        assert load.acknowledged
        await asyncio.to_thread(leader.kill)
        killed = await load.back_after(time.monotonic())
        await asyncio.sleep(CALM_SECONDS)
        leader.start()  # the killed one comes back as a standby
        await asyncio.to_thread(nodes.whole, 60)
        moment = time.monotonic()
        await asyncio.to_thread(nodes.switch_over)
        switched = await load.back_after(moment)
        await asyncio.sleep(CALM_SECONDS)
        done = sorted(at for _, at in load.sent_and_done if at > moment)
        longest = max(later - earlier for earlier, later in zip([moment, *done], done, strict=False))
        after = served.pids()
    kept, untold = await _kept(nodes)
    assert served.process.poll() is None
    return {
        "acknowledged writes": len(load.acknowledged),
        "of them lost": sum(title not in kept for title in load.acknowledged),
        "written twice": sum(len(ids) > 1 for ids in kept.values()),
        "written, not acknowledged": sum(title not in load.acknowledged for title in kept),
        "with other than one event": untold,
        "leader killed: writes again after, s": round(killed, 1),
        "leader changed: first write after, s": round(switched, 1),
        "leader changed: longest time without a write, s": round(longest, 1),
        "processes before": sorted(before),
        "the same after": before == after,
        "refusals that clients repeated": dict(load.refusals),
    }


def test_a_leader_dies_under_load(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """P1, P2, P6 and P11 through a failover and a change of leader: retries, never data, and no restart."""
    began = time.monotonic()
    with cluster() as nodes, serving(nodes, tmp_path) as served:
        figures = asyncio.run(_play(nodes, served))
    with capsys.disabled():
        lines = [f"  {name:48} {value}" for name, value in figures.items()]
        sys.stdout.write("\n".join(["", *lines, f"  {'in all, s':48} {time.monotonic() - began:.0f}", ""]))
    assert figures["of them lost"] == 0
    assert figures["written twice"] == 0
    assert figures["written, not acknowledged"] == 0
    assert figures["with other than one event"] == 0
    assert figures["leader killed: writes again after, s"] < BACK_SECONDS
    assert figures["leader changed: longest time without a write, s"] < BACK_SECONDS
    assert figures["the same after"]
