"""Opening and closing what a process works with, and the checks that come before: each failure is one clear line."""

import contextlib
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from api import opening_keys
from api.blobs import open_blobs
from api.schema import ROLES, check
from api.services import Clock, Services
from api.settings import Settings
from api.tracing import Tracer
from domain import connecting
from domain.checkpoints import keys as audit_keys
from domain.database import Database
from domain.sealing import Sealer
from domain.standby import Standby

OPENER_CONNECTIONS = 2
APP_LOGIN = "jembatan_app"
"""Login role of the embedded database: neither superuser nor owner."""
DATABASE = "jembatan"


class StartError(Exception):
    """The process cannot start; the message is one line that says what to do."""


async def check_database(dsn: str) -> None:
    """Raise StartError unless `dsn` leads to a migrated PostgreSQL 15 to 18 as a login that is no superuser or owner."""
    connection = await connect(dsn)
    try:
        async with connection.transaction(readonly=True):
            await _check(connection)
    finally:
        await connection.close()


async def _check(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    await check(connection)
    if await connection.fetchval("SELECT rolsuper FROM pg_roles WHERE rolname = session_user"):
        raise StartError("DATABASE_URL logs in as a superuser, whom no rule holds; use a role of its own")
    bypasses = """
        SELECT rolname FROM pg_roles WHERE rolbypassrls AND pg_has_role(session_user, oid, 'MEMBER') LIMIT 1
    """
    bypassing = await connection.fetchval(bypasses)
    if bypassing is not None:
        raise StartError(
            f"DATABASE_URL logs in with BYPASSRLS (by {bypassing}), which no row policy holds; take it away"
        )
    owns = "SELECT pg_has_role(session_user, relowner, 'MEMBER') FROM pg_class WHERE oid = 'event'::regclass"
    if await connection.fetchval(owns):
        raise StartError("DATABASE_URL logs in as the owner of the tables; use a role of its own")
    for role in ROLES:
        if not await connection.fetchval("SELECT pg_has_role(session_user, $1, 'MEMBER')", role):
            raise StartError(f"the login of DATABASE_URL lacks {role}; run `jembatan migrate --grant-to` with its name")


async def connect(dsn: str) -> "asyncpg.Connection[asyncpg.Record]":
    """A connection for a check. Raises StartError when there is none to be had.

    Ask in one transaction: behind a pooler the session is lent for no longer.
    """
    try:
        connection = await connecting.connect(dsn, statement_cache_size=0)
    except (OSError, TimeoutError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        # The message of a wrong password or name does not hold the password; the DSN would.
        raise StartError(f"cannot connect to the database of DATABASE_URL: {_first_line(error)}") from error
    version = connection.get_server_version()
    if not 15 <= version.major <= 18:  # noqa: PLR2004
        await connection.close()
        raise StartError(f"the database is PostgreSQL {version.major}; Jembatan works with 15 to 18")
    return connection


def check_folders(settings: Settings) -> None:
    """Raise StartError unless home can be written."""
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        probe = settings.home / f".writable-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise StartError(
            f"cannot write to {settings.home} ({error.strerror}); set JEMBATAN_HOME to a folder you own"
        ) from error


def free_port(host: str, port: int) -> int:
    """`port`, or a free one for 0. Raises StartError when it is taken or the host is not ours."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            number: int = probe.getsockname()[1]
            return number
    except OSError as error:
        raise StartError(
            f"cannot listen on {host}:{port} ({error.strerror}); choose another --port or --host"
        ) from error


@asynccontextmanager
async def services(settings: Settings, dsn: str, *, application: str) -> AsyncIterator[Services]:
    """Everything a server or worker process works with, closed at the end."""
    sealer = load_keys(settings)
    tracer = None if settings.traces_url is None else Tracer(settings.traces_url, settings.traces_headers)
    observe = None if tracer is None else tracer.observe
    opener = None
    if settings.opens:
        opener = await Database.connect(
            dsn,
            role="jembatan_opener",
            application=f"{application} opener",
            size=OPENER_CONNECTIONS,
            statement_cache=settings.statement_cache,
            observe=observe,
        )
    db = await Database.connect(
        dsn,
        role="jembatan_api",
        application=application,
        size=settings.pool_size,
        statement_cache=settings.statement_cache,
        opener=opener,
        observe=observe,
    )
    standby = None
    try:
        if settings.read_database_url is not None:
            copy = await Database.connect(
                settings.read_database_url,
                role="jembatan_api",
                application=f"{application} reads",
                size=settings.pool_size,
                statement_cache=settings.statement_cache,
                observe=observe,
                target="standby",
            )
            standby = Standby(copy, db, settings.read_lag)
        clock = Clock()
        await clock.measure(db)
        async with tracer or contextlib.nullcontext():
            made = Services(settings, db, sealer, open_blobs(settings.storage_url), clock, tracer)
            made.standby = standby
            yield made
    finally:
        if standby is not None:
            await standby.close()
        await db.close()


async def prepare_embedded(owner_dsn: str, database_dsn: str) -> None:
    """Create the application's login and database on a fresh embedded server."""
    connection = await connect(owner_dsn)
    try:
        if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", APP_LOGIN):
            await connection.execute(f"CREATE ROLE {APP_LOGIN} LOGIN")
        if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", DATABASE):
            await connection.execute(f"CREATE DATABASE {DATABASE}")
    except (asyncpg.DuplicateObjectError, asyncpg.DuplicateDatabaseError, asyncpg.UniqueViolationError):
        pass  # another process of ours was faster
    finally:
        await connection.close()
    await (await connect(database_dsn)).close()


def keys_for(settings: Settings, *, embedded: bool) -> None:
    """Make the keys of a new embedded installation; elsewhere they have to be there. Raises KeysMissing."""
    folder = settings.keys_folder
    if embedded:
        Sealer.create(folder, opening_keys.given(settings))
        audit_keys.create(folder)
    load_keys(settings)


def load_keys(settings: Settings) -> Sealer:
    """The keys from where `settings` say, the private opening ones only where quotes are opened. Raises KeysMissing."""
    given = opening_keys.given(settings) if settings.opens else None
    return Sealer.load(settings.keys_folder, opening=settings.opens, given=given)


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]
