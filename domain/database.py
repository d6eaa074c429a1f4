"""The one door to PostgreSQL: pools, `transaction()`, `read()`, and which failures may be tried again.

Besides the `sql.py` modules this is the only place that imports asyncpg. Who asks is told to the database in the message that
begins each transaction, and forgotten with it: row policies (migration 0033) show every organisation its own.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self, cast

import asyncpg

from domain import entering
from domain.actors import Actor
from domain.connecting import Hosts
from domain.connections import Connections
from domain.entering import NotLetIn

LOCK_MILLISECONDS = 1500
STATEMENT_MILLISECONDS = 4000
IDLE_IN_TRANSACTION_MILLISECONDS = 10_000
"""Each shorter than the next and than the request's 10 s: what fails first names the true cause."""

COMMIT_SECONDS = 5.0
"""How long a commit may wait, say for a standby that has to have it too."""
NEVER = 3600.0
"""Longer than anything waits: asyncpg answers its own time limit by cancelling the statement."""

WRITING, READING = "BEGIN", "BEGIN READ ONLY"

NOBODY = entering.NOBODY
"""The organisation of whoever has none."""

SYSTEM_ROLE = "jembatan_system"
"""Under which the clock and the system act, and a step's consequences for third parties are written: it sees every tenant."""

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
    """One open transaction: the four ways to run a statement, and the clock.

    With `alone` there is none open: each statement is a transaction of its own and says who asks.
    """

    __slots__ = ("_alone", "_connection", "_role")

    def __init__(
        self,
        connection: "asyncpg.pool.PoolConnectionProxy[Row] | asyncpg.Connection[Row]",
        role: str = SYSTEM_ROLE,
        alone: Actor | None = None,
    ) -> None:
        self._connection = connection
        self._role = role
        self._alone = alone

    @asynccontextmanager
    async def as_system(self) -> AsyncIterator[None]:
        """Within the block, statements see every tenant: for what a step of one party means for others, after it was decided.

        Who may do it is decided before, by rows that the party itself sees. Each use is listed with its reason in
        `tests/structure/test_walls.py`.
        """
        if self._role == SYSTEM_ROLE:
            yield
            return
        before, self._role = self._role, SYSTEM_ROLE
        await self._connection.execute(f"SET LOCAL ROLE {SYSTEM_ROLE}")
        try:
            yield
        except BaseException:
            self._role = before
            # Of a transaction that failed nothing can be set any more; its end takes the role back.
            with contextlib.suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
                await self._connection.execute(f"SET LOCAL ROLE {before}")
            raise
        self._role = before
        await self._connection.execute(f"SET LOCAL ROLE {before}")

    async def fetch(self, statement: str, *arguments: object) -> list[Row]:
        """All rows."""
        if self._alone is not None:
            return cast("list[Row]", await self._ask(self._connection.fetch, statement, arguments, self._alone))
        return await self._connection.fetch(statement, *arguments)

    async def fetchrow(self, statement: str, *arguments: object) -> Row | None:
        """The first row, or None."""
        if self._alone is not None:
            return cast("Row | None", await self._ask(self._connection.fetchrow, statement, arguments, self._alone))
        return await self._connection.fetchrow(statement, *arguments)

    async def fetchval(self, statement: str, *arguments: object) -> Any:
        """The first column of the first row, or None."""
        if self._alone is not None:
            return await self._ask(self._connection.fetchval, statement, arguments, self._alone)
        return await self._connection.fetchval(statement, *arguments)

    @staticmethod
    async def _ask(run: Callable[..., Any], statement: str, arguments: tuple[object, ...], actor: Actor) -> object:
        text, bound = entering.alone(statement, arguments, actor)
        try:
            found: object = await run(text, *bound)
        except asyncpg.PostgresError as error:
            if entering.is_denied(error, actor):
                raise NotLetIn from error
            raise
        entering.passed(actor)
        return found

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

    def __init__(
        self,
        pool: "asyncpg.Pool[Row]",
        dsn: str,
        opener: "Database | None" = None,
        *,
        role: str = "jembatan_api",
        is_pooled: bool = False,
    ) -> None:
        self._connections = Connections(pool)
        self._opener = opener
        self._role = role
        # Behind a pooler a session is nobody's: all that the others are given when they connect, each transaction is told.
        self._told = f"SET LOCAL ROLE {role}; {_LIMITS_LOCAL}; " if is_pooled else ""
        self._is_pooled = is_pooled
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
        observe: Callable[[Any], None] | None = None,
        target: str | None = None,
    ) -> "Database":
        """Open a pool whose every transaction runs as `role`, in UTC, with every wait bounded.

        Without a statement cache nothing is kept in sessions: so it works behind a pooler that lends them by transaction
        (docs/pgbouncer.md). `observe` is told of each statement (asyncpg's LoggedQuery). With a `target`, such as `standby`, the
        server that fits is looked for when somebody asks, not at the start.
        """
        is_pooled = statement_cache == 0
        settings = {"timezone": "UTC", "application_name": application}
        pool = await asyncpg.create_pool(
            dsn,
            connect=cast(
                "Any", Hosts(dsn, observe, target=target).connect
            ),  # the stubs ask for every parameter by name
            min_size=1 if target is None else 0,
            max_size=size,
            command_timeout=STATEMENT_MILLISECONDS / 1000 + 1,
            statement_cache_size=statement_cache,
            server_settings=settings if is_pooled else {**settings, "role": role, **_LIMITS, **_PLANS},
            # Without this every release costs a round trip; no session state is ever set outside a transaction.
            reset=_no_reset,
        )
        return cls(pool, dsn, opener, role=role, is_pooled=is_pooled)

    @property
    def usage(self) -> tuple[int, int, int]:
        """Connections: (in use, open, at most)."""
        return self._connections.usage

    async def close(self) -> None:
        """Wait five seconds for what runs, then cut it."""
        try:
            await asyncio.wait_for(self._connections.close(), 5)
        except TimeoutError:
            self._connections.terminate()
        if self._opener is not None:
            await self._opener.close()

    @asynccontextmanager
    async def transaction(self, actor: Actor) -> AsyncIterator[Tx]:
        """One transaction for one command: committed when the block ends, rolled back when it raises.

        The acting organisation is set for the transaction only, in the message that begins it, so that row
        policies and triggers can see it.
        """
        async with self._begun(WRITING, actor) as tx:
            yield tx

    @asynccontextmanager
    async def read(self, actor: Actor, *, plan_once: bool = False) -> AsyncIterator[Tx]:
        """For queries: a transaction that writes nothing, begun like a command's.

        It is `READ COMMITTED` too, so each statement sees a snapshot of its own; what must agree is one statement.
        With `plan_once` a statement is planned without its arguments and once for each connection: for those that find
        their rows by the same index whatever is asked, and whose policies take longer to plan than they take to run. Each is
        a transaction of its own then, and one message.
        """
        if not plan_once or self._is_pooled or actor.system is not None:
            async with self._begun(READING, actor, plan_once=plan_once) as tx:
                yield tx
            return
        connection = await self._connections.take()
        try:
            yield Tx(connection, self._role, actor)
        finally:
            await self._connections.give(connection)

    @asynccontextmanager
    async def bare(self) -> AsyncIterator[Tx]:
        """For single statements about nobody's rows, each its own transaction: whose key it is, how often it asked, the clock.

        Nobody acts, so tables of tenants show nothing.
        """
        if self._is_pooled:
            async with self._begun(WRITING, None) as tx:
                yield tx
            return
        connection = await self._connections.take()
        try:
            yield Tx(connection, self._role)
        finally:
            await self._connections.give(connection)

    @asynccontextmanager
    async def _begun(self, begin: str, actor: Actor | None, *, plan_once: bool = False) -> AsyncIterator[Tx]:
        role, told = self._role, self._told
        if plan_once == self._is_pooled:  # the other way is how the session was opened
            told += f"SET LOCAL plan_cache_mode = {'force_generic_plan' if plan_once else 'auto'}; "
        # The dispatcher is a system of its own, with rights to its own tables alone.
        if actor is not None and actor.system is not None and role in _BECOMES_SYSTEM:
            role, told = SYSTEM_ROLE, f"{told}SET LOCAL ROLE {SYSTEM_ROLE}; "
        connection = await self._connections.take()
        try:
            try:
                await connection.execute(f"{begin}; {told}{entering.beginning(actor)}")
                entering.passed(actor)
                yield Tx(connection, role)
            except BaseException as error:
                if begin == WRITING and isinstance(error, asyncpg.ReadOnlySQLTransactionError):
                    await self._connections.renew()  # the server is no longer the one that takes writes
                if not connection.is_closed():
                    await connection.execute("ROLLBACK")
                if entering.is_denied(error, actor):
                    raise NotLetIn from error
                raise
            if begin == WRITING:
                await _commit(connection)
            else:
                await connection.execute("COMMIT")
        finally:
            await self._connections.give(connection)

    def joined(self, tx: Tx) -> "Database":
        """A Database whose transactions are all `tx`: how the edge puts a command and its idempotency record in one."""
        return _Joined(tx)


_LIMITS = {
    "lock_timeout": str(LOCK_MILLISECONDS),
    "statement_timeout": str(STATEMENT_MILLISECONDS),
    "idle_in_transaction_session_timeout": str(IDLE_IN_TRANSACTION_MILLISECONDS),
    # Policies make estimates dear enough to be compiled, which takes longer (20 ms) than any statement of ours.
    "jit": "off",
}
_LIMITS_LOCAL = "; ".join(f"SET LOCAL {name} = {value}" for name, value in _LIMITS.items())
_PLANS = {"plan_cache_mode": "force_generic_plan"}
"""Of sessions, so that a statement which is its own transaction can be planned once; every other transaction is told `auto`."""
_BECOMES_SYSTEM = frozenset({"jembatan_api", "jembatan_opener"})


class _Joined(Database):
    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    @asynccontextmanager
    async def transaction(self, actor: Actor) -> AsyncIterator[Tx]:
        if actor.system is None:
            yield self._tx
            return
        async with self._tx.as_system():
            yield self._tx

    @asynccontextmanager
    async def read(self, actor: Actor, *, plan_once: bool = False) -> AsyncIterator[Tx]:  # noqa: ARG002
        async with self.transaction(actor) as tx:
            yield tx

    @asynccontextmanager
    async def bare(self) -> AsyncIterator[Tx]:
        yield self._tx


async def _commit(connection: "asyncpg.pool.PoolConnectionProxy[Row]") -> None:
    """Commit, or drop the connection: a commit is never cancelled.

    While a server waits for its standby, a cancelled commit counts as done although the standby lacks it. A retry would
    then be told so, and a failover lose what was told. A backend whose client went away waits on, and until it has the
    standby's word nobody sees its work: a retry meets its locks.
    """
    committing = asyncio.create_task(connection.execute("COMMIT", timeout=NEVER))
    try:
        async with asyncio.timeout(COMMIT_SECONDS):
            await asyncio.shield(committing)
    finally:
        if not committing.done():
            connection.terminate()
            await asyncio.gather(committing, return_exceptions=True)


async def _no_reset(_: "asyncpg.Connection[Row]") -> None:
    """Leave the session as it is."""


def utc_now() -> datetime:
    """This process's clock, in UTC. For display and logs only: deadlines are the database's business."""
    return datetime.now(UTC)
