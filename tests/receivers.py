"""A partner's server for webhooks: a real one on the loopback, that answers, refuses, drips or hangs as it is told."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import msgspec


class Received(NamedTuple):
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def json(self) -> Any:
        return msgspec.json.decode(self.body)

    @property
    def type(self) -> str:
        return str(self.json["type"])


Answer = tuple[int, Mapping[str, str]]
Behaviour = Callable[[Received], Awaitable[Answer | bytes | None]]
"""Status and headers; or the bytes to send as they are; or None to hang until the other side goes away."""


async def accept(_: Received) -> Answer:
    """204 to everything."""
    return 204, {}


async def hang(_: Received) -> None:
    """Take the request and never answer."""


def refuse(status: int, **headers: str) -> Behaviour:
    """This status to everything."""

    async def behave(_: Received) -> Answer:
        return status, {name.replace("_", "-"): value for name, value in headers.items()}

    return behave


def scripted(*statuses: int) -> Behaviour:
    """One status after the other, then 204."""
    left = list(statuses)

    async def behave(_: Received) -> Answer:
        return (left.pop(0) if left else 204), {}

    return behave


class Receiver:
    """What came, in order, and a way to wait for more."""

    def __init__(self, behave: Behaviour) -> None:
        self.behave = behave
        self.requests: list[Received] = []
        self.connections = 0
        self.url = ""
        self._news = asyncio.Condition()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def types(self) -> list[str]:
        return [request.type for request in self.requests]

    async def until(self, count: int, *, within: float = 20) -> list[Received]:
        """The requests, once there are `count`. Raises TimeoutError."""
        await self.until_that(lambda: len(self.requests) >= count, within=within)
        return self.requests

    async def until_that(self, condition: Callable[[], bool], *, within: float = 20) -> None:
        """Wait until a request makes `condition` true. Raises TimeoutError."""
        async with asyncio.timeout(within), self._news:
            await self._news.wait_for(condition)

    def of(self, ids: Iterable[str]) -> list[Received]:
        """The requests about these subjects."""
        wanted = set(ids)
        return [request for request in self.requests if request.json["data"].get("subject_id") in wanted]

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            await self._exchange(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # it went away: its business
        finally:
            self._tasks.discard(task)
            writer.close()
            with contextlib.suppress(ConnectionError, ssl.SSLError):
                await writer.wait_closed()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        request = Received(head[0].split(" ")[1], headers, body)
        answer = await self.behave(request)
        async with self._news:
            self.requests.append(request)
            self._news.notify_all()
        if answer is None:
            await reader.read()
            return
        if isinstance(answer, bytes):
            writer.write(answer)
        else:
            status, more = answer
            lines = [f"HTTP/1.1 {status} X", *(f"{name}: {value}" for name, value in more.items()), "content-length: 0"]
            writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
        await writer.drain()

    async def stop(self) -> None:
        """Cut what is still open."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def receiver(behave: Behaviour = accept, *, tls: ssl.SSLContext | None = None) -> AsyncIterator[Receiver]:
    """A receiver on a free port of the loopback."""
    made = Receiver(behave)
    server = await asyncio.start_server(made.handle, "127.0.0.1", 0, ssl=tls)
    port = server.sockets[0].getsockname()[1]
    made.url = f"http://127.0.0.1:{port}/hook" if tls is None else f"https://localhost:{port}/hook"
    try:
        yield made
    finally:
        server.close()
        await made.stop()
        await server.wait_closed()
