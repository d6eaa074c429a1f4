"""The one door to PostgreSQL: pools, `transaction()`, `read()`, and which failures may be tried again.

Besides the `sql.py` modules this is the only place that imports asyncpg.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self
from uuid import UUID

import asyncpg

from domain.actors import Actor

ACQUIRE_SECONDS = 1.0
LOCK_MILLISECONDS = 1500
STATEMENT_MILLISECONDS = 4000
IDLE_IN_TRANSACTION_MILLISECONDS = 10_000
"""Each shorter than the next and than the request's 10 s: what fails first names the true cause."""

NOBODY = UUID(int=0)

Row = asyncpg.Record

RETRYABLE: tuple[type[BaseException], ...] = (
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
)
"""The whole command may run again at once: nothing of it was kept."""

UNAVAILABLE: tuple[type[BaseException], ...] = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.LockNotAvailableError,
    asyncpg.QueryCanceledError,
    # A full disk, no memory, too many sessions: nothing is wrong with the command.
    asyncpg.InsufficientResourcesError,
    asyncpg.PostgresIOError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    *RETRYABLE,
    ConnectionError,
    OSError,
    TimeoutError,
)
"""Answered with 503 and Retry-After: the client's idempotency key decides whether the work happened."""


class Tx:
    """One open transaction (or, for reads, one connection): the four ways to run a statement, and the clock."""

    __slots__ = ("_connection",)

    def __init__(self, connection: "asyncpg.pool.PoolConnectionProxy[Row] | asyncpg.Connection[Row]") -> None:
        self._connection = connection

    async def fetch(self, statement: str, *arguments: object) -> list[Row]:
        """All rows."""
        return await self._connection.fetch(statement, *arguments)

    async def fetchrow(self, statement: str, *arguments: object) -> Row | None:
        """The first row, or None."""
        return await self._connection.fetchrow(statement, *arguments)

    async def fetchval(self, statement: str, *arguments: object) -> Any:
        """The first column of the first row, or None."""
        return await self._connection.fetchval(statement, *arguments)

    async def execute(self, statement: str, *arguments: object) -> int:
        """Run a statement; how many rows it touched."""
        tag: str = await self._connection.execute(statement, *arguments)
        last = tag.rpartition(" ")[2]
        return int(last) if last.isdigit() else 0

    async def executemany(self, statement: str, arguments: Sequence[Sequence[object]]) -> None:
        """Run a statement once for each tuple, in one round trip."""
        await self._connection.executemany(statement, arguments)

    async def now(self) -> datetime:
        """The database's clock, read now. Take locks first: every deadline is decided by this value."""
        value: datetime = await self._connection.fetchval("SELECT clock_timestamp()")
        return value


class Constraint:
    """Context manager that turns the violation of one named constraint into a refusal.

    The transaction is lost with it, which is what a refusal wants anyway.
    """

    __slots__ = ("_name", "_refusal")

    def __init__(self, name: str, refusal: Exception) -> None:
        self._name, self._refusal = name, refusal

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, asyncpg.IntegrityConstraintViolationError) and error.constraint_name == self._name:
            raise self._refusal from error


class Database:
    """A pool under one restricted role. `opener` is the same database under the role that reads sealed keys."""

    def __init__(self, pool: "asyncpg.Pool[Row]", dsn: str, opener: "Database | None" = None) -> None:
        self._pool = pool
        self._opener = opener
        self.dsn = dsn
        """For probes that must not wait for the pool."""

    @property
    def opener(self) -> "Database":
        """For `open_quotes` alone. RuntimeError when this process was not given the opening path."""
        if self._opener is None:
            raise RuntimeError("this process was started without the opening role")
        return self._opener

    @classmethod
    async def connect(
        cls,
        dsn: str,
        *,
        role: str,
        application: str,
        size: int,
        statement_cache: int = 256,
        opener: "Database | None" = None,
    ) -> "Database":
        """Open a pool whose every session runs as `role`, in UTC, with every wait bounded."""
        pool = await asyncpg.create_pool(
            dsn,
            min_size=1,
            max_size=size,
            command_timeout=STATEMENT_MILLISECONDS / 1000 + 1,
            statement_cache_size=statement_cache,
            server_settings={
                "role": role,
                "timezone": "UTC",
                "application_name": application,
                "lock_timeout": str(LOCK_MILLISECONDS),
                "statement_timeout": str(STATEMENT_MILLISECONDS),
                "idle_in_transaction_session_timeout": str(IDLE_IN_TRANSACTION_MILLISECONDS),
            },
            # Without this every release costs a round trip; no session state is ever set outside a transaction.
            reset=_no_reset,
        )
        return cls(pool, dsn, opener)

    async def close(self) -> None:
        """Wait five seconds for what runs, then cut it."""
        try:
            await asyncio.wait_for(self._pool.close(), 5)
        except TimeoutError:
            self._pool.terminate()
        if self._opener is not None:
            await self._opener.close()

    @asynccontextmanager
    async def transaction(self, actor: Actor) -> AsyncIterator[Tx]:
        """One transaction for one command: committed when the block ends, rolled back when it raises.

        The acting organisation is set for the transaction only, in the message that begins it, so that row
        policies and triggers can see it.
        """
        async with self._pool.acquire(timeout=ACQUIRE_SECONDS) as connection:
            organisation = actor.organisation_id or NOBODY
            await connection.execute(f"BEGIN; SET LOCAL jembatan.organisation = '{organisation}'")
            try:
                yield Tx(connection)
            except BaseException:
                if not connection.is_closed():
                    await connection.execute("ROLLBACK")
                raise
            await connection.execute("COMMIT")

    @asynccontextmanager
    async def read(self, actor: Actor) -> AsyncIterator[Tx]:  # noqa: ARG002  row policies will need the actor
        """For queries: no transaction, so each statement sees a snapshot of its own; what must agree is one statement."""
        async with self._pool.acquire(timeout=ACQUIRE_SECONDS) as connection:
            yield Tx(connection)

    def joined(self, tx: Tx) -> "Database":
        """A Database whose transactions are all `tx`: how the edge puts a command and its idempotency record in one."""
        return _Joined(tx)


class _Joined(Database):
    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    @asynccontextmanager
    async def transaction(self, actor: Actor) -> AsyncIterator[Tx]:  # noqa: ARG002  same signature as its base
        yield self._tx

    @asynccontextmanager
    async def read(self, actor: Actor) -> AsyncIterator[Tx]:  # noqa: ARG002  same signature as its base
        yield self._tx


async def _no_reset(_: "asyncpg.Connection[Row]") -> None:
    """Leave the session as it is."""


def utc_now() -> datetime:
    """This process's clock, in UTC. For display and logs only: deadlines are the database's business."""
    return datetime.now(UTC)
