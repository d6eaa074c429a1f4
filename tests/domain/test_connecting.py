"""Several hosts behind one DSN: the one that takes writes is found past dead and silent ones, and found first afterwards."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import parse_qs, quote, urlsplit

import asyncpg
import pytest

from domain.actors import SYSTEM
from domain.connecting import HEAD_START_SECONDS, MAX_HOSTS, Hosts, connect, hosts_of
from domain.database import UNAVAILABLE, Database


@pytest.mark.parametrize(
    ("dsn", "hosts"),
    [
        ("postgresql://u@one/db", [("one", 5432)]),
        ("postgresql://u:p%40w@one:1,two:2,three/db", [("one", 1), ("two", 2), ("three", 5432)]),
        ("postgresql://u@[::1]:7,10.0.0.1/db", [("::1", 7), ("10.0.0.1", 5432)]),
        ("postgresql://u@[::1]/db", [("::1", 5432)]),
        ("postgresql://u@/db?host=/run/a,/run/b&port=1,2", [("/run/a", 1), ("/run/b", 2)]),
        ("postgresql://u@/db?host=one,/run/b&port=7", [("one", 7), ("/run/b", 7)]),
    ],
)
def test_the_hosts_of_a_dsn(dsn: str, hosts: list[tuple[str, int]]) -> None:
    assert hosts_of(dsn) == hosts


def test_a_dsn_has_an_end() -> None:
    with pytest.raises(ValueError, match="16 hosts"):
        hosts_of(f"postgresql://u@{','.join(['h'] * (MAX_HOSTS + 1))}/db")
    with pytest.raises(ValueError, match="invalid literal"):
        hosts_of("postgresql://u@one:x,two/db")


def beside(direct_dsn: str, *others: tuple[str, int], last: bool = True) -> str:
    """`direct_dsn` with other hosts before (or behind) its own."""
    parts = urlsplit(direct_dsn)
    own = (str(parts.hostname or parse_qs(parts.query)["host"][0]), int(parts.port or parse_qs(parts.query)["port"][0]))
    hosts = [*others, own] if last else [own, *others]
    user = parts.netloc.rpartition("@")[0]
    names, ports = ",".join(quote(host) for host, _ in hosts), ",".join(str(port) for _, port in hosts)
    return f"postgresql://{user}@{parts.path}?host={names}&port={ports}"


@asynccontextmanager
async def silent() -> AsyncIterator[tuple[str, int, list[int]]]:
    """A host that takes connections and never says a word: (host, port, [how many came])."""
    came = [0]

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        came[0] += 1
        await reader.read()
        writer.close()

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()[:2]
    try:
        yield host, port, came
    finally:
        server.close()


async def test_a_silent_host_takes_a_head_start_and_no_more(direct_dsn: str) -> None:
    async with silent() as (host, port, came):
        dsn = beside(direct_dsn, (host, port), ("127.0.0.1", 1))
        hosts = Hosts(dsn)
        began = time.monotonic()
        first = await hosts.connect(dsn)
        assert time.monotonic() - began < HEAD_START_SECONDS + 4, (
            "it was waited for"
        )  # alone it would take 5 s and fail
        assert came == [1]
        again = await hosts.connect(dsn)
        assert came == [1], "what fitted last comes first"
        await first.close()
        await again.close()


async def test_a_host_that_refuses_is_passed_at_once(direct_dsn: str) -> None:
    async with silent() as (host, port, came):
        connection = await connect(beside(direct_dsn, ("127.0.0.1", 1), last=True))
        await connection.close()
        connection = await connect(beside(direct_dsn, (host, port), last=False))
        await connection.close()
        assert came == [0], "the first one fitted"


async def test_what_went_wrong_is_said(direct_dsn: str) -> None:
    with pytest.raises(ConnectionRefusedError):
        await connect("postgresql://u@127.0.0.1:1,127.0.0.1:2/db")
    wrong = beside(direct_dsn, ("127.0.0.1", 1)).replace(urlsplit(direct_dsn).path, "/no_such_database")
    with pytest.raises(asyncpg.InvalidCatalogNameError):
        await connect(wrong)


async def test_a_server_that_only_reads_is_none(direct_dsn: str, owner: "asyncpg.Connection[asyncpg.Record]") -> None:
    login = urlsplit(direct_dsn).username
    database = await owner.fetchval("SELECT current_database()")
    await owner.execute(f"ALTER ROLE {login} IN DATABASE {database} SET default_transaction_read_only = on")
    try:
        with pytest.raises(UNAVAILABLE):
            await connect(direct_dsn)
        reading = await connect(f"{direct_dsn}{'&' if '?' in direct_dsn else '?'}target_session_attrs=any")
        await reading.close()
    finally:
        await owner.execute(f"ALTER ROLE {login} IN DATABASE {database} RESET default_transaction_read_only")


async def test_a_pool_leaves_a_server_that_takes_no_writes_any_more(direct_dsn: str) -> None:
    db = await Database.connect(direct_dsn, role="jembatan_api", application="test", size=1)
    try:
        async with db.read(SYSTEM) as tx:
            before = await tx.fetchval("SELECT pg_backend_pid()")
            # What a session finds whose server was made a standby behind a proxy.
            await tx.execute("SET default_transaction_read_only = on")
        with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
            async with db.transaction(SYSTEM) as tx:
                await tx.execute("DELETE FROM rate_limit WHERE false")
        async with db.transaction(SYSTEM) as tx:
            assert await tx.fetchval("SELECT pg_backend_pid()") != before
            await tx.execute("DELETE FROM rate_limit WHERE false")
    finally:
        await db.close()
