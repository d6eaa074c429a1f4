"""The other side of the wire: a process that sends prepared requests over a few connections and times the answers.

A client of its own rather than wrk or httpx: requests are bytes made beforehand (each change has its own key), an answer
is read to its last byte, and every status is checked. Run as a program it takes a `Plan` on standard input.
"""

import asyncio
import base64
import sys
import time
from collections.abc import Iterator
from typing import Any

import msgspec
import uvloop

READY, GO = b"ready\n", b"go\n"
LIMIT = 64 * 1024 * 1024


class Plan(msgspec.Struct, kw_only=True):
    """What to send. Each item is one unit of work: one request, or several of which each may need the answer before."""

    host: str
    port: int
    connections: int
    items: list[list[str]]
    """Base64. `@ID@` and `@ETAG@` in a later request stand for `id` and `etag` of the answer before it."""
    warm: int
    """Items that are sent before anything is measured: taken from the beginning, and not sent again where `once`."""
    count: int
    """Items that are measured. Without `once` they go round in circles."""
    once: bool
    statuses: list[int]
    """What each request of an item has to be answered with."""


class Result(msgspec.Struct, kw_only=True):
    """What came of it. Times in seconds."""

    count: int
    seconds: float
    p50: float
    p99: float
    received: int
    """Bytes of bodies."""
    wrong: dict[str, int]
    """Statuses that were not expected, with how often and the beginning of one body."""


class _Connection:
    """One connection that is kept alive."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def exchange(self, request: bytes) -> tuple[int, bytes, bytes]:
        """(status, head, body) of one request."""
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        status = int(head[9:12])
        lower = head.lower()
        at = lower.find(b"content-length:")
        length = 0 if at < 0 else int(lower[at + 15 : lower.index(b"\r", at)])
        if length and status not in (204, 304):
            return status, head, await self._reader.readexactly(length)
        if b"transfer-encoding: chunked" in lower:
            return status, head, await self._chunks()
        return status, head, b""

    async def _chunks(self) -> bytes:
        parts: list[bytes] = []
        while True:
            size = int((await self._reader.readline()).split(b";")[0], 16)
            part = await self._reader.readexactly(size + 2)
            if not size:
                return b"".join(parts)
            parts.append(part[:-2])

    def close(self) -> None:
        self._writer.close()


class _Run:
    """Everything that the connections share."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.times: list[float] = []
        self.received = 0
        self.wrong: dict[str, int] = {}
        self.items = [[base64.b64decode(part) for part in item] for item in plan.items]

    async def serve(self, connection: _Connection, mine: Iterator[list[bytes]]) -> None:
        clock = time.perf_counter
        for item in mine:
            started = clock()
            body = b""
            for step, part in enumerate(item):
                request = _filled(part, body) if step else part
                status, _, body = await connection.exchange(request)
                self.received += len(body)
                if status != self.plan.statuses[step]:
                    said = f"{status} {body[:300]!r}"
                    self.wrong[said] = self.wrong.get(said, 0) + 1
                    break
            self.times.append(clock() - started)

    async def several(self, connections: list[_Connection], items: list[list[bytes]]) -> None:
        mine = iter(items)
        await asyncio.gather(*(self.serve(connection, mine) for connection in connections))


def _filled(part: bytes, body: bytes) -> bytes:
    answer: dict[str, Any] = msgspec.json.decode(body)
    return part.replace(b"@ID@", answer["id"].encode()).replace(b"@ETAG@", answer["etag"].encode())


async def _main() -> None:
    plan = msgspec.json.decode(sys.stdin.buffer.readline(), type=Plan)
    run = _Run(plan)
    connections = [
        _Connection(*await asyncio.open_connection(plan.host, plan.port, limit=LIMIT)) for _ in range(plan.connections)
    ]
    await run.several(connections, _circle(run.items, 0, plan.warm))
    warmed = run.wrong
    run.times, run.received, run.wrong = [], 0, {}
    measured = _circle(run.items, plan.warm if plan.once else 0, plan.count)
    sys.stdout.buffer.write(READY)
    sys.stdout.buffer.flush()
    await asyncio.to_thread(sys.stdin.buffer.readline)
    started = time.perf_counter()
    await run.several(connections, measured)
    seconds = time.perf_counter() - started
    times = sorted(run.times) or [0.0]
    result = Result(
        count=len(run.times),
        seconds=seconds,
        p50=times[len(times) // 2],
        p99=times[int(len(times) * 0.99)],
        received=run.received,
        wrong={**warmed, **run.wrong},
    )
    sys.stdout.buffer.write(msgspec.json.encode(result) + b"\n")
    sys.stdout.buffer.flush()
    for connection in connections:
        connection.close()


def _circle(items: list[list[bytes]], start: int, count: int) -> list[list[bytes]]:
    return [items[(start + step) % len(items)] for step in range(count)]


if __name__ == "__main__":
    uvloop.run(_main())
