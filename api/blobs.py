"""File contents: a folder or S3, through obstore. Written as a stream, read as a stream, memory flat.

In a folder the bytes go to a temporary file, are flushed to the disk and then renamed into place: what was
acknowledged survives a crash, and what was not leaves nothing. On S3 a multipart upload gives the same.
"""

import asyncio
import os
import secrets
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from io import BufferedWriter
from pathlib import Path
from typing import NamedTuple, Protocol, Self
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

READ_CHUNK = 1024 * 1024
WRITE_BUFFER = 256 * 1024
"""Bytes gathered before a thread writes them: servers hand on bodies in pieces of a few kilobytes."""
PART_SIZE = 8 * 1024 * 1024
PARTS_AT_ONCE = 3
"""Together the most memory that one upload to a bucket holds."""
PORTION = 1000


class BlobsError(Exception):
    """The storage does not work; the message is one line that says what to do."""


class Stored(NamedTuple):
    """One object of the storage: its size in bytes, and when it was last written."""

    key: str
    size: int
    written_at: datetime


class Blobs(Protocol):
    """Where bytes are kept under keys that we choose."""

    async def put(self, key: str, chunks: AsyncIterator[bytes]) -> None:
        """Keep a stream under a new key, durably; when it breaks off nothing is left. Raises BlobsError."""

    def read(self, key: str, start: int, end: int) -> AsyncIterator[bytes]:
        """The bytes from `start` up to (not including) `end`. Raises BlobsError."""

    async def delete(self, key: str) -> None:
        """Forget; a key that is not there is no error. Raises BlobsError."""

    def listed(self) -> AsyncIterator[list[Stored]]:
        """All there is, in portions; what was broken off in the middle of a crash is among them. Raises BlobsError."""

    def older_than(self, before: datetime) -> AsyncIterator[list[str]]:
        """Keys last written before `before`, in portions."""

    async def ping(self) -> None:
        """Raise BlobsError when nothing can be written."""


def open_blobs(url: str) -> Blobs:
    """From `file:///folder` or `s3://bucket/prefix` (credentials by the usual AWS_* variables). Raises BlobsError."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return FolderBlobs.open(Path(unquote(parts.path)))
    if parts.scheme == "s3":
        return BucketBlobs.open(url)
    raise BlobsError(f"JEMBATAN_FILES starts with file:// or s3://, not {parts.scheme or 'nothing'}")


class _ByAge(ABC):
    """`older_than` of either kind."""

    @abstractmethod
    def listed(self) -> AsyncIterator[list[Stored]]:
        """As Blobs.listed."""

    async def older_than(self, before: datetime) -> AsyncIterator[list[str]]:
        """As Blobs.older_than."""
        async for portion in self.listed():
            yield [stored.key for stored in portion if stored.written_at < before]


class FolderBlobs(_ByAge):
    """A local folder, which only its owner can read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Make the folder when it is missing. Raises BlobsError."""
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise BlobsError(
                f"cannot make the folder {folder} ({error.strerror}); choose another JEMBATAN_FILES"
            ) from error
        if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            raise BlobsError(f"cannot write to the folder {folder}; choose another JEMBATAN_FILES, or become its owner")
        return cls(folder)

    async def put(self, key: str, chunks: AsyncIterator[bytes]) -> None:
        """As Blobs.put."""
        target = self._folder / key
        part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
        try:
            with _storing():
                out = await asyncio.to_thread(_create, part)
            try:
                async for piece in _gathered(chunks, WRITE_BUFFER):
                    with _storing():
                        await asyncio.to_thread(out.write, piece)
                with _storing():
                    await asyncio.to_thread(_flush, out)
            finally:
                await asyncio.to_thread(out.close)
            with _storing():
                await asyncio.to_thread(_into_place, part, target, self._folder)
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise

    async def read(self, key: str, start: int, end: int) -> AsyncIterator[bytes]:
        """As Blobs.read."""
        try:
            source = await asyncio.to_thread((self._folder / key).open, "rb")
        except OSError as error:
            raise BlobsError(f"the stored file cannot be read ({error.strerror})") from error
        try:
            await asyncio.to_thread(source.seek, start)
            left = end - start
            while left > 0:
                chunk = await asyncio.to_thread(source.read, min(READ_CHUNK, left))
                if not chunk:
                    raise BlobsError(f"the stored file ends early, {left} bytes short")
                left -= len(chunk)
                yield chunk
        finally:
            source.close()

    async def delete(self, key: str) -> None:
        """As Blobs.delete."""
        with _storing(), suppress(FileNotFoundError):
            await asyncio.to_thread((self._folder / key).unlink)

    async def listed(self) -> AsyncIterator[list[Stored]]:
        """As Blobs.listed."""
        with _storing():
            folders = await asyncio.to_thread(
                lambda: [entry.path for entry in os.scandir(self._folder) if entry.is_dir()]
            )
        for folder in folders:
            with _storing():
                found = await asyncio.to_thread(_stored_in, Path(folder))
            for place in range(0, len(found), PORTION):
                yield found[place : place + PORTION]

    async def ping(self) -> None:
        """As Blobs.ping."""
        probe = self._folder / f".probe-{secrets.token_hex(4)}"
        try:
            await asyncio.to_thread(probe.write_bytes, b"")
            await asyncio.to_thread(probe.unlink)
        except OSError as error:
            raise BlobsError(f"cannot write to the files folder ({error.strerror})") from error


class BucketBlobs(_ByAge):
    """An S3 bucket."""

    def __init__(self, store: S3Store) -> None:
        self._store = store

    @classmethod
    def open(cls, url: str) -> Self:
        """From `s3://bucket/prefix`. Raises BlobsError when the settings make no sense."""
        try:
            return cls(S3Store.from_url(url))
        except (BaseError, ValueError) as error:
            raise BlobsError(f"JEMBATAN_FILES does not lead to a bucket: {str(error).splitlines()[0]}") from error

    async def put(self, key: str, chunks: AsyncIterator[bytes]) -> None:
        """As Blobs.put: obstore aborts the multipart upload when the stream raises, but not when it is cancelled."""
        broken = asyncio.Event()
        putting = asyncio.ensure_future(
            obstore.put_async(
                self._store,
                key,
                _until(chunks, broken),
                use_multipart=True,
                chunk_size=PART_SIZE,
                max_concurrency=PARTS_AT_ONCE,
            )
        )
        try:
            await asyncio.shield(putting)
        except asyncio.CancelledError:
            broken.set()
            with suppress(BaseError, BlobsError):
                await putting
                await self.delete(key)  # it was complete already
            raise
        except BaseError as error:
            raise BlobsError("cannot write to the bucket of JEMBATAN_FILES") from error

    async def read(self, key: str, start: int, end: int) -> AsyncIterator[bytes]:
        """As Blobs.read: in requests of their own, so that a slow reader holds no connection open."""
        place = start
        while place < end:
            stop = min(place + READ_CHUNK, end)
            try:
                chunk = bytes(await obstore.get_range_async(self._store, key, start=place, end=stop))
            except (BaseError, OSError) as error:
                raise BlobsError("the stored file cannot be read from the bucket of JEMBATAN_FILES") from error
            yield chunk
            place = stop

    async def delete(self, key: str) -> None:
        """As Blobs.delete."""
        try:
            with suppress(FileNotFoundError):
                await obstore.delete_async(self._store, key)
        except (BaseError, OSError) as error:
            raise BlobsError("cannot delete from the bucket of JEMBATAN_FILES") from error

    async def listed(self) -> AsyncIterator[list[Stored]]:
        """As Blobs.listed; the bucket's own lifecycle rule removes multipart uploads that a crash left."""
        try:
            async for portion in obstore.list(self._store, chunk_size=PORTION):
                yield [
                    Stored(item["path"], item["size"], item["last_modified"]) for item in portion if "/" in item["path"]
                ]
        except (BaseError, OSError) as error:
            raise BlobsError("cannot list the bucket of JEMBATAN_FILES") from error

    async def ping(self) -> None:
        """As Blobs.ping."""
        try:
            await obstore.put_async(self._store, ".probe", b"")
        except (BaseError, OSError) as error:
            raise BlobsError("cannot write to the bucket of JEMBATAN_FILES") from error


@contextmanager
def _storing() -> Iterator[None]:
    """A full disk is the storage's fault, not the database's."""
    try:
        yield
    except OSError as error:
        raise BlobsError(f"cannot write to the files folder ({error.strerror})") from error


async def _gathered(chunks: AsyncIterator[bytes], least: int) -> AsyncIterator[bytes]:
    """The same bytes in pieces of at least `least`, but for the last."""
    piece = bytearray()
    async for chunk in chunks:
        piece += chunk
        if len(piece) >= least:
            yield bytes(piece)
            piece.clear()
    if piece:
        yield bytes(piece)


async def _until(chunks: AsyncIterator[bytes], broken: asyncio.Event) -> AsyncIterator[bytes]:
    """The same chunks; raises as soon as `broken` is set, even while the next one is waited for."""
    stop = asyncio.ensure_future(broken.wait())
    try:
        while True:
            following = asyncio.ensure_future(anext(chunks, b""))
            await asyncio.wait({following, stop}, return_when=asyncio.FIRST_COMPLETED)
            if stop.done():
                following.cancel()
                await asyncio.wait({following})
                raise BlobsError("the upload was broken off")
            chunk = following.result()
            if not chunk:
                return
            yield chunk
    finally:
        stop.cancel()


def _create(part: Path) -> BufferedWriter:
    part.parent.mkdir(mode=0o700, exist_ok=True)
    return part.open("xb")


def _flush(out: BufferedWriter) -> None:
    out.flush()
    os.fsync(out.fileno())


def _into_place(part: Path, target: Path, root: Path) -> None:
    part.rename(target)
    _sync_folders([target.parent, root])  # the names, too, have to survive


def _sync_folders(folders: Iterable[Path]) -> None:
    for path in folders:
        folder = os.open(path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _stored_in(folder: Path) -> list[Stored]:
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            with suppress(FileNotFoundError):  # it was deleted meanwhile
                if entry.is_file():
                    told = entry.stat()
                    written_at = datetime.fromtimestamp(told.st_mtime, UTC)
                    found.append(Stored(f"{folder.name}/{entry.name}", told.st_size, written_at))
    return found
