"""The official client of tus against a real server: cut at random places, and with a worker killed in the middle."""

import hashlib
import io
import os
import random
import re
import signal
import time
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
import requests
from server_process import ServerProcess, served
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError, TusUploadFailed

PAGE = Path(__file__).parents[2] / "docs" / "erp-import.md"
MIB = 1024 * 1024
CHUNK = "application/offset+octet-stream"
SEED = int.from_bytes(os.urandom(4))


class Cut(Exception):
    """The connection breaks here."""


def content_of(source: random.Random, size: int) -> bytes:
    return b"%PDF-1.7\n" + source.randbytes(size)


def uploader(server: ServerProcess, stream: io.BytesIO, **options: Any) -> Any:
    client = TusClient(f"{server.url}/v1/uploads", headers={"Authorization": f"Bearer {server.secret}"})
    return client.uploader(
        file_stream=stream, metadata={"filename": "besar.pdf"}, retries=50, retry_delay=0.1, **options
    )


def is_whole(server: ServerProcess, url: str, content: bytes) -> None:
    with server.client() as client:
        ends = time.monotonic() + 20
        while (shown := client.get(url).raise_for_status().json())["state"] == "checking":
            assert time.monotonic() < ends
            time.sleep(0.05)
        assert shown["state"] == "complete", shown
        got = client.get(f"/v1/files/{shown['file_id']}/content").content
    assert hashlib.sha256(got).digest() == hashlib.sha256(content).digest()


@pytest.mark.slow
def test_cuts_and_a_killed_worker(tmp_path: Path) -> None:
    print(f"seed {SEED}")  # noqa: T201  pytest shows it when the test fails
    source = random.Random(SEED)  # noqa: S311  a test's own
    with served(tmp_path, workers=2, JEMBATAN_RATE_PER_MINUTE="0") as server:
        _small_chunks(server, source)
        _as_documented(server, tmp_path / "drawing.pdf", source)
        _cut_at_random_places(server, source)
        _killed_worker(server, source)
        # A supervisor whose workers were replaced waits 30 s for them when it is told to stop; that is not what is tested.
        os.kill(server.pid, signal.SIGKILL)


def _small_chunks(server: ServerProcess, source: random.Random) -> None:
    content = content_of(source, 2 * MIB)
    sending = uploader(server, io.BytesIO(content), chunk_size=300_000, upload_checksum=True)
    sending.upload()
    is_whole(server, sending.url, content)


def _as_documented(server: ServerProcess, drawing: Path, source: random.Random) -> None:
    """The program in docs/erp-import.md."""
    drawing.write_bytes(content_of(source, 9 * MIB))
    block = re.search(r"```python tus\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert block is not None
    names: dict[str, Any] = {"url": server.url, "key": server.secret, "path": str(drawing)}
    exec(compile(block[1], "erp-import.md", "exec"), names)  # noqa: S102  our own page
    is_whole(server, names["sending"].url, drawing.read_bytes())


def _cut_at_random_places(server: ServerProcess, source: random.Random) -> None:
    """Raw requests that end in the middle of the body: what came is kept, and the client goes on from there."""
    content = content_of(source, 20 * MIB)
    sending = uploader(server, io.BytesIO(content))
    sending.set_url(sending.create_url())
    moved = 0
    for _ in range(5):
        with server.client() as client:
            offset = _settled(client, sending.url)
            end = source.randrange(offset, min(len(content), offset + 5 * MIB))

            def broken(start: int = offset, stop: int = end) -> Any:
                for place in range(start, stop, 65_536):
                    yield content[place : min(place + 65_536, stop)]
                raise Cut

            headers = {
                "tus-resumable": "1.0.0",
                "upload-offset": str(offset),
                "content-type": CHUNK,
                "content-length": str(len(content) - offset),
            }
            with pytest.raises(Cut):
                client.patch(sending.url, content=broken(), headers=headers)
        with server.client() as client:
            moved += _settled(client, sending.url) > offset
    assert moved >= 1, "something of a request that broke off is kept"
    sending.offset = sending.get_offset()
    sending.upload()
    is_whole(server, sending.url, content)


def _settled(client: httpx.Client, url: str) -> int:
    """The offset, once the server has noticed that nobody sends any more."""
    seen, ends = -1, time.monotonic() + 20
    while time.monotonic() < ends:
        now = int(client.head(url, headers={"tus-resumable": "1.0.0"}).headers["upload-offset"])
        if now == seen:
            return now
        seen = now
        time.sleep(0.3)  # nothing tells from outside that the server has stopped counting, but that it counts no more
    raise AssertionError("the offset moves for 20 s though nobody sends")


def _killed_worker(server: ServerProcess, source: random.Random) -> None:
    """Every worker dies while bytes arrive; what was counted before is there when others have taken their place."""
    content = content_of(source, 24 * MIB)
    sending = uploader(server, io.BytesIO(content), chunk_size=5 * MIB)
    sending.upload_chunk()
    killed = False

    def deadly() -> Any:
        nonlocal killed
        for place in range(5 * MIB, len(content), MIB):
            yield content[place : place + MIB]
            if place > 15 * MIB and not killed:
                killed = True
                for worker in _workers(server):
                    os.kill(worker, signal.SIGKILL)

    headers = {"tus-resumable": "1.0.0", "upload-offset": str(5 * MIB), "content-type": CHUNK}
    with server.client() as client, pytest.raises(httpx.TransportError):
        client.patch(sending.url, content=deadly(), headers=headers)
    ends = time.monotonic() + 20
    while True:
        try:
            sending.offset = sending.get_offset()
            assert sending.offset >= 5 * MIB
            sending.upload()
            break
        except (TusCommunicationError, TusUploadFailed, requests.exceptions.RequestException):
            assert time.monotonic() < ends
            time.sleep(0.1)
    is_whole(server, sending.url, content)


def _workers(server: ServerProcess) -> list[int]:
    """The processes that answer requests: the supervisor's children that run the same command."""
    found = [child.pid for child in psutil.Process(server.pid).children() if "serve" in child.cmdline()]
    assert found
    return found
