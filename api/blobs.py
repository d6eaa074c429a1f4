"""File contents: a folder or S3, through obstore. Written as a stream, read as a stream, memory flat.

In a folder the bytes go to a temporary file, are flushed to the disk and then renamed into place: what was
acknowledged survives a crash, and what was not leaves nothing. On S3 a multipart upload gives the same.
"""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import suppress
from io import BufferedWriter
from pathlib import Path
from typing import Protocol, Self
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

READ_CHUNK = 1024 * 1024
PART_SIZE = 8 * 1024 * 1024


class BlobsError(Exception):
    """The storage does not work; the message is one line that says what to do."""


class Blobs(Protocol):
    """Where bytes are kept under keys that we choose."""

    async def put(self, key: str, chunks: AsyncIterator[bytes]) -> None:
        """Keep a stream under a new key, durably; when it breaks off nothing is left."""

    def read(self, key: str, start: int, end: int) -> AsyncIterator[bytes]:
        """The bytes from `start` up to (not including) `end`."""

    async def delete(self, key: str) -> None:
        """Forget; a key that is not there is no error."""

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


class FolderBlobs:
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
        return cls(folder)

    async def put(self, key: str, chunks: AsyncIterator[bytes]) -> None:
        """As Blobs.put."""
        target = self._folder / key
        part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
        await asyncio.to_thread(part.parent.mkdir, 0o700, parents=True, exist_ok=True)
        out = await asyncio.to_thread(part.open, "xb")
        try:
            try:
                async for chunk in chunks:
                    await asyncio.to_thread(out.write, chunk)
                await asyncio.to_thread(_flush, out)
            finally:
                await asyncio.to_thread(out.close)
            await asyncio.to_thread(_into_place, part, target)
        except BaseException:
            with suppress(FileNotFoundError):
                part.unlink()
            raise

    async def read(self, key: str, start: int, end: int) -> AsyncIterator[bytes]:
        """As Blobs.read."""
        source = await asyncio.to_thread((self._folder / key).open, "rb")
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
        with suppress(FileNotFoundError):
            await asyncio.to_thread((self._folder / key).unlink)

    async def ping(self) -> None:
        """As Blobs.ping."""
        probe = self._folder / f".probe-{secrets.token_hex(4)}"
        try:
            await asyncio.to_thread(probe.write_bytes, b"")
            await asyncio.to_thread(probe.unlink)
        except OSError as error:
            raise BlobsError(f"cannot write to the files folder ({error.strerror})") from error


class BucketBlobs:
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
        """As Blobs.put: obstore aborts the multipart upload when the stream raises."""
        try:
            await obstore.put_async(self._store, key, chunks, use_multipart=True, chunk_size=PART_SIZE)
        except BaseException:
            with suppress(BaseError):
                await obstore.delete_async(self._store, key)
            raise

    async def read(self, key: str, start: int, end: int) -> AsyncIterator[bytes]:
        """As Blobs.read."""
        place = start
        while place < end:
            stop = min(place + READ_CHUNK, end)
            yield bytes(await obstore.get_range_async(self._store, key, start=place, end=stop))
            place = stop

    async def delete(self, key: str) -> None:
        """As Blobs.delete."""
        with suppress(FileNotFoundError):
            await obstore.delete_async(self._store, key)

    async def ping(self) -> None:
        """As Blobs.ping."""
        try:
            await obstore.put_async(self._store, ".probe", b"")
        except (BaseError, OSError) as error:
            raise BlobsError("cannot write to the bucket of JEMBATAN_FILES") from error


def _flush(out: BufferedWriter) -> None:
    out.flush()
    os.fsync(out.fileno())


def _into_place(part: Path, target: Path) -> None:
    part.rename(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # the name, too, has to survive
    finally:
        os.close(folder)
