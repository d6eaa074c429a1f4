"""ClamAV's daemon: one of our own that speaks INSTREAM to the letter, and the real one with a signature of the test's."""

import asyncio
import contextlib
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

CLAMD = Path("/usr/sbin/clamd")
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The harmless text that every scanner finds."""
START_SECONDS = 30


class Fake:
    """Listens, and answers as `says` tells: `scan`, or what goes wrong."""

    def __init__(self) -> None:
        self.says = "scan"
        self.scanned: list[bytes] = []
        self.port = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One exchange."""
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            assert await reader.readexactly(10) == b"zINSTREAM\x00"
            if self.says == "cut":
                writer.transport.abort()
                return
            content = bytearray()
            while size := int.from_bytes(await reader.readexactly(4), "big"):
                content += await reader.readexactly(size)
                if self.says == "limit" and len(content) > 8:
                    break
            self.scanned.append(bytes(content))
            writer.write(self._reply(bytes(content)))
            if self.says == "hang":
                await reader.read()
            await writer.drain()
        writer.close()

    def _reply(self, content: bytes) -> bytes:
        return {
            "scan": b"stream: Test.EICAR FOUND\x00" if EICAR in content else b"stream: OK\x00",
            "limit": b"INSTREAM size limit exceeded. ERROR\x00",
            "error": b"stream: Can't allocate memory ERROR\x00",
            "nothing": b"",
            "more": b"stream: OK but\x00",
            "another name": b"other: OK\x00",
            "two": b"stream: OK\nstream: OK\x00",
            "lower case": b"stream: ok\x00",
            "unended": b"stream: OK",
            "endless": b"x" * 200_000,
            "hang": b"stream: ",
        }[self.says]


@asynccontextmanager
async def fake() -> AsyncIterator[Fake]:
    """One that listens on a port of its own."""
    made = Fake()
    server = await asyncio.start_server(made.answer, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()


@contextmanager
def real(folder: Path) -> Iterator[str]:
    """The address of ClamAV's own daemon, which knows one signature: EICAR's text, as a body at any offset."""
    signatures = folder / "signatures"
    signatures.mkdir()
    (signatures / "test.ndb").write_text(f"Test.EICAR:0:*:{EICAR.hex()}\n")
    path = folder / "clamd.sock"
    config = folder / "clamd.conf"
    config.write_text(
        f"DatabaseDirectory {signatures}\nLocalSocket {path}\nForeground yes\nLogFile {folder / 'clamd.log'}\n"
        f"PidFile {folder / 'pid'}\nTemporaryDirectory {folder}\nStreamMaxLength 4M\nMaxThreads 2\nSelfCheck 0\n"
    )
    process = subprocess.Popen([CLAMD, "-c", config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        ends = time.monotonic() + START_SECONDS
        while not _listens(path):
            assert process.poll() is None, (folder / "clamd.log").read_text()
            assert time.monotonic() < ends
            time.sleep(0.05)
        yield f"unix://{path}"
    finally:
        process.terminate()
        process.wait(20)


def _listens(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return path.exists() and probe.connect_ex(str(path)) == 0
