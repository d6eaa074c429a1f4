"""What is measured: a PostgreSQL of our own with a seeded database, and the real `jembatan serve` with two workers."""

import asyncio
import os
import re
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import httpx

from api import runtime
from api.embedded_postgres import EmbeddedPostgres
from api.embedded_watchdog import find_postmaster
from api.migrate import migrate
from bench.machine import stat
from domain.sealing import Sealer

T = TypeVar("T")
ROOT = Path(__file__).parents[2]
WORKERS = 2
START_SECONDS = 60
LOGIN = "jembatan_bench"
"""On a server of somebody else's: neither superuser nor owner."""


class Database(NamedTuple):
    """Where it is. `postmaster` is None when its processes cannot be seen from here."""

    owner: str
    app: str
    postmaster: int | None
    home: Path
    external: bool


def asked(dsn: str, question: Callable[["asyncpg.Connection[asyncpg.Record]"], Awaitable[T]]) -> T:
    """The answer of a question on a connection of its own."""

    async def run() -> T:
        connection = await asyncpg.connect(dsn, command_timeout=None)
        try:
            return await question(connection)
        finally:
            await connection.close()

    return asyncio.run(run())


@contextmanager
def database(home: Path, name: str) -> Iterator[Database]:
    """The embedded server under `home`, or a database called `name` on the server of DATABASE_URL; migrated."""
    home.mkdir(parents=True, exist_ok=True)
    Sealer.create(home / "keys")
    url = os.environ.get("DATABASE_URL")
    if url:
        owner = _with(url, name)
        asked(url, lambda connection: _make(connection, name))
        asyncio.run(migrate(owner, grant_to=LOGIN))
        yield Database(owner, _with(owner, name, f"{LOGIN}:{LOGIN}"), _postmaster(url), home, external=True)
        return
    with EmbeddedPostgres.start(home) as server:
        owner = server.dsn(user="postgres", database=runtime.DATABASE)
        asyncio.run(runtime.prepare_embedded(server.dsn(user="postgres", database="postgres"), owner))
        asyncio.run(migrate(owner, grant_to=runtime.APP_LOGIN))
        app = server.dsn(user=runtime.APP_LOGIN, database=runtime.DATABASE)
        found = find_postmaster(server.data_directory, server.name)
        yield Database(owner, app, None if found is None else found.pid, home, external=False)


async def _make(connection: "asyncpg.Connection[asyncpg.Record]", name: str) -> None:
    if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", LOGIN):
        await connection.execute(f"CREATE ROLE {LOGIN} LOGIN PASSWORD '{LOGIN}'")
    if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name):
        await connection.execute(f"CREATE DATABASE {name}")


def _postmaster(url: str) -> int | None:
    """The parent of our own backend, where the server runs on this machine and in sight."""
    backend = asked(url, lambda connection: connection.fetchval("SELECT pg_backend_pid()"))
    known = stat(backend)
    if known is None or not Path(f"/proc/{backend}/comm").read_text().startswith("postgres"):
        return None
    return known.parent


def _with(dsn: str, name: str, login: str | None = None) -> str:
    parts = urlsplit(dsn)
    netloc = parts.netloc if login is None else f"{login}@{parts.netloc.rpartition('@')[2]}"
    return urlunsplit(parts._replace(netloc=netloc, path=f"/{name}"))


class Served(NamedTuple):
    """A running server: where it answers, its supervising process, and how long it took to be ready (seconds)."""

    host: str
    port: int
    pid: int
    ready: float


@contextmanager
def served(known: Database, *, workers: int = WORKERS) -> Iterator[Served]:
    """`jembatan serve --api-only` on that database, stopped at the end. Counting requests is on, and never refuses."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {
        "JEMBATAN_HOME": str(known.home),
        "JEMBATAN_RATE_PER_MINUTE": "60000000",
        "JEMBATAN_RATE_BURST": "1000000",
        "JEMBATAN_EXPENSIVE_PER_MINUTE": "60000000",
        "JEMBATAN_EXPENSIVE_BURST": "1000000",
        "JEMBATAN_WEBHOOK_LOOPBACK": "1",
        "PYTHONPATH": str(ROOT),
    }
    if known.external:
        environment["DATABASE_URL"] = known.app
    command = [sys.executable, "-m", "api", "serve", "--port", "0", "--api-only", "--workers", str(workers)]
    log = known.home / "server.log"
    with log.open("wb") as out:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
        try:
            host, port = _answering(process, log)
            yield Served(host, port, process.pid, time.perf_counter() - started)
        finally:
            process.terminate()
            process.wait(40)


def _answering(process: "subprocess.Popen[bytes]", log: Path) -> tuple[str, int]:
    ends = time.monotonic() + START_SECONDS
    with httpx.Client(trust_env=False, timeout=5) as client:
        while True:
            said = log.read_text(errors="replace")
            if process.poll() is not None or time.monotonic() > ends:
                raise RuntimeError(f"the server does not start: {said[-2000:]}")
            found = re.search(r"http://([\d.]+):(\d+)", said)
            try:
                if found and client.get(f"{found[0]}/health/ready").status_code == httpx.codes.OK:
                    return found[1], int(found[2])
            except httpx.TransportError:
                pass
            time.sleep(0.01)
