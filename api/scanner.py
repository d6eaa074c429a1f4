"""Asking a ClamAV daemon about a file, over its INSTREAM command: anything but an exact OK is not clean.

It is one layer and not the check: what a file claims to be and what an archive holds is judged before, by ourselves.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator
from typing import NamedTuple, Protocol
from urllib.parse import urlsplit

CHUNK = 256 * 1024
MAX_REPLY = 4096
SECONDS = 120.0
"""For one whole exchange: half a gigabyte is scanned within."""
CONNECT_SECONDS = 3.0
_TOO_LARGE = "INSTREAM size limit exceeded"


class ScannerUnavailable(Exception):
    """There is no verdict: the daemon cannot be reached, broke off, or answered what is neither OK nor FOUND."""


class Verdict(NamedTuple):
    """`found` is what the daemon found, in a sentence; None is clean."""

    found: str | None


class Scanner(Protocol):
    """Says of bytes whether they are clean."""

    async def scan(self, chunks: AsyncIterator[bytes]) -> Verdict:
        """Raises ScannerUnavailable when there is no verdict."""


class ClamAv:
    """A daemon behind `tcp://host:port` or `unix:///path`."""

    def __init__(self, url: str, *, seconds: float = SECONDS) -> None:
        self._parts, self._seconds = urlsplit(url), seconds

    async def scan(self, chunks: AsyncIterator[bytes]) -> Verdict:
        """As Scanner.scan."""
        try:
            async with asyncio.timeout(self._seconds):
                return _verdict(await self._ask(chunks))
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            raise ScannerUnavailable(f"the scanner does not answer ({type(error).__name__})") from error
        finally:
            if isinstance(chunks, AsyncGenerator):  # it may hold a file open
                await chunks.aclose()

    async def _ask(self, chunks: AsyncIterator[bytes]) -> bytes:
        async with asyncio.timeout(CONNECT_SECONDS):
            if self._parts.scheme == "unix":
                reader, writer = await asyncio.open_unix_connection(self._parts.path)
            else:
                reader, writer = await asyncio.open_connection(self._parts.hostname, self._parts.port)
        # Listened to from the start: a daemon that has seen enough answers and closes while we still send.
        reply = asyncio.create_task(_reply(reader))
        try:
            with contextlib.suppress(ConnectionResetError, BrokenPipeError):
                writer.write(b"zINSTREAM\x00")
                async for chunk in chunks:
                    for start in range(0, len(chunk), CHUNK):
                        piece = chunk[start : start + CHUNK]
                        writer.write(len(piece).to_bytes(4, "big") + piece)
                        await writer.drain()
                    if reply.done():
                        break
                writer.write(bytes(4))
                await writer.drain()
            return await reply
        finally:
            reply.cancel()
            await asyncio.wait([reply])
            if not reply.cancelled():
                reply.exception()  # looked at, whatever it is: it was told above, or nobody waits for it any more
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()


async def _reply(reader: asyncio.StreamReader) -> bytes:
    """Up to the NUL that ends it. Raises IncompleteReadError when it breaks off, ScannerUnavailable when it does not end."""
    try:
        return (await reader.readuntil(b"\x00"))[:MAX_REPLY]
    except asyncio.LimitOverrunError as error:
        raise ScannerUnavailable("the scanner's answer does not end") from error


def _verdict(reply: bytes) -> Verdict:
    if reply == b"stream: OK\x00":
        return Verdict(None)
    said = reply.rstrip(b"\x00").decode("utf-8", "replace")
    if said.startswith("stream: ") and said.endswith(" FOUND"):
        name = said.removeprefix("stream: ").removesuffix(" FOUND")
        return Verdict(f"The virus scanner found {name[:200]} in the file.")
    if said.startswith(_TOO_LARGE):
        return Verdict("The file is larger than the virus scanner of this installation takes.")
    raise ScannerUnavailable("the scanner answered neither OK nor FOUND")
