"""Finding, among the hosts of one DSN, the server that takes writes: as quickly when one of them is dead as when it is not.

asyncpg knows DSNs with several hosts, and tries one after the other. A host without power answers nothing at all, so that
a process would wait at it for the whole second that it has. Here the hosts start a quarter of a second after one another
and the first that fits wins; the one that fitted last comes first the next time.
"""

import asyncio
from collections.abc import Callable
from typing import Any, TypeAlias
from urllib.parse import parse_qs, urlsplit

import asyncpg

CONNECT_SECONDS = 5.0
HEAD_START_SECONDS = 0.25
"""How long one host is waited for before the next is tried beside it."""
MAX_HOSTS = 16
WRITING = "read-write"
"""PostgreSQL's word for a server that is no standby and not set to read alone. What a DSN says itself goes before."""

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


class Hosts:
    """The hosts of one DSN, and which of them fitted last. One for each pool. `observe` is told of each statement.

    `target` says which server fits, in PostgreSQL's words for `target_session_attrs`, where the DSN does not.
    """

    def __init__(self, dsn: str, observe: Callable[[Any], None] | None = None, *, target: str | None = None) -> None:
        self._observe = observe
        self._hosts = hosts_of(dsn)
        self._attributes = None if "target_session_attrs" in parse_qs(urlsplit(dsn).query) else target or WRITING

    async def connect(self, dsn: str, **options: Any) -> Connection:
        """A connection to the first host that answers and fits. `options` are those of `asyncpg.connect`.

        Raises what asyncpg raises; of several failures what a server answered, since that says most.
        """
        options = {"timeout": CONNECT_SECONDS, "target_session_attrs": self._attributes, **options}
        if len(self._hosts) == 1:
            connection: Connection = await asyncpg.connect(dsn, **options)
        else:
            connection = await self._race(dsn, options)
        if self._observe is not None:
            connection.add_query_logger(self._observe)
        return connection

    async def _race(self, dsn: str, options: dict[str, Any]) -> Connection:
        waiting = list(self._hosts)
        running: dict[asyncio.Task[Connection], tuple[str, int]] = {}
        failures: list[BaseException] = []
        try:
            while waiting or running:
                if waiting:
                    host, port = waiting.pop(0)
                    attempt = asyncio.create_task(asyncpg.connect(dsn, host=host, port=port, **options))
                    running[attempt] = (host, port)
                done, _ = await asyncio.wait(
                    running, timeout=HEAD_START_SECONDS if waiting else None, return_when=asyncio.FIRST_COMPLETED
                )
                for attempt in done:
                    address = running.pop(attempt)
                    if (error := attempt.exception()) is not None:
                        failures.append(error)
                        continue
                    self._hosts = [address, *(other for other in self._hosts if other != address)]
                    return attempt.result()
        finally:
            for attempt in running:
                attempt.cancel()
                attempt.add_done_callback(_drop)
        raise next((one for one in failures if isinstance(one, asyncpg.PostgresError)), failures[0])


async def connect(dsn: str, **options: Any) -> Connection:
    """One connection, outside of any pool. As `Hosts.connect`."""
    return await Hosts(dsn).connect(dsn, **options)


def hosts_of(dsn: str) -> list[tuple[str, int]]:
    """(host, port) of each server that `dsn` names, in its order. Raises ValueError for a port that is none."""
    parts = urlsplit(dsn)
    query = parse_qs(parts.query)
    named = parts.netloc.rpartition("@")[2] or query.get("host", [""])[-1]
    ports = query.get("port", [""])[-1].split(",")
    found = []
    for number, text in enumerate(named.split(",")):
        given = ports[number] if len(ports) > number else ports[-1]
        # A socket's folder and a bare IPv6 address have no port of their own.
        host, colon, port = text.rpartition(":") if text.rpartition("]")[2].count(":") == 1 else (text, "", "")
        found.append(((host if colon else text).strip("[]"), int(port or given or 5432)))
    if len(found) > MAX_HOSTS:
        raise ValueError(f"a DSN names {MAX_HOSTS} hosts at most")
    return found


def _drop(attempt: "asyncio.Task[Connection]") -> None:
    """A loser that connected after all."""
    if not attempt.cancelled() and attempt.exception() is None:
        attempt.result().terminate()
