"""A wire between the program and PostgreSQL that can be cut, slowed down, or swallow everything."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

CHUNK = 65536


class Proxy:
    """Listens on a port of the loopback and passes everything on to a Unix socket."""

    def __init__(self, target: Path) -> None:
        self.target = target
        """May be changed: new connections go to the new place."""
        self.port = 0
        self.delay = 0.0
        """Seconds that each chunk is held up, either way."""
        self._open = asyncio.Event()
        self._open.set()
        self._pipes: set[asyncio.Task[None]] = set()

    def cut(self) -> int:
        """Cut every connection, as a reset; new ones are taken. How many there were."""
        pipes = list(self._pipes)
        for pipe in pipes:
            pipe.cancel()
        return len(pipes)

    def swallow(self) -> None:
        """From now on nothing comes through, either way, and nobody is told: a black hole."""
        self._open.clear()

    def heal(self) -> None:
        """Let everything through again. What waited in a black hole is lost with its connection."""
        if not self._open.is_set():
            self.cut()
        self._open.set()
        self.delay = 0.0

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        task = asyncio.current_task()
        assert task is not None
        self._pipes.add(task)
        other: asyncio.StreamWriter | None = None
        try:
            await self._open.wait()
            back, other = await asyncio.open_unix_connection(str(self.target))
            ways = [asyncio.create_task(self._pass(reader, other)), asyncio.create_task(self._pass(back, writer))]
            try:
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for way in ways:
                    way.cancel()
        except OSError:
            pass  # the database is not there: the connection ends
        except asyncio.CancelledError:
            writer.transport.abort()
            if other is not None:
                other.transport.abort()
        finally:
            self._pipes.discard(task)
            for end in (writer, other):
                if end is not None:
                    end.close()

    async def _pass(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while chunk := await source.read(CHUNK):
                await self._open.wait()
                if self.delay:
                    await asyncio.sleep(self.delay)
                target.write(chunk)
                await target.drain()


@contextlib.asynccontextmanager
async def proxied(target: Path) -> AsyncIterator[Proxy]:
    """A proxy on a free port."""
    proxy = Proxy(target)
    server = await asyncio.start_server(proxy.handle, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
        proxy.heal()
        proxy.cut()
        await asyncio.gather(*proxy._pipes, return_exceptions=True)
