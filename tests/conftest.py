"""A real PostgreSQL for every test, reached as the restricted role; the application over ASGI; a world to act in.

With DATABASE_URL (a superuser's) the tests make their databases on that server, otherwise on an embedded one that all
workers of a run share. Nothing is rolled back: tests act in organisations of their own, as tenants do.
"""

import asyncio
import fcntl
import os
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import httpx
import pooler
import pytest
import walls_off
from event_arms import faults_of_all

from api.app import create_app
from api.blobs import open_blobs
from api.embedded_postgres import EmbeddedPostgres
from api.migrate import migrate
from api.services import Clock, Services
from api.settings import Settings
from domain.database import Database
from domain.sealing import Sealer
from world import World

LOGIN = "jembatan_test_login"
"""Neither superuser nor owner: what the application connects as."""


def with_database(dsn: str, name: str, user: str | None = None) -> str:
    """`dsn` with another database, and another user without password."""
    parts = urlsplit(dsn)
    netloc = parts.netloc if user is None else user + "@" + parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=netloc, path=f"/{name}"))


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all workers of a run."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@pytest.fixture(scope="session")
def admin_dsn(shared_folder: Path) -> Iterator[str]:
    """A superuser's DSN of the server under test."""
    url = os.environ.get("DATABASE_URL")
    if url:
        yield url
        return
    with EmbeddedPostgres.start(shared_folder / "server") as server:
        yield server.dsn(user="postgres", database="postgres")


async def _make(admin_dsn: str, template: str) -> None:
    admin = await asyncpg.connect(admin_dsn)
    try:
        if not await admin.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", LOGIN):
            await admin.execute(f"CREATE ROLE {LOGIN} LOGIN PASSWORD '{LOGIN}'")
        if await admin.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", template):
            return
        await admin.execute(f"CREATE DATABASE {template}")
    finally:
        await admin.close()
    await migrate(with_database(admin_dsn, template), grant_to=LOGIN)


@pytest.fixture(scope="session")
def template(admin_dsn: str, shared_folder: Path) -> str:
    """The name of a migrated database to copy; made once a run."""
    with (shared_folder / "template.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        name_file = shared_folder / "template.name"
        if not name_file.exists():
            name = f"jembatan_template_{secrets.token_hex(4)}"
            asyncio.run(_make(admin_dsn, name))
            name_file.write_text(name)
        return name_file.read_text()


@contextmanager
def fresh_database(admin_dsn: str, template: str, shared_folder: Path) -> Iterator[str]:
    """The name of a database, dropped at the end: what was recorded in it has to be as the contract says."""
    name = f"jembatan_test_{secrets.token_hex(4)}"

    async def run(statement: str) -> None:
        admin = await asyncpg.connect(admin_dsn)
        try:
            await admin.execute(statement)
        finally:
            await admin.close()

    with (shared_folder / "template.lock").open("a+") as lock:  # a template admits one copier at a time
        fcntl.flock(lock, fcntl.LOCK_EX)
        asyncio.run(run(f"CREATE DATABASE {name} TEMPLATE {template}"))
    # What a crash would cost is tested on servers of their own; here nobody has to wait for the disk.
    asyncio.run(run(f"ALTER DATABASE {name} SET synchronous_commit = off"))
    if walls_off.OFF in {"policies", "both"}:

        async def take_down() -> None:
            admin = await asyncpg.connect(with_database(admin_dsn, name))
            try:
                await walls_off.set_policies(admin, on=False)
            finally:
                await admin.close()

        asyncio.run(take_down())
    yield name
    count, found = asyncio.run(faults_of_all(with_database(admin_dsn, name)))
    asyncio.run(run(f"DROP DATABASE {name} WITH (FORCE)"))
    assert not found, f"of {count} recorded events some are not what the contract says: {sorted(found)[:20]}"


@pytest.fixture(scope="session")
def database(admin_dsn: str, template: str, shared_folder: Path) -> Iterator[str]:
    """The name of this worker's own database."""
    with fresh_database(admin_dsn, template, shared_folder) as name:
        yield name


@pytest.fixture(scope="session")
def owner_dsn(admin_dsn: str, database: str) -> str:
    """The owner's DSN: for looking behind the scenes and for moving deadlines, never for the application."""
    return with_database(admin_dsn, database)


@pytest.fixture(scope="session")
def app_dsn(admin_dsn: str, database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The application's DSN, through pgbouncer in a run that asks for it."""
    if pooler.BINARY:
        with pooler.pooled(admin_dsn, LOGIN, LOGIN, tmp_path_factory.mktemp("pooler") / "pgbouncer") as through:
            yield through + database
        return
    yield login_dsn(admin_dsn, database)


@pytest.fixture(scope="session")
def direct_dsn(admin_dsn: str, database: str) -> str:
    """As `app_dsn`, past the pooler: for what is about the server itself."""
    return login_dsn(admin_dsn, database)


def login_dsn(admin_dsn: str, database: str) -> str:
    """The application's DSN of a database, without a pooler."""
    if urlsplit(admin_dsn).hostname is None:
        return with_database(admin_dsn, database, LOGIN)
    return with_database(admin_dsn, database, f"{LOGIN}:{LOGIN}")


@pytest.fixture(scope="session")
async def owner(owner_dsn: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """A superuser's connection to this worker's database."""
    connection = await asyncpg.connect(owner_dsn)
    yield connection
    await connection.close()


@pytest.fixture(scope="session", autouse=walls_off.OFF in {"statements", "both"})
def forgetful_statements() -> Iterator[None]:
    """For a run with `JEMBATAN_TEST_WALLS_OFF=statements`; otherwise nobody asks for it."""
    with walls_off.statements_off():
        yield


@pytest.fixture(scope="session")
async def db(app_dsn: str) -> AsyncIterator[Database]:
    """The pool that the application uses."""
    async with pool_of(app_dsn) as database:
        yield database


@asynccontextmanager
async def pool_of(app_dsn: str) -> AsyncIterator[Database]:
    """The two pools of a server, under their roles."""
    opener = await Database.connect(
        app_dsn, role="jembatan_opener", application="test opener", size=4, statement_cache=pooler.CACHE
    )
    database = await Database.connect(
        app_dsn, role="jembatan_api", application="test", size=20, statement_cache=pooler.CACHE, opener=opener
    )
    yield database
    await database.close()


@pytest.fixture(scope="session")
async def services(db: Database, tmp_path_factory: pytest.TempPathFactory) -> Services:
    """What the application runs on."""
    return services_on(db, tmp_path_factory.mktemp("home"))


def services_on(db: Database, home: Path) -> Services:
    """What an application runs on, with keys and files in `home`."""
    # What is counted is tested apart: these parties ask more often in a minute than people do in a day.
    settings = Settings(
        statement_cache=pooler.CACHE,
        home=home,
        in_flight=1000,
        soon=0,
        webhook_loopback=True,
        rate_per_minute=0,
        expensive_per_minute=0,
    )
    Sealer.create(settings.keys_folder)
    sealer = Sealer.load(settings.keys_folder, opening=True)
    return Services(settings, db, sealer, open_blobs(settings.storage_url), Clock())


@pytest.fixture(scope="session")
async def http(services: Services) -> AsyncIterator[httpx.AsyncClient]:
    """A client without a key, straight into the application."""
    async with client_of(services) as client:
        yield client


@asynccontextmanager
async def client_of(services: Services) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an application of its own."""
    app = create_app(services)
    transport = httpx.ASGITransport(app=cast("Any", app), raise_app_exceptions=True)
    async with httpx.AsyncClient(transport=transport, base_url="http://jembatan.test", timeout=30) as client:
        yield client


@pytest.fixture
async def world(http: httpx.AsyncClient, owner: "asyncpg.Connection[asyncpg.Record]", services: Services) -> World:
    """Builders of everything a test needs, through HTTP wherever the API can do it."""
    return World(http, owner, services)


TOGETHER = (
    "authorisation/test_m",
    "hostile/",
    "sdk/",
    "scenarios/test_demo.py",
    "scenarios/test_large_file.py",
    "faults/test_restore_drill.py",
)
"""Tests that one worker plays, one after the other: they share a stage or a server, or need most of the machine."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """For `--dist loadgroup`. xdist's own marks have no effect since pytest keeps the ids of tests to itself."""
    from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

    class Together(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
        def _split_scope(self, nodeid: str) -> str:
            place = nodeid.partition("::")[0].removeprefix("tests/")
            return next((group for group in TOGETHER if place.startswith(group)), nodeid)

    return Together(config, log) if config.getvalue("dist") == "loadgroup" else None


WHOLE = frozenset({"authorisation", "contract", "faults", "hostile", "plans", "races", "scenarios", "webhooks"})
"""Folders of tests that kill servers, race, play a story through, wait for sockets, or ask everything of everybody: `make test`
runs them, `make check` does not."""
LONG = frozenset(
    {
        "addenda",
        "awards",
        "change_orders",
        "comparison",
        "cost_claims",
        "counter_offers",
        "deliveries",
        "first_articles",
        "inspection_plans",
        "invoices",
        "nonconformances",
        "objections",
        "orders",
        "quality",
        "reports",
        "rounds",
        "schedules",
        "scorecards",
        "scores",
        "traceability",
    }
)
"""Nouns far down the road: each of their tests through HTTP first plays an RFQ up to its order or its opening. Whoever
changes one of them runs its folder."""

TAKING = frozenset(
    {
        "tests/api/checkpoints/test_audit.py",
        "tests/api/doctor/test_checks.py",
        "tests/api/events/test_stream.py",
        "tests/api/files/test_scanner.py",
        "tests/api/meta/test_tracing.py",
        "tests/api/opening_keys/test_rotation.py",
        "tests/api/opening_keys/test_sources.py",
        "tests/api/tokens/test_keys.py",
        "tests/api/wire/test_rate_limits.py",
        "tests/documents/test_bid_tab.py",
        "tests/documents/test_bid_tab_recalculated.py",
        "tests/structure/test_changes.py",
    }
)
"""Single files that wait for an allowance, or build something large."""


def _is_whole(folders: tuple[str, ...]) -> bool:
    """Of the folders below `tests/`."""
    return folders[0] in WHOLE or "scenarios" in folders or (folders[0] == "api" and bool(LONG.intersection(folders)))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The inner loop does not even read what it would leave out as a whole: that alone took a quarter of its time."""
    if config.getoption("markexpr") != "not slow" or collection_path.parent != Path(__file__).parent:
        return None
    return collection_path.name in WHOLE or None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the inner loop short: it has 90 s."""
    root = Path(__file__).parent
    for item in items:
        name = item.path.relative_to(root.parent).as_posix()
        if name in TAKING or _is_whole((*item.path.relative_to(root).parts[:-1], "")):
            item.add_marker(pytest.mark.slow)
